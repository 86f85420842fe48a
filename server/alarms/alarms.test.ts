import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestStore, testStore } from '../../tests/lane-store.ts';
import type { NewEvent } from '../contract/events.ts';
import { alarmKind } from '../contract/words.ts';
import { RequestError } from '../errors.ts';
import type { Follower } from '../events/followers.ts';
import { acknowledge, listAlarms } from './alarm-list.ts';
import { alarmRules, alarmTypes, gatherMs } from './alarm-rules.ts';
import { followAlarms, keepAlarms } from './alarms.ts';

let store: TestStore;
let follower: Follower;
beforeEach(async () => {
  store = await testStore();
  follower = followAlarms(store);
});
afterEach(async () => {
  await follower.close();
  await store.close();
});

const lane = { gateId: 'g1', laneId: 'l1' };
const passage = { ...lane, readerId: 'r1', direction: 'in', of: 1 } as const;
const forced: NewEvent = { type: 'lane.forced', data: lane };
const held: NewEvent = { type: 'lane.held', data: { ...lane, openForMs: 30_000 } };
const secured: NewEvent = { type: 'lane.secured', data: { ...lane, after: 'forced' } };
const outcome = (outcome: 'entered' | 'not-entered' | 'relay-fault', relay: 'sent' | 'fault'): NewEvent => ({
  type: 'passage.outcome',
  data: { ...passage, outcome, relay },
});

async function happen(...events: NewEvent[]): Promise<void> {
  for (const event of events) await store.events.append(event);
  await follower.settled();
}
const list = async (show: 'open' | 'all' = 'all') =>
  (await listAlarms(store.db.reader, { show, limit: 100 }, true)).alarms;
const brief = async () => (await list()).map(({ kind, state, repeats }) => `${kind} ${state} ${repeats}`);

it('has one rule for each kind, and follows each type it names', () => {
  expect(alarmRules.map(({ kind }) => kind).toSorted()).toEqual([...alarmKind.options].toSorted());
  expect(alarmTypes).toContain('store.recovered');
});

describe('an alarm', () => {
  it('of a lane ends with the lane', async () => {
    await happen(forced, held, outcome('relay-fault', 'fault'));
    expect((await brief()).toSorted()).toEqual(['forced active 0', 'held active 0', 'relay-fault active 0']);
    await happen({ type: 'lane.removed', data: { gateId: 'g1', laneId: 'other' } });
    expect((await list()).every(({ state }) => state === 'active')).toBe(true);
    await happen({ type: 'lane.removed', data: lane });
    expect((await list()).every(({ state }) => state === 'cleared')).toBe(true);
  });

  it('is raised and cleared, each once in the log, by its cause', async () => {
    await happen(forced, secured);
    const at = store.clock.now();
    expect(await list()).toEqual([
      {
        id: 'a-1',
        kind: 'forced',
        priority: 'high',
        state: 'cleared',
        ...lane,
        deviceId: null,
        readerId: null,
        raisedAt: at,
        clearedAt: at,
        acknowledgedAt: null,
        acknowledgedBy: null,
        repeats: 0,
      },
    ]);
    const told = await store.logged('alarm.raised', 'alarm.cleared');
    expect(told.map(({ type, data }) => ({ type, ...data }))).toEqual([
      { type: 'alarm.raised', alarmId: 'a-1', kind: 'forced', priority: 'high', cause: 1, ...lane },
      { type: 'alarm.cleared', alarmId: 'a-1', kind: 'forced', cause: 2, ...lane },
    ]);
  });

  it('counts repeats while it runs, and is a new one after', async () => {
    await happen(forced, forced, forced, secured, forced);
    expect(await brief()).toEqual(['forced active 0', 'forced cleared 2']);
  });

  it('of one lane is not another lane’s', async () => {
    const other = { ...lane, laneId: 'l2' };
    await happen(
      forced,
      { type: 'lane.forced', data: other },
      { ...secured, data: { ...other, after: 'forced' } },
    );
    expect((await list()).map(({ laneId, state }) => [laneId, state])).toEqual([
      ['l2', 'cleared'],
      ['l1', 'active'],
    ]);
  });

  it('goes on where it stood after a crash, and doubles nothing', async () => {
    await happen(forced);
    await follower.close();
    await store.events.append(secured);
    await store.events.append(held);
    follower = followAlarms(store);
    await follower.settled();
    await follower.close();
    follower = followAlarms(store);
    await happen();
    expect(await brief()).toEqual(['held active 0', 'forced cleared 0']);
    expect(await store.logged('alarm.raised', 'alarm.cleared')).toHaveLength(3);
  });

  it('is neither kept nor told when its transaction fails, and both when it is tried again', async () => {
    await follower.close();
    const event = await store.events.append(forced);
    const failing = store.events.change(async (tx) => {
      await keepAlarms(tx, [event]);
      throw new Error('power cut');
    });
    await expect(failing).rejects.toThrow('power cut');
    expect(await list()).toEqual([]);
    follower = followAlarms(store);
    await follower.settled();
    expect(await brief()).toEqual(['forced active 0']);
    expect(await store.logged('alarm.raised')).toHaveLength(1);
  });
});

describe('each kind', () => {
  const device = { deviceId: 'd1' };
  const flooded = { ...device, ...lane, readerId: 'r1', direction: 'in' } as const;
  const flood = (what: 'started' | 'ended'): NewEvent => ({ type: `reader.flood-${what}`, data: flooded });
  it.each<[string, NewEvent[], string[]]>([
    ['held', [held], ['held active 0']],
    ['held, closed', [held, secured], ['held cleared 0']],
    ['not entered', [outcome('not-entered', 'sent')], ['not-entered cleared 0']],
    ['entered', [outcome('entered', 'sent')], []],
    ['relay fault', [outcome('relay-fault', 'fault')], ['relay-fault active 0']],
    [
      'relay well again',
      [outcome('relay-fault', 'fault'), outcome('not-entered', 'sent')],
      ['not-entered cleared 0', 'relay-fault cleared 0'],
    ],
    [
      'hold failed',
      [{ type: 'lane.hold-failed', data: { ...lane, relay: 'fault' } }],
      ['relay-fault active 0'],
    ],
    [
      'off line',
      [{ type: 'device.offline', data: { ...device, fault: 'unplugged' } }],
      ['device-offline active 0'],
    ],
    [
      'on line again',
      [
        { type: 'device.offline', data: { ...device, fault: 'io' } },
        { type: 'device.online', data: device },
      ],
      ['device-offline cleared 0'],
    ],
    [
      'removed',
      [
        { type: 'device.offline', data: { ...device, fault: 'io' } },
        { type: 'device.removed', data: device },
      ],
      ['device-offline cleared 0'],
    ],
    ['flood', [flood('started')], ['reader-flood active 0']],
    [
      'flood of two minutes, over',
      [
        flood('started'),
        { type: 'reader.refusals-counted', data: { ...flooded, count: 9, firstAt: 1, lastAt: 2 } },
        flood('ended'),
      ],
      ['reader-flood cleared 0'],
    ],
    ['stuck', [{ type: 'relay.stuck', data: { ...device, ...lane, channel: 1 } }], ['relay-stuck active 0']],
    ['store', [{ type: 'store.fault', data: { spilled: 0, code: 'full' } }], ['store-fault active 0']],
    [
      'store recovered',
      [
        { type: 'store.fault', data: { spilled: 0, code: 'full' } },
        { type: 'store.recovered', data: { replayed: 3 } },
      ],
      ['store-fault cleared 0'],
    ],
    ['clock', [{ type: 'clock.jumped', data: { from: 1, to: 2 } }], ['clock-jump cleared 0']],
  ])('%s', async (_, events, expected) => {
    await happen(...events);
    expect(await brief()).toEqual(expected);
  });

  it('without an end gathers for an hour, or until someone takes note', async () => {
    await happen(outcome('not-entered', 'sent'), outcome('not-entered', 'sent'));
    expect(await brief()).toEqual(['not-entered cleared 1']);
    store.clock.advance(gatherMs);
    await happen(outcome('not-entered', 'sent'));
    expect(await brief()).toEqual(['not-entered cleared 0', 'not-entered cleared 1']);
    const [newest] = await list();
    await acknowledge(store, newest?.id ?? '', 'u1', true);
    await happen(outcome('not-entered', 'sent'));
    expect(await brief()).toHaveLength(3);
  });
});

describe('taking note', () => {
  it('is recorded once, with the first who did', async () => {
    await store.db.transaction((tx) =>
      tx.user.create({ data: { id: 'u1', name: 'Guard One', email: 'guard@example.invalid' } }),
    );
    await happen(forced);
    expect(await acknowledge(store, 'a-1', 'u1', true)).toMatchObject({
      state: 'active',
      acknowledgedBy: 'Guard One',
      acknowledgedAt: store.clock.now(),
    });
    expect(await acknowledge(store, 'a-1', 'u2', true)).toMatchObject({ acknowledgedBy: 'Guard One' });
    const notes = await store.logged('alarm.acknowledged');
    expect(notes.map(({ data, actorId }) => [data, actorId])).toEqual([
      [{ alarmId: 'a-1', kind: 'forced', ...lane }, 'u1'],
    ]);
    await expect(acknowledge(store, 'a-9', 'u1', true)).rejects.toMatchObject(
      new RequestError('not-found', 'There is no such alarm.'),
    );
  });

  it('ends an alarm that nothing else ends for certain', async () => {
    await happen({ type: 'relay.stuck', data: { deviceId: 'd1', channel: 2 } });
    expect(await acknowledge(store, 'a-1', 'u1', true)).toMatchObject({
      state: 'cleared',
      clearedAt: store.clock.now(),
    });
    expect(await store.logged('alarm.cleared')).toHaveLength(1);
  });
});

it('lists open ones, newest first, page by page', async () => {
  for (let n = 0; n < 5; n++) await happen({ type: 'lane.forced', data: { gateId: 'g', laneId: `l${n}` } });
  await happen({ type: 'lane.secured', data: { gateId: 'g', laneId: 'l0', after: 'forced' } });
  await acknowledge(store, 'a-1', 'u1', true);
  expect((await list('open')).map(({ laneId }) => laneId)).toEqual(['l4', 'l3', 'l2', 'l1']);
  const seen: (string | null)[] = [];
  for (let before: number | undefined, more = true; more; ) {
    const page = await listAlarms(store.db.reader, { show: 'all', limit: 2, before }, true);
    expect(page.open).toBe(4);
    seen.push(...page.alarms.map(({ laneId }) => laneId));
    before = page.next;
    more = before !== undefined;
  }
  expect(seen).toEqual(['l4', 'l3', 'l2', 'l1', 'l0']);
});
