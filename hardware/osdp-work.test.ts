import { describe, expect, it } from 'vitest';
import { decodeCommand } from './codec/osdp/command.ts';
import { decodeReply } from './codec/osdp/reply.ts';
import { openHardware } from './index.ts';
import { memoryKeys } from './memory-keys.ts';
import { busId, cardOf, keyOf, type OsdpBenchParts } from './osdp-bench-helper.ts';
import { closingBuses, workingBus } from './osdp-opened-helper.ts';
import { manualClock } from './sim/manual-clock.ts';
import { parseFrame } from './sim/osdp/acu-helper.ts';
import { colourAt, outputsAt, soundsAt, textAt } from './sim/osdp/panel.ts';
import { misbehave, powerCycle, pressKeys } from './sim/osdp/pd-state.ts';

closingBuses();

async function bench(parts: Omit<OsdpBenchParts, 'clock'>) {
  const it = await workingBus(parts);
  return { ...it, on: () => outputsAt(it.pd().panel, it.clock.monotonic()) };
}

const lock = { deviceId: busId, reader: 0, channel: 2 };

describe('the outputs of a reader', () => {
  it('pulse for as long as was asked, end by themselves, and are confirmed', async () => {
    const { hardware, clock, on } = await bench({ pds: [{}], keyed: true });
    const result = hardware.pulse(lock, 500);
    await clock.advanceAsync(20);
    expect(await result).toEqual({ outcome: 'confirmed' });
    expect(on()).toEqual([false, true]);
    await clock.advanceAsync(400);
    const second = hardware.pulse(lock, 500);
    await clock.advanceAsync(20);
    await second;
    await clock.advanceAsync(400);
    expect(on()).toEqual([false, true]);
    await clock.advanceAsync(200);
    expect(on()).toEqual([false, false]);
  });

  it('are sent, not confirmed, where the reader says no more', async () => {
    const { hardware, clock } = await bench({ pds: [{ outAnswer: 'ack' }], keyed: true });
    const result = hardware.pulse(lock, 500);
    await clock.advanceAsync(50);
    expect(await result).toEqual({ outcome: 'sent' });
  });

  it('stay on while they are held, and go off when they are let go or the hardware is closed', async () => {
    const { hardware, clock, on } = await bench({ pds: [{}], keyed: true });
    for (const held of [true, false, true]) {
      const result = hardware.hold(lock, held);
      await clock.advanceAsync(3_000);
      expect(await result).toEqual({ outcome: 'confirmed' });
      expect(on()).toEqual([false, held]);
    }
    const closed = hardware.close();
    await clock.advanceAsync(50);
    await closed;
    expect(on()).toEqual([false, false]);
  });

  it('that are held are on again after a reader was off for a moment', async () => {
    const { hardware, bus, clock, on } = await bench({ pds: [{}], keyed: true });
    void hardware.hold(lock, true);
    await clock.advanceAsync(50);
    bus.change(0, powerCycle);
    expect(on()).toEqual([false, false]);
    await clock.advanceAsync(1_000);
    expect(on()).toEqual([false, true]);
    void hardware.hold(lock, false);
    bus.change(0, powerCycle);
    await clock.advanceAsync(1_000);
    expect(on()).toEqual([false, false]);
  });

  it('are off when a reader is back that was cut off from the bus', async () => {
    const { hardware, bus, clock, on, told } = await bench({ pds: [{}], keyed: true });
    void hardware.hold(lock, true);
    await clock.advanceAsync(50);
    bus.change(0, (pd) => misbehave(pd, { muted: true }));
    await clock.advanceAsync(20_000);
    expect(told.at(-1)).toBe('0 offline clear held');
    expect(on()).toEqual([false, true]);
    bus.change(0, (pd) => misbehave(pd, { muted: false }));
    await clock.advanceAsync(2_000);
    expect(on()).toEqual([false, false]);
  });

  it('open once when the answer is lost, and not at all after their time', async () => {
    const { hardware, bus, clock, on } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => misbehave(pd, { lose: 1 }));
    const once = hardware.pulse(lock, 300);
    await clock.advanceAsync(400);
    expect(await once).toEqual({ outcome: 'confirmed' });
    await clock.advanceAsync(1_000);
    expect(on()).toEqual([false, false]);
    bus.change(0, (pd) => misbehave(pd, { muted: true }));
    const late = hardware.pulse(lock, 300, { notAfter: clock.monotonic() + 700 });
    await clock.advanceAsync(1_500);
    expect(await late).toMatchObject({ outcome: 'unknown' });
    bus.change(0, (pd) => misbehave(pd, { muted: false }));
    await clock.advanceAsync(100);
    expect(on()).toEqual([false, false]);
    await clock.advanceAsync(5_000);
    expect(on()).toEqual([false, false]);
  });

  it('are a fault at once where there is no reader, no output and no answer', async () => {
    const { hardware, bus, clock } = await bench({ pds: [{}], keyed: true });
    await expect(hardware.pulse({ ...lock, reader: 9 }, 300)).rejects.toMatchObject({
      code: 'unknown-device',
    });
    expect(await hardware.pulse({ ...lock, channel: 3 }, 300)).toMatchObject({ outcome: 'fault' });
    bus.change(0, (pd) => misbehave(pd, { muted: true }));
    await clock.advanceAsync(10_000);
    expect(await hardware.pulse(lock, 300)).toEqual({ outcome: 'fault', detail: 'the reader is offline' });
  });
});

describe('a reader', () => {
  it('shows, sounds and writes the result of a card', async () => {
    const { osdp, clock, pd } = await bench({ pds: [{}], keyed: true });
    const done = osdp.show(0, {
      idleLight: 'red',
      light: { colour: 'green', ms: 1_000 },
      sound: { beeps: 1, onMs: 200, offMs: 100 },
      text: { text: 'Welcome', ms: 2_000 },
    });
    await clock.advanceAsync(50);
    expect(await done).toEqual({ outcome: 'shown' });
    const now = clock.monotonic();
    expect([colourAt(pd().panel, now), soundsAt(pd().panel, now), textAt(pd().panel, now)]).toEqual([
      'green',
      true,
      'Welcome',
    ]);
    await clock.advanceAsync(3_000);
    const later = clock.monotonic();
    expect([colourAt(pd().panel, later), soundsAt(pd().panel, later), textAt(pd().panel, later)]).toEqual([
      'red',
      false,
      '',
    ]);
    expect(await osdp.show(7, { idleLight: 'red' })).toEqual({ outcome: 'offline' });
  });

  it('takes a file, while cards are still read', async () => {
    const bytes = Uint8Array.from({ length: 30_000 }, (_, at) => at & 0xff);
    const { osdp, bus, clock, pd, values, hardware } = await bench({
      pds: [{ fileDelayMs: 5 }, {}],
      keyed: true,
    });
    const progress: number[] = [];
    hardware.on('progress', (step) => step.kind === 'file' && progress.push(step.done));
    const { result } = osdp.sendFile(0, { type: 1, bytes });
    await clock.advanceAsync(40);
    bus.change(0, cardOf(4));
    bus.change(1, cardOf(5));
    await clock.advanceAsync(60);
    expect(values().sort()).toEqual(['0 00000004', '1 00000005']);
    expect(progress.length).toBeGreaterThan(1);
    expect(progress.at(-1)).toBeLessThan(30_000);
    await clock.advanceAsync(2_000);
    expect(await result).toEqual({ outcome: 'done', detail: 'processed' });
    expect(Buffer.concat(pd().file?.parts ?? []).equals(Buffer.from(bytes))).toBe(true);
    expect(progress.at(-1)).toBe(30_000);
  });

  it('goes on with a file where it was when answers are lost, and stops when it is called off', async () => {
    const { osdp, bus, clock, pd } = await bench({ pds: [{}], keyed: true });
    const bytes = new Uint8Array(20_000).fill(7);
    const whole = osdp.sendFile(0, { type: 128, bytes });
    bus.change(0, (reader) => misbehave(reader, { lose: 2, badCheck: 2 }));
    await clock.advanceAsync(3_000);
    expect(await whole.result).toMatchObject({ outcome: 'done' });
    expect(pd().file?.received).toBe(20_000);
    const half = osdp.sendFile(0, { type: 128, bytes });
    await clock.advanceAsync(20);
    half.cancel();
    await clock.advanceAsync(1_000);
    expect(await half.result).toEqual({ outcome: 'stopped' });
    expect(pd().file).toBeUndefined();
  });

  it('stops a file at once, though the reader asked for time', async () => {
    const { osdp, clock, pd } = await bench({ pds: [{ fileDelayMs: 60_000 }], keyed: true });
    const half = osdp.sendFile(0, { type: 128, bytes: new Uint8Array(20_000) });
    await clock.advanceAsync(2_000);
    half.cancel();
    await clock.advanceAsync(500);
    expect(await Promise.race([half.result, 'still sending'])).toEqual({ outcome: 'stopped' });
    expect(pd().file).toBeUndefined();
  });

  it('that is never through with a file is given up, and told to be', async () => {
    const { osdp, clock, sent } = await bench({ pds: [{ faults: { neverFinishes: true } }], keyed: true });
    const { result } = osdp.sendFile(0, { type: 1, bytes: new Uint8Array(500) });
    let ended: unknown;
    void result.then((value) => {
      ended = value;
    });
    await clock.advanceAsync(590_000);
    expect(ended).toBeUndefined();
    await clock.advanceAsync(15_000);
    expect(ended).toEqual({ outcome: 'unfinished' });
    expect(sent.length).toBeGreaterThan(1_000);
  });

  it('does what its maker has it do, and stays awake', async () => {
    const { osdp, clock, pd } = await bench({ pds: [{}], keyed: true });
    const data = Uint8Array.of(1, 2, 3);
    const own = osdp.makerCommand(0, { vendor: pd().identity.vendor, data });
    const foreign = osdp.makerCommand(0, { vendor: 1, data });
    const awake = osdp.keepActive(0, 5_000);
    await clock.advanceAsync(100);
    expect(await own).toEqual({ outcome: 'done', data });
    expect(await foreign).toEqual({ outcome: 'refused', detail: 'unknown-command' });
    expect(await awake).toEqual({ outcome: 'done' });
    expect(pd().acuMaxBytes).toBe(1_440);
  });

  it('moves to another address, and its key with it', async () => {
    const { osdp, clock, pd, keys } = await bench({ pds: [{}], keyed: true });
    const moved = osdp.moveReader(0, { address: 5, baudRate: 9_600 });
    await clock.advanceAsync(50);
    expect(await moved).toEqual({ outcome: 'done', at: { address: 5, baudRate: 9_600 } });
    expect(pd().address).toBe(5);
    expect(await keys.get({ deviceId: busId, reader: 5 })).toEqual({ current: keyOf(0) });
  });

  it('does not move to where another is, nor takes that one its key', async () => {
    const { osdp, clock, pd, keys } = await bench({ pds: [{}, {}], keyed: true });
    const moved = osdp.moveReader(0, { address: 1, baudRate: 9_600 });
    await clock.advanceAsync(50);
    expect(await moved).toEqual({ outcome: 'refused', detail: 'another reader has the address 1' });
    expect(pd().address).toBe(0);
    expect(await keys.get({ deviceId: busId, reader: 1 })).toEqual({ current: keyOf(1) });
  });

  it('that it does not do is refused, although it was answered', async () => {
    const { osdp, bus, clock, pd, keys } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (before) => misbehave(before, { ownPlace: { address: 0, baudRate: 9_600 } }));
    const moved = osdp.moveReader(0, { address: 5, baudRate: 38_400 });
    await clock.advanceAsync(50);
    expect(await moved).toEqual({ outcome: 'refused', detail: 'it stays at address 0, 9600 baud' });
    expect(pd().address).toBe(0);
    expect(await keys.get({ deviceId: busId, reader: 5 })).toEqual({});
    expect(await keys.get({ deviceId: busId, reader: 0 })).toEqual({ current: keyOf(0) });
  });

  it('is followed to where the reader says that it goes, and its key with it', async () => {
    const { osdp, bus, clock, pd, keys } = await bench({ pds: [{}, {}], keyed: true });
    bus.change(0, (before) => misbehave(before, { ownPlace: { address: 7, baudRate: 9_600 } }));
    const moved = osdp.moveReader(0, { address: 5, baudRate: 38_400 });
    await clock.advanceAsync(50);
    expect(await moved).toEqual({ outcome: 'done', at: { address: 7, baudRate: 9_600 } });
    expect(pd().address).toBe(7);
    expect(await keys.get({ deviceId: busId, reader: 5 })).toEqual({});
    expect(await keys.get({ deviceId: busId, reader: 7 })).toEqual({ current: keyOf(0) });
  });

  it('that goes to the address of another is told to be there, and is brought back when the other is away', async () => {
    const { bus, clock, osdp, keys, pd, status } = await workingBus({
      pds: [{ address: 1 }, { address: 9 }],
      keyed: true,
    });
    bus.change(1, (before) => misbehave(before, { ownPlace: { address: 1 } }));
    const moved = osdp.moveReader(9, { address: 17, baudRate: 9_600 });
    await clock.advanceAsync(50);
    expect(await moved).toEqual({ outcome: 'elsewhere', at: { address: 1, baudRate: 9_600 } });
    expect(await keys.get({ deviceId: busId, reader: 1 })).toEqual({ current: keyOf(1) });
    expect(await keys.get({ deviceId: busId, reader: 17 })).toEqual({});
    bus.change(0, (before) => misbehave(before, { muted: true }));
    bus.change(1, (before) => misbehave(before, { ownPlace: {} }));
    const back = osdp.bringBack(9, { address: 1, baudRate: 9_600 });
    await clock.advanceAsync(10_000);
    expect(await back).toEqual({ outcome: 'done' });
    expect(pd(1).address).toBe(9);
    expect(status(9)).toMatchObject({ state: 'online', secure: true });
    bus.change(0, (before) => misbehave(before, { muted: false }));
    await clock.advanceAsync(3_000);
    expect(status(1)).toMatchObject({ state: 'online', secure: true, key: 'held' });
  });

  it('that goes to another rate is brought back from there, and from nowhere when it is not there', async () => {
    const { clock, osdp, pd, status } = await workingBus({ pds: [{}, {}], keyed: true, wireTime: true });
    await clock.advanceAsync(3_000);
    const moved = osdp.moveReader(0, { address: 0, baudRate: 38_400 });
    await clock.advanceAsync(500);
    expect(await moved).toEqual({ outcome: 'done', at: { address: 0, baudRate: 38_400 } });
    const missed = osdp.bringBack(0, { address: 0, baudRate: 115_200 });
    await clock.advanceAsync(12_000);
    expect(await missed).toEqual({ outcome: 'offline' });
    expect(status(1)).toMatchObject({ state: 'online', secure: true });
    const back = osdp.bringBack(0, { address: 0, baudRate: 38_400 });
    await clock.advanceAsync(5_000);
    expect(await back).toEqual({ outcome: 'done' });
    expect(pd().baudRate).toBe(9_600);
    expect(status()).toMatchObject({ state: 'online', secure: true });
  });

  it('leaves no key where it did not go', async () => {
    const { osdp, bus, clock, keys } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => misbehave(pd, { muted: true }));
    await clock.advanceAsync(10_000);
    expect(await osdp.moveReader(0, { address: 5, baudRate: 9_600 })).toMatchObject({ outcome: 'offline' });
    expect(await keys.get({ deviceId: busId, reader: 5 })).toEqual({});
  });
});

describe('a search', () => {
  it('finds readers at every rate and address, tells how far it is, and disturbs nobody', async () => {
    const { osdp, bus, clock, hardware, values, told, status } = await bench({
      pds: [{}, { address: 9 }, { address: 3 }],
      readers: [0],
      keyed: true,
      wireTime: true,
      baudRate: 38_400,
    });
    bus.change(1, (pd) => ({ ...pd, baudRate: 9_600 }));
    told.length = 0;
    const steps: number[] = [];
    hardware.on('progress', (step) => step.kind === 'search' && steps.push(step.done));
    const { found } = osdp.search({ baudRates: [9_600, 38_400], addresses: [0, 1, 2, 3, 9] });
    await clock.advanceAsync(300);
    bus.change(0, cardOf(1));
    await clock.advanceAsync(300);
    expect(values()).toEqual(['0 00000001']);
    await clock.advanceAsync(3_000);
    expect(await found).toMatchObject([
      { address: 9, baudRate: 9_600, identity: { model: 1 } },
      { address: 3, baudRate: 38_400 },
    ]);
    // Twice everywhere but where a reader has said who it is.
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 17, 18]);
    expect(told).toEqual([]);
    expect(status()).toMatchObject({ secure: true });
  });

  it('finds a reader whose answer was lost, and who it is', async () => {
    const { osdp, bus, clock } = await bench({
      pds: [{}, { address: 5 }, { address: 6 }],
      readers: [0],
      keyed: true,
    });
    bus.change(1, (pd) => misbehave(pd, { lose: 1 }));
    const { found } = osdp.search({ baudRates: [9_600], addresses: [4, 5, 6] });
    // That of 6 to who it is.
    await clock.advanceAsync(5);
    while (!bus.pds()[2]?.polled) await clock.advanceAsync(1);
    bus.change(2, (pd) => misbehave(pd, { lose: 1 }));
    await clock.advanceAsync(3_000);
    expect(await found).toMatchObject([
      { address: 5, identity: { model: 1 } },
      { address: 6, identity: { model: 1 } },
    ]);
  });

  it('ends when it is called off, and when the bus is lost', async () => {
    const { osdp, bus, clock } = await bench({ pds: [{}], keyed: true });
    const one = osdp.search({ baudRates: [9_600], addresses: [1, 2, 3] });
    await clock.advanceAsync(10);
    one.cancel();
    expect(await one.found).toEqual([]);
    const other = osdp.search({ baudRates: [9_600], addresses: [1, 2, 3] });
    await clock.advanceAsync(10);
    bus.misbehave({ unplugged: true });
    expect(await other.found).toEqual([]);
  });
});

it('a search of a simulated bus finds the readers that hang on it and are not set up', async () => {
  const clock = manualClock();
  const hardware = openHardware({ clock, random: Math.random, osdpKeys: memoryKeys() });
  await hardware.configure([
    {
      ...{ id: busId, model: 'osdp-bus', address: { kind: 'sim' }, options: {} },
      readers: [{ address: 1 }],
    },
  ]);
  await clock.advanceAsync(500);
  const search = hardware.osdp(busId)?.search({ baudRates: [9_600], addresses: [0, 1, 2, 3, 4] });
  await clock.advanceAsync(3_000);
  expect((await search?.found)?.map(({ address }) => address)).toEqual([0, 2, 3]);
  await hardware.close();
});

describe('a trace', () => {
  it('has every frame both ways as OSDPCAP lines, without numbers of cards and keys pressed', async () => {
    const { osdp, bus, clock } = await bench({ pds: [{ security: 'none' }] });
    const lines: string[] = [];
    const end = osdp.trace((line) => lines.push(line));
    bus.change(0, (pd) => pressKeys(cardOf(0x12345678)(pd), '4711'));
    await clock.advanceAsync(50);
    end();
    const count = lines.length;
    await clock.advanceAsync(100);
    expect(lines.length).toBe(count);
    const records = lines.map((line) => JSON.parse(line));
    expect(records[0]).toMatchObject({ io: 'output', osdpTraceVersion: '1', osdpSource: 'xiaomen' });
    expect(records[0].timeSec).toMatch(/^\d{10}$/);
    expect(records[0].timeNano).toMatch(/^\d{9}$/);
    const kinds = records.map(({ io, data }) => {
      const frame = parseFrame(
        Uint8Array.from(Buffer.from(data.replaceAll(' ', ''), 'hex')),
        io === 'input' ? 'acu' : 'pd',
      );
      if (!frame) return 'no frame';
      return (io === 'input' ? decodeReply : decodeCommand)(frame.id, frame.data).kind;
    });
    expect(kinds.slice(0, 4)).toEqual(['poll', 'raw', 'poll', 'keypad']);
    const text = records.map(({ data }) => data.replaceAll(' ', '')).join();
    expect(text).not.toContain('12345678');
    expect(text).not.toContain('34373131');
  });
});

it('goes on after a pulled cable', async () => {
  const { bus, clock, status, hardware } = await bench({ pds: [{}], keyed: true });
  bus.misbehave({ unplugged: true });
  await clock.advanceAsync(100);
  expect(status()).toMatchObject({ state: 'offline', secure: false });
  bus.change(0, powerCycle);
  bus.misbehave({ unplugged: false });
  await clock.advanceAsync(6_000);
  expect(hardware.statuses()[0]?.state).toBe('online');
  expect(status()).toMatchObject({ state: 'online', secure: true });
  await hardware.close();
  expect(clock.pending()).toBe(0);
});
