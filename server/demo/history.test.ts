import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSampleSchool } from '../../prisma/sample-school.ts';
import { openStore } from '../../tests/open-store.ts';
import { openDirectory } from '../access/directory.ts';
import type { EventType, LoggedEvent } from '../contract/events.ts';
import { readCast } from './cast.ts';
import { type PastEvent, pastDay, writeHistory } from './history.ts';
import { type Cast, planDay } from './plan.ts';

const timeZone = 'Asia/Shanghai';
/** A Wednesday in term. */
const midnight = Date.UTC(2026, 9, 20, 16);
let store: Awaited<ReturnType<typeof openStore>>;
let cast: Cast;
let past: PastEvent[];
let log: LoggedEvent[];
const skipped: number[] = [];

beforeAll(async () => {
  store = await openStore();
  await store.db.transaction((tx) =>
    tx.school.create({ data: { id: 'sample-school', name: 'Sample', timeZone, language: 'en' } }),
  );
  const directory = await openDirectory(store.db.reader);
  store.events.project(directory.follow);
  await store.events.change(async (tx) => ({
    result: undefined,
    events: await writeSampleSchool(tx, { language: 'en', timeZone, now: midnight }),
  }));
  cast = await readCast(store.db.reader, directory, midnight);
  const rows = await store.db.reader.device.findMany();
  const models = new Map(rows.map(({ id, model }) => [id, model]));
  past = pastDay(planDay(cast, true, 5), midnight, { directory, models, seed: 5 });
  const { seq } = store.events.head();
  await writeHistory(past, {
    events: store.events,
    skipTo: (instant) => void skipped.push(instant),
    settled: async () => {},
  });
  log = await store.events.readAfter(seq, 10_000);
});
afterAll(() => store.close());

const count = (type: EventType) => log.filter((event) => event.type === type).length;
const minuteOf = (at: number) => (at - midnight) / 60_000;

describe('the cast of the sample school', () => {
  it('knows who may pass where', () => {
    expect(cast.people).toHaveLength(420);
    expect(cast.readers).toHaveLength(7);
    expect(cast.doors.map(({ laneId }) => laneId)).toEqual(['side']);
    const lanesOf = (kind: string, ways: 'entries' | 'exits') => {
      const lanes = cast.people
        .filter((each) => each.kind === kind)
        .flatMap((each) => each[ways].map(({ reader }) => reader.laneId));
      return [...new Set(lanes)].toSorted();
    };
    expect(lanesOf('student', 'entries')).toEqual(['main-both', 'main-in']);
    expect(lanesOf('student', 'exits')).toEqual(['main-both', 'main-out']);
    expect(lanesOf('contractor', 'entries')).toEqual(['back']);
    expect(lanesOf('staff', 'entries')).toEqual(['back', 'main-both', 'main-in', 'side']);
    const qr = cast.people.flatMap((each) =>
      each.entries.filter(({ reader }) => reader.deviceId === 'qr-main-both'),
    );
    expect(qr.length).toBeGreaterThan(5);
    expect(qr.every(({ key }) => key.startsWith('text:'))).toBe(true);
  });

  it('knows whom every reader refuses', () => {
    const unsound = cast.people.filter(({ sound }) => !sound).length;
    expect(unsound).toBeGreaterThan(10);
    expect(unsound).toBeLessThan(30);
  });
});

describe('the record of a past day', () => {
  it('is what the rules say of its plan', () => {
    const granted = count('passage.granted');
    expect(granted).toBeGreaterThan(800);
    expect(count('passage.outcome')).toBe(granted);
    const reasons = log.flatMap((event) => (event.type === 'passage.denied' ? [event.data.reason] : []));
    for (const reason of ['unknown-credential', 'credential-lost', 'no-rule', 'outside-schedule']) {
      expect(reasons).toContain(reason);
    }
    expect(reasons.length).toBeLessThan(granted / 10);
    const late = log.filter(
      ({ at, type, data }) =>
        type === 'passage.denied' &&
        data.reason === 'outside-schedule' &&
        data.direction === 'in' &&
        minuteOf(at) < 560,
    );
    expect(late.length).toBeGreaterThanOrEqual(3);
  });

  it('tells how each alarm began and ended', () => {
    expect([count('lane.forced'), count('lane.held')]).toEqual([4, 3]);
    expect(count('lane.secured')).toBe(7);
    expect([count('device.offline'), count('device.online')]).toEqual([3, 3]);
  });

  it('stands in the order of time, each outcome with its grant', () => {
    const times = log.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const grants = new Map(log.map((event) => [event.seq, event]));
    const outcomes = log.flatMap((event) => (event.type === 'passage.outcome' ? [event] : []));
    for (const { data, at } of outcomes) {
      const grant = grants.get(data.of ?? 0);
      expect(grant?.type === 'passage.granted' && grant.data.cardholderId).toBe(data.cardholderId);
      expect(grant?.at).toBeLessThan(at);
    }
  });

  it('lets the clock follow what it writes', () => {
    expect(skipped).toEqual(skipped.toSorted((a, b) => a - b));
    expect(skipped.at(-1)).toBe(log.at(-1)?.at);
    expect(skipped).toContain(log.find(({ type }) => type === 'lane.forced')?.at);
  });
});
