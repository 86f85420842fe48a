import { describe, expect, it } from 'vitest';
import { type KeepOpenParts, keepOpen, type LinkState } from './keep-open.ts';
import type { ByteLink, LinkFault } from './ports.ts';
import { joinedLink } from './sim/joined-link.ts';
import { manualClock, settle } from './sim/manual-clock.ts';

const notFound: LinkFault = { code: 'not-found', detail: 'nothing there' };
const unplugged: LinkFault = { code: 'unplugged', detail: 'pulled' };

/** A port that can be there or not, and counts the attempts. */
function setUp(change: Partial<KeepOpenParts> = {}) {
  const clock = manualClock();
  const states: string[] = [];
  const attempts: number[] = [];
  const links: ReturnType<typeof joinedLink>[] = [];
  const faults: (LinkFault | undefined)[] = [];
  let there = true;
  let handed: ByteLink | undefined;
  const kept = keepOpen({
    clock,
    random: () => 1,
    async open() {
      attempts.push(clock.monotonic());
      if (!there) throw notFound;
      const link = joinedLink({ received: () => undefined });
      links.push(link);
      return link.host;
    },
    onOpen: (link) => {
      handed = link;
    },
    onLost: (fault) => faults.push(fault),
    onState: ({ state, fault }: LinkState) => states.push(fault ? `${state} ${fault.code}` : state),
    ...change,
  });
  return {
    clock,
    states,
    attempts,
    links,
    faults,
    kept,
    link: () => handed,
    there: (value: boolean) => {
      there = value;
    },
  };
}

describe('keepOpen', () => {
  it('goes online, tells a loss at once, and comes back', async () => {
    const port = setUp();
    await settle();
    expect(port.states).toEqual(['connecting', 'online']);
    port.links[0]?.device.cut(unplugged);
    expect(port.states).toEqual(['connecting', 'online', 'offline unplugged']);
    expect(port.faults).toEqual([unplugged]);
    await port.clock.advanceAsync(250);
    expect(port.states.at(-1)).toBe('online');
  });

  it('waits longer and longer, up to a limit, and begins anew after a link that held', async () => {
    const port = setUp();
    await settle();
    await port.clock.advanceAsync(5_000);
    port.there(false);
    port.attempts.length = 0;
    const start = port.clock.monotonic();
    port.links[0]?.device.cut(unplugged);
    await port.clock.advanceAsync(20_000);
    const times = port.attempts.map((at) => at - start);
    expect(times).toEqual([250, 750, 1_750, 3_750, 7_750, 12_750, 17_750]);
    port.there(true);
    await port.clock.advanceAsync(7_000);
    expect(port.states.at(-1)).toBe('online');
    port.attempts.length = 0;
    port.links[1]?.device.cut(unplugged);
    const second = port.clock.monotonic();
    await port.clock.advanceAsync(250);
    expect(port.attempts).toEqual([second + 250]);
  });

  it('spreads the waits by up to a half, so that many devices do not come back in step', async () => {
    const port = setUp({ random: () => 0 });
    port.there(false);
    await settle();
    await port.clock.advanceAsync(1);
    port.attempts.length = 0;
    await port.clock.advanceAsync(125);
    expect(port.attempts.length).toBe(1);
  });

  it('does not start anew for a link that opens and breaks at once', async () => {
    const port = setUp({ onOpen: () => Promise.reject({ code: 'io', detail: 'mute' }) });
    await settle();
    await port.clock.advanceAsync(3_000);
    expect(port.attempts).toEqual([0, 250, 750, 1_750]);
    expect(port.states).not.toContain('online');
    expect(port.states.at(-1)).toBe('offline io');
  });

  it('tells a slow opening as offline, and takes the link when it comes after all', async () => {
    let finish: (link: ByteLink) => void = () => undefined;
    let calls = 0;
    const port = setUp({
      open: () => {
        calls += 1;
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    });
    await port.clock.advanceAsync(10_000);
    expect(port.states).toEqual(['connecting', 'offline io']);
    expect(calls).toBe(1);
    finish(joinedLink({ received: () => undefined }).host);
    await settle();
    expect(port.states.at(-1)).toBe('online');
  });

  it('gives a link up whose write does not end', async () => {
    const never = {
      ...joinedLink({ received: () => undefined }).host,
      write: () => new Promise<void>(() => undefined),
    };
    const port = setUp({ open: async () => never });
    await settle();
    const write = port.link()?.write(Uint8Array.of(1));
    const outcome = expect(write).rejects.toMatchObject({ code: 'io' });
    await port.clock.advanceAsync(1_000);
    await outcome;
    expect(port.states).toContain('offline io');
  });

  it('stops: closes the link, tries no more, and closes what was still being opened', async () => {
    const port = setUp();
    await settle();
    await port.kept.close();
    expect(port.links[0]?.device.open).toBe(false);
    await port.clock.advanceAsync(60_000);
    expect(port.attempts.length).toBe(1);
    expect(port.clock.pending()).toBe(0);

    let finish: (link: ByteLink) => void = () => undefined;
    const late = setUp({ open: () => new Promise((resolve) => (finish = resolve)) });
    await settle();
    await late.kept.close();
    const link = joinedLink({ received: () => undefined });
    finish(link.host);
    await settle();
    expect(link.device.open).toBe(false);
    expect(late.states).not.toContain('online');
  });
});
