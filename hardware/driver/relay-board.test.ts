import { describe, expect, it } from 'vitest';
import type { ByteLink, RelayResult } from '../ports.ts';
import { manualClock, settle } from '../sim/manual-clock.ts';
import { relayBoardDriver } from './relay-board.ts';
import type { Switched, Switching } from './switching.ts';

const link: ByteLink = {
  onData: () => undefined,
  onClose: () => undefined,
  write: async () => undefined,
  close: async () => undefined,
};

/** A board whose every command is answered by hand, or by `answer` when one is set. */
function setUp({ channels = 2, readsBack = true } = {}) {
  const clock = manualClock();
  const wire: string[] = [];
  const open: ((result: Switched) => void)[] = [];
  const stuck: string[] = [];
  let answer: ((channel: number, on: boolean) => Switched) | undefined = () => ({ outcome: 'confirmed' });
  const switching: Switching = {
    channels,
    readsBack,
    set(_link, channel, on) {
      wire.push(`${channel}${on ? '+' : '-'}@${clock.monotonic()}`);
      if (answer) return Promise.resolve(answer(channel, on));
      return new Promise((resolve) => open.push(resolve));
    },
  };
  const driver = relayBoardDriver({
    clock,
    switching,
    onStuck: (channel, detail) => stuck.push(`${channel}: ${detail}`),
  });
  const { board } = driver;
  if (!board) throw new Error('a relay board has a board');
  return {
    clock,
    wire,
    stuck,
    driver,
    board,
    answerBy: (next: typeof answer) => {
      answer = next;
    },
    reply: async (result: Switched) => {
      open.shift()?.(result);
      await settle();
    },
    async online() {
      await driver.opened(link);
      wire.length = 0;
    },
  };
}

const confirmed: RelayResult = { outcome: 'confirmed' };

describe('a relay board', () => {
  it('begins with all channels off, and refuses until then', async () => {
    const { driver, board, wire } = setUp();
    expect(await board.pulse(1, 500)).toMatchObject({ outcome: 'fault' });
    await driver.opened(link);
    expect(wire).toEqual(['1-@0', '2-@0']);
    expect(driver.counts()).toMatchObject({ readsBack: true, channels: [false, false] });
  });

  it('writes at once, and switches off after the time', async () => {
    const { online, board, wire, clock, driver } = setUp();
    await online();
    const result = board.pulse(1, 500);
    expect(wire).toEqual(['1+@0']);
    expect(await result).toEqual(confirmed);
    expect(driver.counts().channels).toEqual([true, false]);
    await clock.advanceAsync(600);
    expect(wire).toEqual(['1+@0', '1-@500']);
    expect(driver.counts().channels).toEqual([false, false]);
    expect(clock.pending()).toBe(0);
  });

  it('extends a running pulse and never cuts it short', async () => {
    const { online, board, wire, clock } = setUp();
    await online();
    await board.pulse(1, 1_000);
    await clock.advanceAsync(400);
    await board.pulse(1, 200);
    await clock.advanceAsync(400);
    expect(wire).toEqual(['1+@0', '1+@400']);
    await board.pulse(1, 1_000);
    await clock.advanceAsync(2_000);
    expect(wire.slice(2)).toEqual(['1+@800', '1-@1800']);
  });

  it('has one command in flight, and takes channels in turn', async () => {
    const { online, board, wire, answerBy, reply } = setUp();
    await online();
    answerBy(undefined);
    const first = board.pulse(1, 500);
    const second = board.pulse(2, 500);
    expect(wire).toEqual(['1+@0']);
    await reply(confirmed);
    expect(wire).toEqual(['1+@0', '2+@0']);
    await reply({ outcome: 'unknown', detail: 'no answer' });
    expect(await first).toEqual(confirmed);
    expect(await second).toEqual({ outcome: 'unknown', detail: 'no answer' });
  });

  it('does not repeat an opening whose answer was lost, and closes it all the same', async () => {
    const { online, board, wire, clock, answerBy } = setUp();
    await online();
    answerBy((_, on) => (on ? { outcome: 'unknown' } : confirmed));
    expect(await board.pulse(1, 300)).toEqual({ outcome: 'unknown' });
    await clock.advanceAsync(5_000);
    expect(wire).toEqual(['1+@0', '1-@300']);
  });

  it('drops an OFF that a new pulse has overtaken in the queue', async () => {
    const { online, board, wire, clock, answerBy, reply } = setUp();
    await online();
    await board.pulse(1, 500);
    answerBy(undefined);
    await clock.advanceAsync(490);
    void board.pulse(2, 5_000);
    void board.pulse(1, 500);
    await clock.advanceAsync(20);
    await reply(confirmed);
    await reply(confirmed);
    expect(wire).toEqual(['1+@0', '2+@490', '1+@510']);
  });

  it('repeats an OFF until the board has taken it, and says when that takes too long', async () => {
    const { online, board, wire, clock, answerBy, stuck } = setUp();
    await online();
    await board.pulse(1, 500);
    answerBy(() => ({ outcome: 'fault', detail: 'the board says on' }));
    await clock.advanceAsync(2_400);
    expect(stuck).toEqual([]);
    expect(wire.length).toBeGreaterThan(5);
    await clock.advanceAsync(5_000);
    expect(stuck).toEqual(['1: the board says on']);
    answerBy(() => confirmed);
    await clock.advanceAsync(1_000);
    const until = wire.length;
    await clock.advanceAsync(60_000);
    expect(wire.length).toBe(until);
    expect(stuck.length).toBe(1);
  });

  it('loses the link during a pulse: unknown, stuck after a while, off with the next link', async () => {
    const { online, board, driver, wire, clock, answerBy, stuck } = setUp();
    await online();
    answerBy(undefined);
    const inFlight = board.pulse(1, 500);
    const waiting = board.pulse(2, 500);
    driver.lost({ code: 'unplugged', detail: 'pulled' });
    expect(await inFlight).toEqual({ outcome: 'unknown', detail: 'pulled' });
    expect(await waiting).toEqual({ outcome: 'fault', detail: 'pulled' });
    expect(await board.pulse(1, 500)).toMatchObject({ outcome: 'fault' });
    expect(driver.counts().channels).toEqual([undefined, undefined]);
    await clock.advanceAsync(2_000);
    expect(stuck).toEqual(['1: the board is offline']);
    wire.length = 0;
    answerBy(() => confirmed);
    await driver.opened(link);
    await clock.advanceAsync(10_000);
    expect(wire.map((command) => command.slice(0, 2))).toEqual(['1-', '2-']);
    expect(clock.pending()).toBe(0);
  });

  it('is not ready when the link is lost before all channels are off', async () => {
    const { driver, board, clock, answerBy, stuck } = setUp();
    answerBy(undefined);
    const opening = driver.opened(link);
    driver.lost({ code: 'unplugged', detail: 'pulled' });
    await opening;
    expect(await board.pulse(1, 500)).toMatchObject({ outcome: 'fault' });
    await clock.advanceAsync(5_000);
    expect(stuck).toEqual([]);
  });

  it('holds until released, past the end of a pulse', async () => {
    const { online, board, wire, clock, stuck } = setUp();
    await online();
    await board.pulse(1, 500);
    expect(await board.hold(1, true)).toEqual(confirmed);
    await clock.advanceAsync(5_000);
    expect(stuck).toEqual([]);
    expect(wire).toEqual(['1+@0', '1+@0']);
    expect(await board.hold(1, false)).toEqual(confirmed);
    expect(wire.at(-1)).toBe('1-@5000');
  });

  it('forgets a hold with the link: opening again is for whoever decides', async () => {
    const { online, board, driver, wire, clock } = setUp();
    await online();
    await board.hold(2, true);
    driver.lost();
    await online();
    await clock.advanceAsync(10_000);
    expect(wire).toEqual([]);
    expect(driver.counts().channels).toEqual([false, false]);
  });

  it('leaves a running pulse alone when a hold is released', async () => {
    const { online, board, wire, clock } = setUp();
    await online();
    await board.hold(1, true);
    await board.pulse(1, 500);
    await board.hold(1, false);
    expect(wire).toEqual(['1+@0', '1+@0']);
    await clock.advanceAsync(500);
    expect(wire.at(-1)).toBe('1-@500');
  });

  it('tells of a relay that is on after all off', async () => {
    const { driver, answerBy, clock, stuck } = setUp();
    answerBy(() => ({ outcome: 'fault', detail: 'welded', states: [true, false] }));
    await driver.opened(link);
    await clock.advanceAsync(2_500);
    expect(stuck).toEqual(['1: welded']);
  });

  it('gives up a link on which nothing can be written', async () => {
    const { driver, answerBy } = setUp({ readsBack: false });
    answerBy(() => ({ outcome: 'unknown', detail: 'write failed' }));
    await expect(driver.opened(link)).rejects.toEqual({ code: 'io', detail: 'write failed' });
  });

  it('refuses a channel that is not there and a time that is none', async () => {
    const { online, board, wire } = setUp();
    await online();
    for (const [channel, ms] of [
      [0, 500],
      [3, 500],
      [1, 0],
      [1, Number.NaN],
      [1, 1e9],
    ] as const) {
      expect(await board.pulse(channel, ms)).toMatchObject({ outcome: 'fault' });
    }
    expect(wire).toEqual([]);
  });

  it('closes with everything off, lets out no opening that still waits, and ends in time', async () => {
    const { online, board, driver, wire, clock, answerBy, reply, stuck } = setUp();
    await online();
    answerBy(undefined);
    void board.pulse(1, 60_000);
    const late = board.pulse(2, 500);
    const closing = driver.close();
    for (let count = 0; count < 3; count += 1) await reply(confirmed);
    await closing;
    expect(wire).toEqual(['1+@0', '1-@0', '2-@0']);
    expect(await late).toMatchObject({ outcome: 'fault' });
    expect(clock.pending()).toBe(0);
    expect(stuck).toEqual([]);
  });

  it('closes in time when the board is dead, and says which relays it leaves', async () => {
    const { online, driver, clock, answerBy, stuck } = setUp({ channels: 1 });
    await online();
    answerBy(undefined);
    const closing = driver.close();
    await clock.advanceAsync(1_000);
    await closing;
    expect(stuck).toEqual(['1: the board did not answer in time']);
  });

  it('does not write an opening whose deadline has passed', async () => {
    const { online, board, wire, clock } = setUp();
    await online();
    clock.advance(6_000);
    const late = { outcome: 'fault', detail: expect.stringMatching(/^too late: /) };
    expect(await board.pulse(1, 500, { notAfter: 5_000 })).toEqual(late);
    expect(await board.pulse(1, 500, { notAfter: 6_000 })).toEqual(late);
    expect(wire).toEqual([]);
    expect(await board.pulse(1, 500, { notAfter: 6_001 })).toEqual(confirmed);
    expect(wire).toEqual(['1+@6000']);
  });
});
