import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import { type LogFilter, resultOf } from '../contract/log.ts';
import type { Reader } from '../db.ts';
import { queryEvents } from './query.ts';
import { swipe, tempStore } from './testing.ts';

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 2, 2);
const placeIndex = 'Event_gateId_laneId_direction_seq_idx (gateId=? AND laneId=? AND direction=?';
let store: Awaited<ReturnType<typeof tempStore>>;
let all: LoggedEvent[];

function made(n: number): NewEvent {
  // Now and then the clock stands some days back.
  const at = start + n * (day / 4) - (n % 13 === 0 ? 3 * day : 0);
  if (n % 11 === 3) return { type: 'gate.changed', data: { gateId: 'gate-2', fields: [] }, at };
  if (n % 17 === 3) return { type: 'session.started', data: { accountId: 'account-1' }, at };
  if (n % 7 === 0) return { type: 'lane.forced', data: { gateId: 'gate-2', laneId: 'lane-9' }, at };
  if (n % 5 === 0) {
    const { credentialId: _, flags: __, ...where } = swipe(n % 8).data;
    return { type: 'passage.denied', data: { ...where, reason: n % 2 ? 'no-rule' : 'lane-lockdown' }, at };
  }
  return { ...swipe(n % 8), at };
}

beforeAll(async () => {
  store = await tempStore();
  const events = await store.openLog();
  all = (await Promise.all(Array.from({ length: 300 }, (_, n) => events.append(made(n))))).toReversed();
  await events.close();
});
afterAll(() => store.close());

function holds(event: LoggedEvent, filter: LogFilter): boolean {
  const data = event.data as Record<string, unknown>;
  return (
    (filter.from === undefined || event.at >= filter.from) &&
    (filter.to === undefined || event.at < filter.to) &&
    (filter.type === undefined || event.type === filter.type) &&
    (filter.result === undefined || resultOf(event.type) === filter.result) &&
    (['gateId', 'laneId', 'direction', 'reason', 'cardholderId'] as const).every(
      (name) => filter[name] === undefined || data[name] === filter[name],
    )
  );
}

const filters: [string, LogFilter][] = [
  ['nothing', {}],
  ['a gate', { gateId: 'gate-2' }],
  ['a lane', { laneId: 'lane-1' }],
  ['a direction', { direction: 'out' }],
  ['a result', { result: 'denied' }],
  ['a reason', { reason: 'no-rule' }],
  ['a person', { cardholderId: 'cardholder-3' }],
  ['a type', { type: 'lane.forced' }],
  ['a day', { from: start + 10 * day, to: start + 11 * day }],
  ['a long time', { from: start + day, to: start + 60 * day }],
  ['since', { from: start + 70 * day }],
  [
    'a person at a lane in a week',
    { cardholderId: 'cardholder-3', laneId: 'lane-3', from: start, to: start + 7 * day },
  ],
  ['refusals at a lane, out', { laneId: 'lane-2', result: 'denied', direction: 'out' }],
  ['a reason in a week', { reason: 'lane-lockdown', from: start, to: start + 7 * day }],
  ['what there is not', { type: 'lane.forced', reason: 'no-rule' }],
];

type Ask = (sql: string, ...values: unknown[]) => Promise<unknown>;

function asking($queryRawUnsafe: Ask): Pick<Reader, '$queryRawUnsafe'> {
  return { $queryRawUnsafe: $queryRawUnsafe as Reader['$queryRawUnsafe'] };
}

/** Asks, but says so many when events are counted. */
function counting(count: number, ask: Ask) {
  return asking(async (sql, ...values) =>
    sql.startsWith('SELECT COUNT') ? [{ count }] : ask(sql, ...values),
  );
}

describe.each([
  ['rare', 0],
  ['frequent', 1_000_000],
])('queryEvents, of types that are %s,', (_, count) => {
  it.each(filters)('finds by %s, newest first, page by page', async (name, filter) => {
    const reader = counting(count, (sql, ...values) => store.db.questions.$queryRawUnsafe(sql, ...values));
    const expected = all.filter((event) => holds(event, filter));
    expect(expected.length > 0).toBe(name !== 'what there is not');
    const found: LoggedEvent[] = [];
    for (let before: number | undefined; ; before = found.at(-1)?.seq) {
      const page = await queryEvents(reader, filter, { before, limit: 7 });
      found.push(...page);
      if (page.length < 7) break;
    }
    expect(found).toEqual(expected);
  });
});

describe('queryEvents', () => {
  it('counts the events of the types that it looks for at a place, to know whether they are rare', async () => {
    const counted: unknown[] = [];
    const reader = asking(async (sql, ...values) => {
      const rows = await store.db.questions.$queryRawUnsafe<object[]>(sql, ...values);
      if (sql.startsWith('SELECT COUNT')) counted.push(...rows);
      return rows;
    });
    await queryEvents(reader, { laneId: 'lane-9', result: 'alarm' }, { limit: 1 });
    await queryEvents(reader, { laneId: 'lane-9' }, { limit: 1 });
    const alarms = all.filter(({ type }) => resultOf(type) === 'alarm').length;
    expect(counted).toEqual([{ count: BigInt(alarms) }]);
  });

  it.each<[string, LogFilter, string, number?]>([
    [
      'a person',
      { cardholderId: 'c', laneId: 'l', from: 0, to: 1 },
      'Event_cardholderId_seq_idx (cardholderId=?',
    ],
    ['a lane', { laneId: 'l', type: 'passage.granted', from: 0 }, placeIndex, 50_000],
    ['a gate', { gateId: 'g', result: 'granted' }, placeIndex, 50_000],
    ['a direction', { direction: 'out' }, placeIndex],
    ['a rare type', { laneId: 'l', type: 'lane.forced' }, 'Event_type_seq_idx (type=? AND seq'],
    ['a rare result', { gateId: 'g', result: 'system' }, 'Event_type_seq_idx (type=? AND seq'],
    ['a reason', { reason: 'no-rule', direction: 'in' }, 'Event_type_seq_idx (type=? AND seq'],
    ['a time', { from: 0, to: day }, 'SEARCH Event USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
  ])('walks the index for %s', async (_, filter, index, count = 0) => {
    const plan = await planOf(filter, count);
    expect(plan.join('; ')).toContain(index);
    // What is sorted is the newest of each walk, never what a walk finds.
    expect(plan.filter((step) => step.includes('TEMP B-TREE')).length).toBeLessThanOrEqual(1);
    expect(plan.filter((step) => step === 'SCAN Event')).toEqual([]);
    if ('from' in filter && !filter.cardholderId)
      expect(plan).toContainEqual(expect.stringMatching(/COVERING INDEX Event_at_idx \(at>\?/));
  });
});

/** SQLite's plan of the query, step by step. */
async function planOf(filter: LogFilter, count: number): Promise<string[]> {
  let steps: { detail: string }[] = [];
  const reader = counting(count, async (sql, ...values) => {
    steps = await store.db.questions.$queryRawUnsafe(`EXPLAIN QUERY PLAN ${sql}`, ...values);
    return [];
  });
  await queryEvents(reader, filter, { before: 100, limit: 10 });
  return steps.map(({ detail }) => detail);
}
