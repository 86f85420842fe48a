import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EventType, LoggedEvent, NewEvent } from '../contract/events.ts';
import { type LogFilter, resultOf } from '../contract/log.ts';
import { queryEvents } from './query.ts';
import { swipe, tempStore } from './testing.ts';

const day = 24 * 3_600_000;
const start = Date.UTC(2026, 2, 2);
let store: Awaited<ReturnType<typeof tempStore>>;
let all: LoggedEvent[];

function made(n: number): NewEvent {
  const at = start + n * (day / 4);
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

describe('queryEvents', () => {
  it.each(filters)('finds by %s, newest first, page by page', async (name, filter) => {
    const expected = all.filter((event) => holds(event, filter));
    expect(expected.length > 0).toBe(name !== 'what there is not');
    const found: LoggedEvent[] = [];
    for (let before: number | undefined; ; before = found.at(-1)?.seq) {
      const page = await queryEvents(store.db.reader, filter, { before, limit: 7 });
      found.push(...page);
      if (page.length < 7) break;
    }
    expect(found).toEqual(expected);
  });

  it.each<[string, LogFilter, string]>([
    [
      'a person',
      { cardholderId: 'c', laneId: 'l', from: 0, to: 1 },
      'Event_cardholderId_seq_idx (cardholderId=?',
    ],
    ['a short time', { laneId: 'l', from: 0, to: day }, 'Event_at_idx (at>? AND at<?)'],
    ['a lane', { laneId: 'l', type: 'lane.forced' as EventType, from: 0 }, 'Event_laneId_seq_idx (laneId=?'],
    ['a reason', { reason: 'no-rule', direction: 'in' }, 'Event_type_seq_idx (type=?'],
  ])('walks the index for %s', async (_, filter, index) => {
    const plan = await queryEvents(
      { $queryRawUnsafe: (sql: string, ...values: unknown[]) => explain(sql, values) } as never,
      filter,
      { before: 100, limit: 10 },
    ).catch((found: Error) => found.message);
    expect(plan).toContain(index);
    if (!index.includes('at_idx')) expect(plan).not.toContain('TEMP B-TREE');
  });
});

/** Hands the plan out as an error: the query itself has no rows for it. */
async function explain(sql: string, values: unknown[]): Promise<never> {
  const steps = await store.db.reader.$queryRawUnsafe<{ detail: string }[]>(
    `EXPLAIN QUERY PLAN ${sql}`,
    ...values,
  );
  throw new Error(steps.map(({ detail }) => detail).join('; '));
}
