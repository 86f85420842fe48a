import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock, settle } from '../../hardware/sim/manual-clock.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { type LiveFeed, type LiveFeedOptions, openLiveFeed, type Subscriber } from './live-feed.ts';
import type { EventLog } from './port.ts';
import { publisher } from './publisher.ts';
import { silent, swipe } from './testing.ts';

/** A log without a store: what is committed, when it is told and when a page has been read is the test's choice. */
function fakeLog() {
  const rows: LoggedEvent[] = [];
  const { publish, onCommitted } = publisher(silent, manualClock());
  const fake = {
    fail: false,
    commit(count: number) {
      const batch = Array.from({ length: count }, (_, index) => {
        const seq = rows.length + index + 1;
        return { ...swipe(seq), school: 's', seq, at: seq, v: 1, hash: String(seq) };
      });
      rows.push(...batch);
      return publish(batch);
    },
    events: {
      head: () => ({ seq: rows.length, hash: '' }),
      onCommitted,
      async readAfter(after: number, limit: number) {
        await settle();
        if (fake.fail) throw new Error('unreadable');
        return rows.slice(after, after + limit);
      },
    } as unknown as EventLog,
  };
  return fake;
}

let clock: ManualClock;
let log: ReturnType<typeof fakeLog>;
let feed: LiveFeed;
/** @param before events that stand in the store only: committed before this run. */
function start(options: Partial<LiveFeedOptions> = {}, before = 0): void {
  clock = manualClock();
  log = fakeLog();
  if (before > 0) log.commit(before);
  feed = openLiveFeed({ events: log.events, clock, log: silent, ...options });
}
beforeEach(() => start());
afterEach(() => feed.close());

/** Acknowledges at once, unless `hold` is set: then when `release` is called. */
function screen(cursor: Subscriber['cursor']) {
  const seen: number[] = [];
  const dropped: string[] = [];
  const state = { hold: false, release: () => {} };
  const subscription = feed.subscribe({
    cursor,
    send(batch) {
      seen.push(...batch.map(({ seq }) => seq));
      if (!state.hold) return Promise.resolve();
      return new Promise((resolve) => {
        state.release = resolve;
      });
    },
    onDropped: (reason) => dropped.push(reason),
  });
  return { seen, dropped, state, ...subscription };
}
const upTo = (last: number, first = 1) =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await settle();
}

describe('subscribe', () => {
  it('fills in from the cursor, then streams, without gap or duplicate', async () => {
    start({ page: 10 });
    log.commit(95);
    const all = screen(0);
    const some = screen(40);
    log.commit(3);
    await quiet();
    log.commit(2);
    await quiet();
    expect(all.seen).toEqual(upTo(100));
    expect(some.seen).toEqual(upTo(100, 41));
  });

  it('begins now, or with the newest few, and says where', async () => {
    log.commit(10);
    const now = screen('now');
    const last = screen({ last: 3 });
    const more = screen({ last: 30 });
    await quiet();
    log.commit(1);
    await quiet();
    expect([now.start, last.start, more.start]).toEqual([10, 7, 0]);
    expect([now.seen, last.seen, more.seen]).toEqual([[11], [8, 9, 10, 11], upTo(11)]);
  });

  it('sends nothing more once cancelled', async () => {
    const one = screen('now');
    one.cancel();
    log.commit(1);
    await quiet();
    expect([one.seen, one.dropped]).toEqual([[], []]);
  });

  it('holds under any interleaving of commits, reading and acknowledging', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('commit' as const), n: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ do: fc.constant('turn' as const), n: fc.integer({ min: 1, max: 3 }) }),
      fc.record({ do: fc.constant('hold' as const), n: fc.constant(0) }),
      fc.record({ do: fc.constant('release' as const), n: fc.constant(0) }),
      fc.record({ do: fc.constant('join' as const), n: fc.integer({ min: 0, max: 30 }) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.integer({ min: 1, max: 5 }),
        async (steps, page) => {
          // Old events in the store, new ones in memory; so lax that nobody is slow.
          start({ page, buffer: 400 }, 25);
          const screens = [screen(0)];
          for (const each of steps) {
            if (each.do === 'commit') log.commit(each.n);
            if (each.do === 'turn') for (let turn = 0; turn < each.n; turn++) await settle();
            if (each.do === 'join') screens.push(screen({ last: each.n }));
            for (const { state } of screens) {
              if (each.do === 'hold') state.hold = true;
              if (each.do !== 'release') continue;
              state.hold = false;
              state.release();
            }
          }
          for (const { state } of screens) {
            state.hold = false;
            state.release();
          }
          const head = log.events.head().seq;
          for (
            let turn = 0;
            turn < 400 && screens.some(({ seen, start }) => start + seen.length < head);
            turn++
          ) {
            await settle();
          }
          for (const { seen, start, dropped } of screens) {
            expect(dropped).toEqual([]);
            expect(seen).toEqual(upTo(head, start + 1));
          }
          feed.close();
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a subscriber that can not follow', () => {
  it('is dropped as slow when it does not acknowledge in time, and resumes with its cursor', async () => {
    const one = screen('now');
    one.state.hold = true;
    log.commit(2);
    await quiet();
    clock.advance(4_999);
    expect(one.dropped).toEqual([]);
    clock.advance(1);
    expect(one.dropped).toEqual(['slow']);
    log.commit(3);
    const again = screen(one.seen.at(-1) ?? 0);
    await quiet();
    expect([one.seen, again.seen]).toEqual([
      [1, 2],
      [3, 4, 5],
    ]);
  });

  it('is dropped when it falls too far behind, while others go on', async () => {
    start({ buffer: 50, page: 10 });
    const slow = screen('now');
    const quick = screen('now');
    slow.state.hold = true;
    for (let n = 0; n < 12; n++) {
      log.commit(5);
      await quiet();
    }
    expect([slow.dropped, quick.dropped]).toEqual([['slow'], []]);
    expect(quick.seen).toEqual(upTo(60));
  });

  it('may be as far behind as it likes while it fills in', async () => {
    start({ buffer: 50, page: 10 });
    log.commit(500);
    const one = screen(0);
    for (let n = 0; n < 20; n++) {
      log.commit(5);
      await settle();
    }
    while (one.seen.length < 600 && one.dropped.length === 0) await settle();
    expect([one.seen, one.dropped]).toEqual([upTo(600), []]);
  });

  it('is told why in every case', async () => {
    log.commit(5);
    const ahead = screen(6);
    const broken = screen('now');
    feed.subscribe({
      cursor: 0,
      send: () => Promise.reject(new Error('gone')),
      onDropped: (reason) => broken.dropped.push(`other: ${reason}`),
    });
    await quiet();
    expect([ahead.dropped, broken.dropped]).toEqual([['unknown-cursor'], ['other: send-failed']]);
    log.fail = true;
    start();
    log.commit(5);
    log.fail = true;
    const unread = screen(0);
    await quiet();
    expect(unread.dropped).toEqual(['store-fault']);
    const last = screen('now');
    feed.close();
    expect(last.dropped).toEqual(['server-stopping']);
  });
});
