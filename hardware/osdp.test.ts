import { describe, expect, it } from 'vitest';
import { busId, cardOf, cardValue, clearCommands } from './osdp-bench-helper.ts';
import { closingBuses, freshBus } from './osdp-opened-helper.ts';
import {
  misbehave,
  type PdFaults,
  type PdOptions,
  powerCycle,
  pressKeys,
  readCard,
  setInput,
  setLocal,
} from './sim/osdp/pd-state.ts';

closingBuses();

describe('an OSDP bus', () => {
  it('reads a card in the secure channel', async () => {
    const { clock, bus, values, status, hardware } = await freshBus({
      pds: [{}, {}],
      keyed: true,
    });
    await clock.advanceAsync(500);
    expect(hardware.statuses()[0]).toMatchObject({ state: 'online' });
    expect(status(1)).toMatchObject({
      deviceId: busId,
      state: 'online',
      secure: true,
      key: 'held',
      identity: { vendor: 0x317a69, firmware: '1.2.3' },
      abilities: { inputs: 2, outputs: 2, leds: 1, buzzer: true, displays: 1 },
      tamper: false,
      powerFault: false,
      pollMs: 16,
      errorsPerHour: 0,
    });
    bus.change(1, cardOf(0x12345678));
    await clock.advanceAsync(50);
    expect(values()).toEqual([`1 ${cardValue(0x12345678)}`]);
    expect(bus.pds()[1]?.session).toBeDefined();
  });

  it('reads in the clear a reader that has no key and needs none', async () => {
    const { clock, bus, values, status } = await freshBus({ pds: [{ security: 'none' }] });
    await clock.advanceAsync(500);
    bus.change(0, cardOf(7));
    await clock.advanceAsync(50);
    expect(values()).toEqual([`0 ${cardValue(7)}`]);
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'none' });
  });

  it('takes bits of any length, and tells what no card has', async () => {
    const { clock, bus, values } = await freshBus({ pds: [{}], keyed: true });
    await clock.advanceAsync(500);
    bus.change(0, (pd) => readCard(pd, 5, Uint8Array.of(0b10101_000)));
    bus.change(0, (pd) => readCard(pd, 200, new Uint8Array(25).fill(1)));
    await clock.advanceAsync(50);
    expect(values()).toEqual(['0 15', '0 length']);
  });

  it('drains what one reader has queued, in order, without waiting for its slots', async () => {
    const pds = Array.from({ length: 8 }, () => ({}));
    const { clock, bus, values } = await freshBus({ pds, keyed: true });
    await clock.advanceAsync(500);
    for (let card = 1; card <= 50; card += 1) bus.change(3, cardOf(card));
    await clock.advanceAsync(500);
    expect(values()).toEqual(Array.from({ length: 50 }, (_, at) => `3 ${cardValue(at + 1)}`));
  });

  it('hardly notices one dead reader of eight', async () => {
    const worst = async (dead: boolean) => {
      const pds = Array.from({ length: 8 }, () => ({}));
      const { clock, bus, hardware } = await freshBus({ pds, keyed: true, baudRate: 115_200 });
      await clock.advanceAsync(500);
      if (dead) bus.change(7, (pd) => misbehave(pd, { muted: true }));
      await clock.advanceAsync(20_000);
      const times: number[] = [];
      let shownAt = 0;
      hardware.on('read', () => times.push(clock.monotonic() - shownAt));
      for (let card = 1; card <= 200; card += 1) {
        await clock.advanceAsync(47.3);
        shownAt = clock.monotonic();
        bus.change(card % 7, cardOf(card));
        await clock.advanceAsync(90);
      }
      expect(times.length).toBe(200);
      return times.sort((a, b) => a - b)[189] ?? 0;
    };
    expect(await worst(true)).toBeLessThanOrEqual(1.5 * (await worst(false)));
  });

  it('waits for one probe at most, however many of eight are dead', async () => {
    const worst = async (dead: number) => {
      const pds = Array.from({ length: 8 }, () => ({}));
      const { clock, bus, hardware } = await freshBus({ pds, keyed: true, wireTime: true, baudRate: 9_600 });
      await clock.advanceAsync(10_000);
      for (let index = 8 - dead; index < 8; index += 1)
        bus.change(index, (pd) => misbehave(pd, { muted: true }));
      await clock.advanceAsync(20_000);
      const times: number[] = [];
      let shownAt = 0;
      hardware.on('read', () => times.push(clock.monotonic() - shownAt));
      for (let card = 1; card <= 60; card += 1) {
        await clock.advanceAsync(500 + ((card * 137) % 1_900));
        shownAt = clock.monotonic();
        bus.change(0, cardOf(card));
        await clock.advanceAsync(1_500);
      }
      expect(times.length).toBe(60);
      return times.sort((a, b) => a - b)[56] ?? 0;
    };
    // A probe of a reader that answered quickly before: the command, its patience, and the answer's room on the wire.
    const probeMs = 130;
    const usual = await worst(0);
    for (const dead of [3, 7]) expect(await worst(dead)).toBeLessThanOrEqual(usual + probeMs);
  });

  it.each([4, 7])('does so from the moment on that %d of eight die at once', async (dead) => {
    const pds = Array.from({ length: 8 }, () => ({}));
    const { clock, bus, reads } = await freshBus({ pds, keyed: true, wireTime: true, baudRate: 115_200 });
    await clock.advanceAsync(4_000);
    const times: number[] = [];
    for (let round = 0; round < 8; round += 1) {
      const mute = (muted: boolean) => {
        for (let index = 8 - dead; index < 8; index += 1) bus.change(index, (pd) => misbehave(pd, { muted }));
      };
      mute(true);
      // Within their first eight seconds, in which they do not count as gone.
      for (let card = 0; card < 8; card += 1) {
        await clock.advanceAsync(card === 0 ? 5 : 700);
        const shownAt = clock.monotonic();
        const before = reads.length;
        bus.change(0, cardOf(round * 10 + card + 1));
        while (reads.length === before) await clock.advanceAsync(1);
        times.push(clock.monotonic() - shownAt);
      }
      mute(false);
      await clock.advanceAsync(4_000);
    }
    times.sort((a, b) => a - b);
    // The longest wait for an answer, and the turns of the living before and after it.
    expect(times[Math.floor(times.length * 0.95)]).toBeLessThan(400);
    expect(times[Math.floor(times.length * 0.8)]).toBeLessThan(250);
  });

  it.each<[string, Partial<PdFaults>, number]>([
    ['a lost answer', { lose: 1 }, 250],
    ['three lost answers', { lose: 3 }, 1_000],
    ['a bad check', { badCheck: 1 }, 60],
    ['a bad MAC', { badMac: 1 }, 60],
    ['a wrong sequence number', { wrongSequence: 1 }, 60],
    ['a storm of BUSY', { busy: 20 }, 700],
    ['slow answers', { lateMs: 150 }, 500],
    ['empty blocks', { emptyBlocks: true }, 30],
  ])('reads a card exactly once over %s', async (_name, faults, withinMs) => {
    const { clock, bus, values, sent } = await freshBus({ pds: [{}, {}], keyed: true });
    await clock.advanceAsync(500);
    sent.length = 0;
    bus.change(0, (pd) => cardOf(1)(misbehave(pd, faults)));
    await clock.advanceAsync(withinMs);
    expect(values()).toEqual([`0 ${cardValue(1)}`]);
    await clock.advanceAsync(2_000);
    bus.change(0, cardOf(2));
    await clock.advanceAsync(1_000);
    expect(values()).toEqual([`0 ${cardValue(1)}`, `0 ${cardValue(2)}`]);
    expect(clearCommands(sent)).toEqual([]);
  });

  it.each<[string, PdOptions]>([
    ['says who it is only after a poll', { security: 'none', faults: { idAfterPoll: true } }],
    ['knows checksums alone', { security: 'none', faults: { checksumOnly: true } }],
    ['signs its reports as an ACU would', { faults: { clearReports: true } }],
    ['answers OUT with ACK', { outAnswer: 'ack' }],
  ])('works with a reader that %s', async (_name, pd) => {
    const { clock, bus, values, status } = await freshBus({ pds: [pd], keyed: pd.security !== 'none' });
    await clock.advanceAsync(4_000);
    bus.change(0, cardOf(9));
    await clock.advanceAsync(100);
    expect(values()).toEqual([`0 ${cardValue(9)}`]);
    expect(status()).toMatchObject({ state: 'online', tamper: false, identity: { model: 1 } });
  });

  it('reads from a reader that knows checksums alone, in the secure channel too', async () => {
    const { clock, bus, values, status } = await freshBus({
      pds: [{ faults: { checksumOnly: true } }],
      keyed: true,
    });
    await clock.advanceAsync(1_000);
    bus.change(0, cardOf(9));
    await clock.advanceAsync(100);
    expect(values()).toEqual([`0 ${cardValue(9)}`]);
    expect(status()?.secure).toBe(true);
  });

  it('makes a session anew with a reader that was off for a moment', async () => {
    const { clock, bus, values, told, sent } = await freshBus({ pds: [{}], keyed: true });
    await clock.advanceAsync(500);
    told.length = 0;
    sent.length = 0;
    bus.change(0, powerCycle);
    bus.change(0, cardOf(3));
    await clock.advanceAsync(300);
    expect(values()).toEqual([`0 ${cardValue(3)}`]);
    expect(told).toEqual(['0 online clear held', '0 online secure held']);
    expect(clearCommands(sent)).toEqual([]);
  });

  it.each<[string, Partial<PdFaults>]>([
    ['in every session', { overruled: 'session' }],
    ['in every handshake', { overruled: 'handshake' }],
    ['at the end of every handshake', { complainsOf: [0x77] }],
  ])(
    'that is overruled by a forger %s counts as gone, and is back soon after that',
    async (_when, forged) => {
      const { clock, bus, told, sent, status, values } = await freshBus({
        pds: [{}],
        keyed: true,
        wireTime: true,
      });
      await clock.advanceAsync(2_000);
      told.length = 0;
      sent.length = 0;
      bus.change(0, (pd) => misbehave(pd, forged));
      // Without an end to its session it would not shake hands.
      bus.change(0, powerCycle);
      await clock.advanceAsync(20_000);
      expect(status()).toMatchObject({ state: 'offline', secure: false });
      // A few sessions before it is noticed, and no more news than of one that fell silent.
      expect(told.length).toBeLessThan(9);
      expect(told.slice(-2)).toEqual(['0 not-answering clear held', '0 offline clear held']);
      expect(sent.length).toBeLessThan(200);
      bus.change(0, (pd) => misbehave(pd, { overruled: false, complainsOf: [] }));
      await clock.advanceAsync(2_000);
      expect(status()).toMatchObject({ state: 'online', secure: true });
      bus.change(0, cardOf(9));
      await clock.advanceAsync(500);
      expect(values()).toEqual([`0 ${cardValue(9)}`]);
    },
  );

  it('tells silence after one second and eight, and is secure again at once when the reader is back', async () => {
    const { clock, bus, told, hardware } = await freshBus({ pds: [{}, {}], keyed: true });
    const at: number[] = [];
    await clock.advanceAsync(500);
    told.length = 0;
    const cut = clock.monotonic();
    hardware.on('reader-status', () => at.push(clock.monotonic() - cut));
    bus.change(0, (pd) => misbehave(pd, { muted: true }));
    await clock.advanceAsync(600_000);
    expect(told).toEqual(['0 not-answering clear held', '0 offline clear held']);
    expect(at[0]).toBeLessThanOrEqual(1_000);
    expect(at[1]).toBeLessThanOrEqual(8_000);
    told.length = 0;
    const polls: number[] = [];
    hardware.on('reader-status', ({ pollMs = 0 }) => polls.push(pollMs));
    bus.change(0, (pd) => misbehave(powerCycle(pd), { muted: false }));
    await clock.advanceAsync(2_000);
    expect(told.at(-1)).toBe('0 online secure held');
    // How long it was away is no time from poll to poll.
    expect(Math.max(...polls)).toBeLessThan(100);
  });

  it('tells tamper, inputs and keys, each once', async () => {
    const { clock, bus, hardware, status } = await freshBus({ pds: [{}], keyed: true });
    const heard: string[] = [];
    hardware.on('input', ({ reader, input, active }) =>
      heard.push(`${reader} ${input}${active ? '+' : '-'}`),
    );
    hardware.on('keypad', ({ reader, keys }) => heard.push(`${reader} keys ${keys}`));
    hardware.on('reader-status', ({ tamper }) => heard.push(`tamper ${tamper}`));
    await clock.advanceAsync(500);
    expect(heard.filter((word) => word.startsWith('0'))).toEqual(['0 0-', '0 1-']);
    heard.length = 0;
    bus.change(0, (pd) => pressKeys(setLocal(setInput(pd, 1, true), { tamper: true }), '12*#'));
    await clock.advanceAsync(100);
    expect(heard).toEqual(['0 1+', 'tamper false', 'tamper true', '0 keys 12*#']);
    expect(status()).toMatchObject({ tamper: true, inputs: [false, true] });
  });
});
