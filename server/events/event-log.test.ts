import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import { StoreFault } from '../errors.ts';
import { genesisHash } from './chain.ts';
import { openEventLog } from './event-log.ts';
import type { EventLog } from './port.ts';
import { silent, swipe, swiped, tempStore } from './testing.ts';
import { type StoredRow, verifier } from './verify.ts';

let store: Awaited<ReturnType<typeof tempStore>>;
let events: EventLog;
beforeEach(async () => {
  store = await tempStore();
  events = await store.openLog();
});
afterEach(async () => {
  await events.close();
  await store.close();
});

async function expectWhole(count: number): Promise<void> {
  const rows = await store.db.reader.event.findMany({ orderBy: { seq: 'asc' } });
  const chain = verifier('school-1');
  for (const row of rows) {
    const stored: StoredRow = { ...row, seq: Number(row.seq), at: Number(row.at) };
    expect(chain.check(stored)).toBeUndefined();
  }
  expect(chain.head()).toEqual(events.head());
  expect(rows).toHaveLength(count);
}

describe('append', () => {
  it('begins with the genesis hash and gives back what it recorded', async () => {
    expect(events.head()).toEqual({ seq: 0, hash: genesisHash('school-1') });
    const logged = await events.append({ ...swipe(1), actorId: 'account-1', note: 'late' });
    expect(logged).toMatchObject({ school: 'school-1', seq: 1, v: 1, at: store.clock.now(), note: 'late' });
    expect(events.head()).toEqual({ seq: 1, hash: logged.hash });
    expect(await events.readAfter(0, 10)).toEqual([logged]);
  });

  it('commits a thousand at once in order, in few transactions', async () => {
    const logged = await Promise.all(Array.from({ length: 1000 }, (_, n) => events.append(swipe(n))));
    expect(logged.map(({ seq }) => seq)).toEqual(logged.map((_, index) => index + 1));
    expect(logged.map(swiped)).toEqual(logged.map((_, index) => index));
    expect(store.store.writes).toBeLessThanOrEqual(5);
    await expectWhole(1000);
  });

  it('keeps any text as it was, in the hash and in the columns', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).map((each) => `x${each}`);
    const made = fc.array(fc.record({ readKey: text, note: text, actorId: text }), {
      minLength: 1,
      maxLength: 5,
    });
    let count = 0;
    await fc.assert(
      fc.asyncProperty(made, async (list) => {
        const logged = await Promise.all(
          list.map(({ readKey, note, actorId }) => {
            const { data } = swipe(1);
            return events.append({ type: 'passage.granted', data: { ...data, readKey }, note, actorId });
          }),
        );
        count += list.length;
        const read = await events.readAfter(events.head().seq - list.length, 10);
        expect(read).toEqual(logged);
      }),
      { numRuns: 60 },
    );
    await expectWhole(count);
  });

  it('records what is no well-formed text as well as it can', async () => {
    const logged = await events.append({ ...swipe(1), actorId: 'a\ud800', note: 'n\ud800\0o' });
    expect(logged).toMatchObject({ actorId: 'a\ufffd', note: 'n\ufffdo' });
    await expectWhole(1);
  });

  it('hashes nothing that the type does not name, and refuses what does not fit', async () => {
    const logged = await events.append({
      type: 'device.online',
      data: { deviceId: 'd', name: 'Li' },
    } as NewEvent);
    expect(logged.data).toEqual({ deviceId: 'd' });
    await expect(events.append({ type: 'device.online', data: {} } as NewEvent)).rejects.toThrow(TypeError);
    await expect(events.append({ type: 'nothing', data: {} } as unknown as NewEvent)).rejects.toThrow(
      TypeError,
    );
    await expectWhole(1);
  });

  it('writes the columns for the filters', async () => {
    const { data } = swipe(1);
    const { credentialId: _, flags: __, ...where } = data;
    await events.append({
      type: 'passage.denied',
      data: { ...where, reason: 'no-rule' },
      actorId: 'account-1',
    });
    expect(await store.db.reader.event.findFirst()).toMatchObject({
      seq: 1,
      type: 'passage.denied',
      gateId: 'gate-1',
      laneId: 'lane-1',
      direction: 'in',
      result: 'denied',
      reason: 'no-rule',
      cardholderId: 'cardholder-1',
      actorId: 'account-1',
    });
  });

  it('goes on where the last run stopped', async () => {
    await events.append(swipe(1));
    await events.close();
    events = await store.openLog();
    expect((await events.append(swipe(2))).seq).toBe(2);
    await expectWhole(2);
    const other = openEventLog({ db: store.db, clock: store.clock, school: 'school-2', log: silent });
    await expect(other).rejects.toMatchObject({ code: 'store-changed' });
  });

  it('reads chosen types only', async () => {
    await events.append(swipe(1));
    await events.append({ type: 'system.stopped', data: {} });
    expect((await events.readAfter(0, 10, ['system.stopped', 'lane.rex'])).map(({ seq }) => seq)).toEqual([
      2,
    ]);
    expect((await events.readAfter(1, 10)).map(({ seq }) => seq)).toEqual([2]);
    expect(await events.readAfter(0, 1)).toHaveLength(1);
  });
});

describe('a store that fails', () => {
  it('rejects all that wait, keeps nothing, and serves again without a gap', async () => {
    await events.append(swipe(0));
    store.store.fail = 'before';
    const all = await Promise.allSettled(Array.from({ length: 300 }, (_, n) => events.append(swipe(n))));
    for (const each of all)
      expect(each).toMatchObject({ status: 'rejected', reason: expect.any(StoreFault) });
    expect(events.head().seq).toBe(1);
    store.store.fail = undefined;
    expect((await events.append(swipe(1))).seq).toBe(2);
    await expectWhole(2);
  });

  it('believes the store, not the error, when a commit was kept after all', async () => {
    const told: LoggedEvent[] = [];
    events.onCommitted((batch) => told.push(...batch));
    store.store.fail = 'after';
    const logged = await Promise.all([events.append(swipe(1)), events.append(swipe(2))]);
    const result = await events.change(async () => ({ result: 'kept', events: [swipe(3)] }));
    expect(result).toBe('kept');
    store.store.fail = undefined;
    await events.append(swipe(4));
    await events.close();
    expect(logged.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(told.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    await expectWhole(4);
  });
});

describe('change', () => {
  it('keeps the change and its record together, in the order of the queue', async () => {
    const [first, , last] = await Promise.all([
      events.append(swipe(1)),
      events.change(async (tx) => {
        await tx.secret.create({ data: { name: 's', value: 'v' } });
        return { result: undefined, events: [{ type: 'school.changed', data: { fields: ['name'] } }] };
      }),
      events.append(swipe(2)),
    ]);
    expect([first.seq, last.seq]).toEqual([1, 3]);
    expect(await store.db.reader.secret.count()).toBe(1);
    await expectWhole(3);
  });

  it('keeps nothing when the work is refused or an event does not fit', async () => {
    const refused = events.change(async (tx) => {
      await tx.secret.create({ data: { name: 's', value: 'v' } });
      throw new RangeError('refused');
    });
    await expect(refused).rejects.toThrow(RangeError);
    const bad = events.change(async (tx) => {
      await tx.secret.create({ data: { name: 's', value: 'v' } });
      return { result: 1, events: [{ type: 'school.changed', data: {} } as NewEvent] };
    });
    await expect(bad).rejects.toThrow(TypeError);
    expect(await store.db.reader.secret.count()).toBe(0);
    await events.append(swipe(1));
    await expectWhole(1);
  });

  it('resolves when the projections have followed; listeners come after them', async () => {
    const order: string[] = [];
    events.onCommitted(() => order.push('listener'));
    events.project(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push('projection');
    });
    await events.change(async () => ({ result: undefined, events: [swipe(1)] }));
    expect(order).toEqual(['projection', 'listener']);
  });

  it('is followed in the end by a projection that failed, and does not wait for that', async () => {
    const followed: number[] = [];
    let fails = 1;
    events.project(async (batch) => {
      fails -= 1;
      if (fails >= 0) throw new Error('unreadable for a moment');
      followed.push(...batch.map(({ seq }) => seq));
    });
    await events.change(async () => ({ result: undefined, events: [swipe(1)] }));
    await events.append(swipe(2));
    expect(followed).toEqual([]);
    await store.clock.advanceAsync(100);
    expect(followed).toEqual([1, 2]);
  });
});

describe('an event that was decided before a change', () => {
  const zone = () =>
    events.change(async (tx) => {
      await tx.zone.create({ data: { id: 'z', name: 'Z' } });
      return { result: undefined, events: [{ type: 'zone.added', data: { zoneId: 'z' } }] };
    });

  it('is decided again when its turn comes, by what the projections know then', async () => {
    let known = 1;
    events.project(async (told) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (told.some(({ type }) => type === 'zone.added')) known = 2;
    });
    const changed = zone();
    const logged = await Promise.all([
      events.append(swipe(10), () => swipe(10 + known)),
      events.append(swipe(20)),
      changed.then(() => events.append(swipe(30), () => swipe(31))),
    ]);
    expect(logged.map(swiped)).toEqual([12, 20, 30]);
    await expectWhole(4);
  });

  it('stays as it is when the change comes after it, or comes to nothing', async () => {
    const refused = events.change(() => Promise.reject(new Error('no')));
    const logged = events.append(swipe(1), () => swipe(2));
    await expect(refused).rejects.toThrow('no');
    const before = events.append(swipe(3), () => swipe(4));
    await zone();
    expect([swiped(await logged), swiped(await before)]).toEqual([1, 3]);
  });

  it('is rejected alone when it can not be decided again', async () => {
    const changed = zone();
    const failing = events.append(swipe(1), () => {
      throw new Error('gone');
    });
    const other = events.append(swipe(2));
    await expect(failing).rejects.toThrow('gone');
    await Promise.all([changed, other]);
    await expectWhole(2);
  });
});

describe('onCommitted', () => {
  it('tells each event once, in order, whatever a listener does', async () => {
    const told: number[] = [];
    events.onCommitted(() => {
      throw new Error('broken listener');
    });
    const cancel = events.onCommitted((batch) => told.push(...batch.map(({ seq }) => seq)));
    events.project(() => Promise.reject(new Error('broken projection')));
    await Promise.all(Array.from({ length: 600 }, (_, n) => events.append(swipe(n))));
    await events.change(async () => ({ result: undefined, events: [swipe(1), swipe(2)] }));
    cancel();
    await events.append(swipe(3));
    expect(told).toEqual(Array.from({ length: 602 }, (_, index) => index + 1));
  });
});

describe('a clock that is set', () => {
  const jumps = () => events.readAfter(0, 10, ['clock.jumped']);

  it('is recorded before the next event; the sequence stands', async () => {
    await events.append(swipe(1));
    const from = store.clock.now();
    store.clock.setNow(from - 3_600_000);
    const next = await events.append(swipe(2));
    expect(next.seq).toBe(3);
    expect(await jumps()).toMatchObject([{ seq: 2, data: { from, to: from - 3_600_000 } }]);
    store.clock.setNow(from);
    await events.change(async () => ({ result: undefined, events: [swipe(3)] }));
    expect((await jumps()).map(({ seq }) => seq)).toEqual([2, 4]);
  });

  it('is not recorded for a small correction, nor for time that passes', async () => {
    store.clock.setNow(store.clock.now() - 1_500);
    await events.append(swipe(1));
    store.clock.advance(86_400_000);
    await events.append(swipe(2));
    expect(await jumps()).toEqual([]);
  });

  it('is recorded when the store can again', async () => {
    store.store.fail = 'before';
    store.clock.setNow(0);
    await expect(events.append(swipe(1))).rejects.toThrow(StoreFault);
    store.store.fail = undefined;
    await events.append(swipe(1));
    expect(await jumps()).toMatchObject([{ seq: 1, data: { to: 0 } }]);
  });

  it('is noticed at start when it stands before the last event', async () => {
    const { at } = await events.append(swipe(1));
    await events.close();
    store.clock.setNow(at - 60_000);
    events = await store.openLog();
    await events.append(swipe(2));
    expect(await jumps()).toMatchObject([{ seq: 2, data: { from: at, to: at - 60_000 } }]);
  });
});
