/**
 * Durable followers of the log: each has its cursor in the store, written in the transaction of what it wrote.
 * After a crash it goes on exactly where it stood. One that fails tries again by itself and holds up nobody.
 */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { EventType, LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Database, Tx } from '../db.ts';
import type { Log } from '../log.ts';
import type { EventLog } from './port.ts';

export interface FollowOptions {
  /** Key of its cursor. */
  name: string;
  events: EventLog;
  db: Database;
  clock: Clock;
  log: Log;
  /** Only these types; all when absent. */
  types?: readonly EventType[];
  /** Most events in one transaction. Default 500. */
  page?: number;
  /**
   * In one transaction with the cursor. May return events that follow from these: they are recorded in the same
   * transaction. Called again with the same events when it, or the commit, failed.
   */
  handle(tx: Tx, events: LoggedEvent[]): Promise<NewEvent[] | undefined>;
}

export interface Follower {
  /** How far it has come; not behind the last event it handled. */
  position(): number;
  /** Resolves when it has caught up with the head, including what it recorded itself. Waits through failures. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Events of one swipe, and of several in a rush, become one transaction; and the swipe itself has the store first. */
const gatherMs = 20;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

/** Catches up from its cursor, then follows. A follower without a cursor begins with the first event. */
export function follow(options: FollowOptions): Follower {
  const { name, events, db, clock, log, types, page = 500, handle } = options;
  let position: number | undefined;
  let retryMs = firstRetryMs;
  let cancelRetry: Cancel = () => {};
  let running: Promise<void> | undefined;
  /** True while it waits for its next try: news must not shorten the wait. */
  let resting = false;
  let cancelGathering: Cancel | undefined;
  let closed = false;
  let waiting: (() => void)[] = [];

  async function readCursor(): Promise<number> {
    const row = await db.reader.cursor.findUnique({ where: { name } });
    return Number(row?.seq ?? 0);
  }

  /** One page. What it has passed is only written down with something it did: to skip again costs an index. */
  async function step(from: number): Promise<number> {
    const head = events.head().seq;
    const found = await events.readAfter(from, page, types);
    const last = found.at(-1)?.seq;
    if (last === undefined) return Math.max(from, head);
    await events.change(async (tx) => {
      const consequences = (await handle(tx, found)) ?? [];
      const seq = BigInt(last);
      await tx.cursor.upsert({ where: { name }, create: { name, seq }, update: { seq } });
      return { result: undefined, events: consequences };
    });
    return found.length < page ? Math.max(last, head) : last;
  }

  async function run(): Promise<void> {
    try {
      position ??= await readCursor();
      while (!closed && position < events.head().seq) {
        position = await step(position);
        retryMs = firstRetryMs;
      }
    } catch (error) {
      log.warn(
        { err: error, follower: name, retryMs },
        'a follower of the event log failed and will try again',
      );
      // The failed commit may have been kept: the store knows.
      position = undefined;
      rest();
    }
    running = undefined;
    if (caughtUp()) release();
    else wake();
  }

  function rest(): void {
    if (closed) return;
    resting = true;
    cancelRetry = clock.after(retryMs, () => {
      resting = false;
      wake();
    });
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  const caughtUp = () => position !== undefined && position >= events.head().seq;

  function release(): void {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  }

  function wake(): void {
    cancelGathering?.();
    cancelGathering = undefined;
    if (closed || resting || running) return;
    if (caughtUp()) release();
    else running = run();
  }

  /** News: followed in a moment, or passed over when there is nothing in it for us. */
  function hear(committed: LoggedEvent[]): void {
    const first = committed[0]?.seq ?? 0;
    const concerned = !types || committed.some(({ type }) => types.includes(type));
    if (!concerned && !running && position === first - 1) {
      position = committed.at(-1)?.seq ?? position;
      return;
    }
    if (!running && !resting) cancelGathering ??= clock.after(gatherMs, wake);
  }

  const cancel = events.onCommitted(hear);
  wake();
  return {
    position: () => position ?? 0,
    settled: () =>
      new Promise((resolve) => {
        if (closed || (!running && caughtUp())) return resolve();
        waiting.push(resolve);
        // Who waits has no more to wait for than this.
        wake();
      }),
    async close() {
      closed = true;
      cancel();
      cancelRetry();
      cancelGathering?.();
      await running;
      release();
    },
  };
}
