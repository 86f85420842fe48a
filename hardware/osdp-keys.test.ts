import { describe, expect, it } from 'vitest';
import { exposeKey, osdpKey } from './codec/osdp/key.ts';
import { memoryKeys } from './memory-keys.ts';
import { busId, cardOf, cardValue, clearCommands, keyOf, type OsdpBenchParts } from './osdp-bench-helper.ts';
import { closingBuses, workingBus } from './osdp-opened-helper.ts';
import type { OsdpKeyStore } from './osdp-ports.ts';
import { misbehave, newPd, powerCycle } from './sim/osdp/pd-state.ts';

closingBuses();

async function bench(parts: Omit<OsdpBenchParts, 'clock'>) {
  const it = await workingBus(parts);
  const keyOfPd = () => {
    const key = it.bus.pds()[0]?.key;
    return key && Buffer.from(exposeKey(key)).toString('hex');
  };
  const stored = async () => {
    const { current, next } = await it.keys.get({ deviceId: busId, reader: 0 });
    return {
      current: current && Buffer.from(current).toString('hex'),
      next: next && Buffer.from(next).toString('hex'),
    };
  };
  return { ...it, keyOfPd, stored };
}

const foreignKey = osdpKey(new Uint8Array(16).fill(0xee));

describe('a reader without a key', () => {
  it('works in the clear, and gets one only while a person lets it', async () => {
    const { bus, clock, values, told, osdp, keyOfPd, stored, status, sent } = await bench({
      pds: [{}],
    });
    bus.change(0, cardOf(1));
    await clock.advanceAsync(5_000);
    expect(values()).toEqual([`0 ${cardValue(1)}`]);
    expect(keyOfPd()).toBeUndefined();
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'none' });
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(500);
    expect(told).toContain('0 key set');
    expect(told.at(-1)).toBe('0 online secure held');
    expect(keyOfPd()).toMatch(/^[0-9a-f]{32}$/);
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    sent.length = 0;
    bus.change(0, cardOf(2));
    await clock.advanceAsync(500);
    expect(values()).toEqual([`0 ${cardValue(1)}`, `0 ${cardValue(2)}`]);
    expect(clearCommands(sent)).toEqual([]);
  });

  it('is not tried any more when the time is over, nor when it is ended', async () => {
    const { bus, clock, osdp, status, keyOfPd } = await bench({
      pds: [{ faults: { muted: true } }],
    });
    osdp.enrol(0, 3_000);
    await clock.advanceAsync(3_100);
    bus.change(0, (pd) => misbehave(pd, { muted: false }));
    await clock.advanceAsync(10_000);
    expect(status()).toMatchObject({ state: 'online', secure: false });
    expect(keyOfPd()).toBeUndefined();
  });

  it('gets its first one although its acknowledgement is not signed', async () => {
    const { clock, osdp, told, keyOfPd, stored, status } = await bench({
      pds: [{ faults: { clearKeysetAck: true } }],
    });
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(1_000);
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    expect(status()).toMatchObject({ secure: true, key: 'held' });
    expect(told.filter((word) => word.startsWith('0 key'))).toEqual(['0 key set']);
  });

  it('tells so when it takes none', async () => {
    const { clock, osdp, told, status } = await bench({ pds: [{ installing: false }] });
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(1_000);
    expect(told).toContain('0 key refused');
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'none' });
  });

  it.each([
    ['the handshake', 0x76],
    ['a key', 0x75],
  ])('that says of %s alone that it came damaged is told so, and not asked for ever', async (_, id) => {
    const { clock, osdp, told, status, sent, stored } = await bench({
      pds: [{ faults: { complainsOf: [id] } }],
    });
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(10_000);
    expect(told.filter((word) => word === '0 key refused')).toEqual(['0 key refused']);
    expect(told.some((word) => word.startsWith('0 key') && word !== '0 key refused')).toBe(false);
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'none' });
    expect(await stored()).toEqual({});
    sent.length = 0;
    await clock.advanceAsync(10_000);
    expect(clearCommands(sent).every((kind) => kind === 'poll')).toBe(true);
  });

  it('gets none that could not be stored first', async () => {
    const keys: OsdpKeyStore = { get: async () => ({}), put: () => Promise.reject(new Error('full')) };
    const { clock, osdp, keyOfPd, told, status } = await bench({ pds: [{}], keys });
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(1_000);
    expect(keyOfPd()).toBeUndefined();
    expect(told).toContain('0 key refused');
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'none' });
  });
});

describe('a reader with a key', () => {
  it('waits, and is not spoken to, until the store can be read', async () => {
    const inner = memoryKeys();
    await inner.put({ deviceId: busId, reader: 0 }, { current: keyOf(0) });
    let broken = true;
    const keys: OsdpKeyStore = {
      ...inner,
      get: (place) => (broken ? Promise.reject(new Error('locked')) : inner.get(place)),
    };
    const { clock, status, sent, told } = await bench({ pds: [{ key: osdpKey(keyOf(0)) }], keys });
    await clock.advanceAsync(10_000);
    expect(sent).toEqual([]);
    expect(told).toContain('0 offline clear unreadable');
    broken = false;
    await clock.advanceAsync(3_000);
    expect(status()).toMatchObject({ state: 'online', secure: true, key: 'held' });
  });

  it('that holds another one is an alarm, and is never spoken to in the clear', async () => {
    const { bus, clock, told, values, sent, status } = await bench({ pds: [{}], keyed: true });
    bus.change(0, () => cardOf(5)(newPd({ address: 0 })));
    await clock.advanceAsync(20_000);
    expect(told.filter((word) => word.includes('key'))).toEqual(['0 key lost']);
    expect(status()).toMatchObject({ state: 'online', secure: false, key: 'lost' });
    expect(values()).toEqual([]);
    expect(clearCommands(sent)).toEqual([]);
  });

  it('that says of everything that it came damaged is asked slowly and told so, until it understands again', async () => {
    const { clock, bus, sent, status, told } = await bench({ pds: [{}], keyed: true });
    const every = Array.from({ length: 256 }, (_, id) => id);
    bus.change(0, (pd) => misbehave(pd, { complainsOf: every }));
    await clock.advanceAsync(5_000);
    expect(status()).toMatchObject({
      state: 'not-answering',
      secure: false,
      misunderstands: true,
      ready: false,
    });
    sent.length = 0;
    await clock.advanceAsync(10_000);
    expect(sent.length).toBeLessThan(25);
    expect(clearCommands(sent)).toEqual([]);
    bus.change(0, (pd) => misbehave(pd, { complainsOf: [] }));
    await clock.advanceAsync(1_500);
    expect(status()).toMatchObject({ secure: true, misunderstands: false, ready: true, key: 'held' });
    expect(told.some((word) => word.startsWith('0 key'))).toBe(false);
  });

  it('comes back by itself when the right reader is back', async () => {
    const { bus, clock, status } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => powerCycle({ ...pd, key: foreignKey }));
    await clock.advanceAsync(10_000);
    expect(status()).toMatchObject({ key: 'lost' });
    bus.change(0, (pd) => powerCycle({ ...pd, key: osdpKey(keyOf(0)) }));
    await clock.advanceAsync(2_000);
    expect(status()).toMatchObject({ secure: true, key: 'held' });
  });

  it('can not be let be given another while it holds it, so that nobody takes its place unseen', async () => {
    const { bus, clock, osdp, told, keyOfPd, status } = await bench({ pds: [{}], keyed: true });
    osdp.enrol(0, 1_800_000);
    await clock.advanceAsync(1_000);
    expect(status()?.enrolUntil).toBeUndefined();
    bus.change(0, () => newPd({ address: 0 }));
    await clock.advanceAsync(20_000);
    expect(told.filter((word) => word.startsWith('0 key'))).toEqual(['0 key lost']);
    expect(keyOfPd()).toBeUndefined();
  });

  it('that was replaced gets a new one when a person lets it', async () => {
    const { bus, clock, osdp, status, keyOfPd, stored } = await bench({ pds: [{}], keyed: true });
    bus.change(0, () => newPd({ address: 0 }));
    await clock.advanceAsync(10_000);
    osdp.enrol(0, 60_000);
    await clock.advanceAsync(2_500);
    expect(status()).toMatchObject({ secure: true, key: 'held' });
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    expect(keyOfPd()).not.toBe(Buffer.from(keyOf(0)).toString('hex'));
  });

  it.each([
    ['as it should be', {}],
    ['acknowledged in the clear', { clearKeysetAck: true }],
    ['with the acknowledgement lost', { lose: 1 }],
    ['with the acknowledgement damaged', { badCheck: 2 }],
    ['with BUSY before it', { busy: 3 }],
  ])('is given another, %s', async (_name, faults) => {
    const { bus, clock, osdp, told, keyOfPd, stored, status } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => misbehave(pd, faults));
    const result = osdp.rotateKey(0);
    await clock.advanceAsync(1_000);
    expect(await result).toEqual({ outcome: 'done' });
    expect(keyOfPd()).not.toBe(Buffer.from(keyOf(0)).toString('hex'));
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    expect(status()).toMatchObject({ secure: true, key: 'held' });
    expect(told.filter((word) => word.includes('key'))).toEqual(['0 key set']);
  });

  it('keeps it when an acknowledgement that nobody signed says that it took another', async () => {
    const { bus, clock, osdp, told, keyOfPd, stored, status } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => misbehave(pd, { forgedKeysetAck: true }));
    const result = osdp.rotateKey(0);
    await clock.advanceAsync(10_000);
    expect(await result).toEqual({ outcome: 'lost' });
    expect(keyOfPd()).toBe(Buffer.from(keyOf(0)).toString('hex'));
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    expect(status()).toMatchObject({ state: 'online', secure: true, key: 'held' });
    expect(told.filter((word) => word.includes('key'))).toEqual([]);
  });

  it('is given two in a row, the first acknowledgement lost with its power, and holds one that is stored', async () => {
    const { bus, clock, osdp, keyOfPd, stored, status } = await bench({ pds: [{}], keyed: true });
    bus.change(0, (pd) => misbehave(pd, { lose: 1_000 }));
    const results = [osdp.rotateKey(0), osdp.rotateKey(0)];
    await clock.advanceAsync(150);
    expect(keyOfPd()).not.toBe(Buffer.from(keyOf(0)).toString('hex'));
    bus.change(0, (pd) => powerCycle(misbehave(pd, { lose: 0 })));
    await clock.advanceAsync(10_000);
    await Promise.all(results);
    expect(await stored()).toEqual({ current: keyOfPd(), next: undefined });
    expect(status()).toMatchObject({ state: 'online', secure: true, key: 'held' });
  });

  it('that is given another while it is moved takes along the one that it holds', async () => {
    const { clock, osdp, keys, keyOfPd, pd } = await bench({ pds: [{}], keyed: true });
    const results = [
      osdp.rotateKey(0),
      osdp.moveReader(0, { address: 9, baudRate: 9_600 }),
      osdp.rotateKey(0),
    ];
    await clock.advanceAsync(2_000);
    // Who has gone is given nothing at the place where it was.
    expect((await Promise.all(results)).map(({ outcome }) => outcome)).toEqual(['done', 'done', 'offline']);
    expect(pd().address).toBe(9);
    const { current } = await keys.get({ deviceId: busId, reader: 9 });
    expect(current && Buffer.from(current).toString('hex')).toBe(keyOfPd());
  });

  it.each([true, false])(
    'is opened by whichever it holds when its answer never came (taken: %s)',
    async (taken) => {
      const next = new Uint8Array(16).fill(9);
      const keys = memoryKeys();
      const parts = { pds: [{ key: osdpKey(taken ? next : keyOf(0)) }], keys };
      await keys.put({ deviceId: busId, reader: 0 }, { current: keyOf(0), next });
      const { status, stored } = await bench(parts);
      expect(status()).toMatchObject({ secure: true, key: 'held' });
      const held = Buffer.from(taken ? next : keyOf(0)).toString('hex');
      expect(await stored()).toEqual({ current: held, next: undefined });
    },
  );

  it('tells no key in status, events or errors', async () => {
    const { hardware, osdp, clock, keyOfPd } = await bench({ pds: [{}], keyed: true });
    const seen: unknown[] = [];
    for (const event of ['reader-status', 'reader-key', 'status', 'progress'] as const)
      hardware.on(event, (told) => seen.push(told));
    const lines: string[] = [];
    osdp.trace((line) => lines.push(line));
    const done = osdp.rotateKey(0);
    await clock.advanceAsync(1_000);
    const text = JSON.stringify([seen, hardware.statuses(), await done, lines]).replaceAll(' ', '');
    expect(seen.length).toBeGreaterThan(1);
    expect(text).not.toContain(keyOfPd() ?? 'no key');
    expect(text).not.toContain(Buffer.from(keyOf(0)).toString('hex'));
  });
});
