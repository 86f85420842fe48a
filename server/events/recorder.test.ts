import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../hardware/sim/manual-clock.ts';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Tx } from '../db.ts';
import { StoreFault } from '../errors.ts';
import type { EventLog } from './port.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import { Spill } from './spill.ts';
import { silent, swipe, swiped, tempStore } from './testing.ts';

let store: Awaited<ReturnType<typeof tempStore>>;
let events: EventLog;
let recorder: Recorder;
let maxEvents = 100;

async function start(): Promise<void> {
  events = await store.openLog();
  const spill = await Spill.open({
    file: join(store.dir, 'spill.jsonl'),
    log: silent,
    maxEvents,
    maxBytes: 65_536,
  });
  recorder = await openRecorder({ events, db: store.db, spill, apply, clock: store.clock, log: silent });
}
/** Counts in a row of the store how often it ran, beside the event it ran for. */
async function apply(tx: Tx, { type, data }: NewEvent): Promise<void> {
  if (type !== 'zone.added') return;
  const { zoneId: id } = data;
  await tx.zone.upsert({ where: { id }, create: { id, name: id }, update: { apbMinutes: { increment: 1 } } });
}
const zone = (zoneId: string): NewEvent => ({ type: 'zone.added', data: { zoneId } });
/** The rows, each with how often it was written after the first time. */
const zones = async () =>
  (await store.db.reader.zone.findMany({ orderBy: { id: 'asc' } })).map(({ id, apbMinutes }) => [
    id,
    apbMinutes,
  ]);

async function stop(): Promise<void> {
  await recorder.close();
  await events.close();
}
beforeEach(async () => {
  maxEvents = 100;
  store = await tempStore();
  await start();
});
afterEach(async () => {
  await stop();
  await store.close();
});

async function recovered(): Promise<void> {
  while (recorder.status().mode === 'spill') await settle();
  // Clearing the spill and its cursor comes after the mode has changed.
  while ((await store.db.reader.cursor.count()) > 0) await settle();
}
const logged = () => events.readAfter(0, 1000);
const told = (list: LoggedEvent[]) =>
  list.map((each) => (each.type === 'passage.granted' ? swiped(each) : each.type));

describe('record', () => {
  it('goes into the log while the store is well', async () => {
    const recorded = await recorder.record(swipe(1));
    expect(recorded).toMatchObject({ durable: 'log', event: { seq: 1 } });
    expect(recorder.status()).toEqual({ mode: 'log' });
  });

  it('spills on a fault, then replays in order, with its time, marked, before what came later', async () => {
    const modes: string[] = [];
    recorder.onStatus(({ mode }) => modes.push(mode));
    const began = store.clock.now();
    store.store.fail = 'before';
    const first = await Promise.all([recorder.record(swipe(1)), recorder.record(swipe(2))]);
    expect(first.map(({ durable }) => durable)).toEqual(['spill', 'spill']);
    expect(recorder.status()).toEqual({ mode: 'spill', since: began, waiting: 3, code: 'full' });
    store.store.fail = undefined;
    // The store is well again, but those before it still wait.
    expect(await recorder.record(swipe(3))).toMatchObject({ durable: 'spill' });
    store.clock.advance(1_000);
    const during = recorder.record(swipe(4));
    await recovered();
    await during;
    await recorder.record(swipe(5));
    const all = await logged();
    expect(told(all).filter((each) => typeof each === 'number')).toEqual([1, 2, 3, 4, 5]);
    expect(told(all).slice(0, 2)).toEqual(['store.fault', 1]);
    expect(all[1]).toMatchObject({ at: began, spilled: true });
    expect(all.at(-1)).not.toHaveProperty('spilled');
    expect(all.at(-2)).toMatchObject({ type: 'store.recovered', data: { replayed: 5 } });
    expect(modes).toEqual(['spill', 'log']);
  });

  it('records something else instead, where the caller says so', async () => {
    store.store.fail = 'before';
    const { credentialId: _, flags: __, ...where } = swipe(1).data;
    const instead: NewEvent = { type: 'passage.denied', data: { ...where, reason: 'store-fault' } };
    const recorded = await recorder.record(swipe(1), { instead: () => instead });
    expect(recorded).toMatchObject({ durable: 'spill', event: { type: 'passage.denied' } });
  });

  it('tries again with growing pauses', async () => {
    store.store.fail = 'before';
    await recorder.record(swipe(1));
    for (const pause of [1_000, 2_000, 4_000]) {
      store.clock.advance(pause - 1);
      expect(store.clock.pending()).toBe(1);
      store.clock.advance(1);
      while (store.clock.pending() === 0) await settle();
    }
    store.store.fail = undefined;
    store.clock.advance(8_000);
    await recovered();
    expect(told(await logged())).toEqual(['store.fault', 1, 'store.recovered']);
  });

  it('refuses when the spill is full, and when the data does not fit', async () => {
    await stop();
    maxEvents = 2;
    await start();
    store.store.fail = 'before';
    expect(await recorder.record(swipe(1))).toMatchObject({ durable: 'spill' });
    await expect(recorder.record(swipe(2))).rejects.toThrow(StoreFault);
    await expect(recorder.record({ type: 'lane.rex', data: {} } as NewEvent)).rejects.toThrow(TypeError);
  });

  it('spills again when the fault comes back', async () => {
    for (const n of [1, 2]) {
      store.store.fail = 'before';
      await recorder.record(swipe(n));
      store.store.fail = undefined;
      store.clock.advance(1_000);
      await recovered();
    }
    expect(told(await logged())).toEqual([
      'store.fault',
      1,
      'store.recovered',
      'store.fault',
      2,
      'store.recovered',
    ]);
  });
});

describe('change', () => {
  it('brings rows and record into the store together', async () => {
    await recorder.change(zone('a'));
    expect(told(await logged())).toEqual(['zone.added']);
    expect(await zones()).toEqual([['a', 0]]);
    expect(recorder.waiting()).toEqual([]);
  });

  it('waits in the spill on a fault, and changes the rows when it comes into the log, once and in order', async () => {
    store.store.fail = 'before';
    await recorder.change(zone('a'));
    await recorder.record(swipe(1));
    await recorder.change(zone('b'));
    expect(recorder.waiting().map(({ type }) => type)).toEqual([
      'store.fault',
      'zone.added',
      'passage.granted',
      'zone.added',
    ]);
    expect(await zones()).toEqual([]);
    store.store.fail = undefined;
    // Well again, but nothing may overtake those who wait.
    await recorder.change(zone('c'));
    store.clock.advance(1_000);
    await recovered();
    expect(recorder.waiting()).toEqual([]);
    expect(await zones()).toEqual([
      ['a', 0],
      ['b', 0],
      ['c', 0],
    ]);
    await recorder.change(zone('d'));
    expect(told(await logged())).toEqual([
      'store.fault',
      'zone.added',
      1,
      'zone.added',
      'zone.added',
      'store.recovered',
      'zone.added',
    ]);
  });

  it('is refused when the spill is full, and nothing is changed by what is no event', async () => {
    await stop();
    maxEvents = 2;
    await start();
    store.store.fail = 'before';
    await recorder.change(zone('a'));
    await expect(recorder.change(zone('b'))).rejects.toThrow(StoreFault);
    store.store.fail = undefined;
    store.clock.advance(1_000);
    await recovered();
    expect(await zones()).toEqual([['a', 0]]);
    await expect(recorder.change({ type: 'zone.added', data: {} } as NewEvent)).rejects.toThrow();
    expect(await zones()).toEqual([['a', 0]]);
  });
});

describe('a restart', () => {
  it('finds the changes that wait, without those that the log has already', async () => {
    store.store.fail = 'before';
    for (const id of ['a', 'b']) await recorder.change(zone(id));
    await stop();
    store.store.fail = undefined;
    const spill = await Spill.open({ file: join(store.dir, 'spill.jsonl'), log: silent, maxBytes: 65_536 });
    const name = `spill:${spill.generation}`;
    const [, first] = spill.events;
    await spill.close();
    // The replay had come as far as the first change when the power went.
    events = await store.openLog();
    await events.change(async (tx) => {
      await tx.cursor.create({ data: { name, seq: 2n } });
      if (first) await apply(tx, first);
      return { result: undefined, events: first ? [first] : [] };
    });
    await events.close();
    store.store.fail = 'before';
    await start();
    expect(recorder.waiting()).toMatchObject([zone('b')]);
    store.store.fail = undefined;
    store.clock.advance(1_000);
    await recovered();
    expect(await zones()).toEqual([
      ['a', 0],
      ['b', 0],
    ]);
  });

  it('replays what a former run left', async () => {
    store.store.fail = 'before';
    await recorder.record(swipe(1));
    await stop();
    store.store.fail = undefined;
    await start();
    expect(recorder.recovered).toBe(2);
    expect(told(await logged())).toEqual(['store.fault', 1, 'store.recovered']);
    await recovered();
    await stop();
    await start();
    expect(recorder.recovered).toBe(0);
    expect(await logged()).toHaveLength(3);
  });

  it('after a crash between replaying and clearing, or amid the replay, records nothing twice', async () => {
    store.store.fail = 'before';
    for (const n of [1, 2, 3]) await recorder.record(swipe(n));
    await stop();
    store.store.fail = undefined;
    const spill = await Spill.open({ file: join(store.dir, 'spill.jsonl'), log: silent, maxBytes: 65_536 });
    const name = `spill:${spill.generation}`;
    const done = spill.events.slice(0, 2).map((each) => ({ ...each, spilled: true as const }));
    await spill.close();
    events = await store.openLog();
    // What the replay had committed when the power went.
    await events.change(async (tx) => {
      await tx.cursor.create({ data: { name, seq: 2n } });
      return { result: undefined, events: done };
    });
    await events.close();
    await start();
    expect(told(await logged())).toEqual(['store.fault', 1, 2, 3, 'store.recovered']);
  });

  /** Spills these swipes behind the record of the fault, and stops; the file as the next start finds it. */
  async function spilledAndStopped(...numbers: number[]): Promise<void> {
    store.store.fail = 'before';
    for (const n of numbers) await recorder.record(swipe(n));
    await stop();
    store.store.fail = undefined;
  }
  const file = () => join(store.dir, 'spill.jsonl');
  function damageLine(n: number): void {
    const bytes = readFileSync(file());
    let start = 0;
    for (let line = 0; line < n; line++) start = bytes.indexOf(10, start) + 1;
    bytes[start + 100] = 0x21;
    writeFileSync(file(), bytes);
  }
  async function replayedUpTo(seq: bigint, ...numbers: number[]): Promise<void> {
    const spill = await Spill.open({ file: file(), log: silent, maxBytes: 65_536 });
    const name = `spill:${spill.generation}`;
    await spill.close();
    events = await store.openLog();
    await events.change(async (tx) => {
      await tx.cursor.create({ data: { name, seq } });
      return { result: undefined, events: numbers.map((n) => ({ ...swipe(n), spilled: true as const })) };
    });
    await events.close();
  }

  it('replays what stands behind a damaged line, and says how many are lost', async () => {
    await spilledAndStopped(1, 2, 3, 4);
    damageLine(2);
    await start();
    expect(told(await logged())).toEqual(['store.fault', 1, 3, 4, 'store.recovered']);
    expect((await logged()).at(-1)?.data).toEqual({ replayed: 4, damaged: 1 });
    await recovered();
  });

  it('after a crash amid the replay of a damaged file records nothing twice, wherever the damage is', async () => {
    for (const damaged of [1, 2, 3]) {
      const before = (await logged()).length;
      await spilledAndStopped(1, 2, 3, 4);
      // Lines 0 to 2 had been replayed when the power went: the fault, and the swipes 1 and 2.
      await replayedUpTo(3n, 1, 2);
      damageLine(damaged);
      await start();
      const rest = damaged === 3 ? [4] : [3, 4];
      expect(told(await logged()).slice(before)).toEqual([1, 2, ...rest, 'store.recovered']);
      await recovered();
    }
  });

  it('gives no new record the number of one that is replayed and damaged by now', async () => {
    await spilledAndStopped(1, 2);
    await replayedUpTo(3n, 1, 2);
    damageLine(2);
    store.store.fail = 'before';
    await start();
    expect(await recorder.record(swipe(5))).toMatchObject({ durable: 'spill' });
    store.store.fail = undefined;
    store.clock.advance(1_000);
    await recovered();
    expect(told(await logged())).toEqual([1, 2, 5, 'store.recovered']);
  });

  it('with nothing left to replay says so all the same', async () => {
    await spilledAndStopped(1);
    writeFileSync(file(), 'no line of ours\n');
    await start();
    expect((await logged()).map(({ type, data }) => ({ type, data }))).toEqual([
      { type: 'store.recovered', data: { replayed: 0, damaged: 1 } },
    ]);
    await recovered();
  });

  it('with the store still failing waits on', async () => {
    store.store.fail = 'before';
    await recorder.record(swipe(1));
    await stop();
    await start();
    expect(recorder.status()).toMatchObject({ mode: 'spill', waiting: 2 });
    expect(await recorder.record(swipe(2))).toMatchObject({ durable: 'spill' });
    store.store.fail = undefined;
    store.clock.advance(1_000);
    await recovered();
    expect(told(await logged())).toEqual(['store.fault', 1, 2, 'store.recovered']);
  });
});
