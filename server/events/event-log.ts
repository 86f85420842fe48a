/**
 * The event log: one queue, served in order. Appends that wait together are committed together, in one statement;
 * a change is committed alone, in one transaction with what it changed. The head moves only after the commit.
 */
import type { Clock } from '../../hardware/ports.ts';
import type { EventType, LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Database, Tx } from '../db.ts';
import { StartFault, StoreFault } from '../errors.ts';
import type { Log } from '../log.ts';
import { genesisHash } from './chain.ts';
import { clockWatch, type Jump } from './clock-watch.ts';
import {
  eventColumns,
  eventOf,
  type Head,
  insertion,
  type Sealed,
  type StoredEvent,
  seal,
} from './event-row.ts';
import type { Again, EventLog } from './port.ts';
import { type Prepared, prepare } from './prepare.ts';
import { publisher } from './publisher.ts';

export interface EventLogOptions {
  db: Database;
  clock: Clock;
  school: string;
  log: Log;
  /** Most events in one commit; the thread stands still while SQLite writes them. Default 256. */
  maxBatch?: number;
}

type Append = {
  prepared: Prepared;
  again?: Again | undefined;
  /** How many changes were in force when it was handed over. */
  asOf: number;
  resolve: (event: LoggedEvent) => void;
  reject: (error: unknown) => void;
};
type Job = Append | { change: () => Promise<void> };

/** Reads the head once and serves from then on. Throws StartFault when the log belongs to another school. */
export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const { db, clock, school, log, maxBatch = 256 } = options;
  const newest = await readHead();
  if (newest && newest.school !== school) {
    throw new StartFault(
      'store-changed',
      `The event log belongs to the school "${newest.school}", not to "${school}". Restore the store that it was made with.`,
    );
  }
  let head: Head = newest ?? { seq: 0, hash: genesisHash(school) };
  /** False after a write failed: it may have been committed all the same. */
  let sure = true;
  let told = head.seq;
  let closed = false;
  let serving: Promise<void> | undefined;
  const queue: Job[] = [];
  const { publish, onCommitted, project, settled, close: endTelling } = publisher(log, clock);
  const jumped = clockWatch(clock, newest?.at);
  /** Changes that are in force: committed, and followed by the projections. */
  let changes = 0;
  let coming: Promise<void> | undefined;
  /** A jump whose record the store did not take. */
  let owed: Jump | undefined;

  async function readHead() {
    const row = await db.reader.event.findFirst({ orderBy: { seq: 'desc' } });
    return row && { seq: Number(row.seq), hash: row.hash, school: row.school, at: Number(row.at) };
  }

  /** Asks the store what was really committed, and tells of what nobody has been told yet. */
  async function learnHead(): Promise<void> {
    const now = await readHead().catch((error: unknown) => {
      throw new StoreFault('io', error);
    });
    if (now) head = { seq: now.seq, hash: now.hash };
    while (told < head.seq) {
      const missed = await readAfter(told, maxBatch);
      told = missed.at(-1)?.seq ?? head.seq;
      publish(missed);
    }
    sure = true;
  }

  /** Whether these rows stand in the store although the write failed. Leaves the head unsure when it can't tell. */
  async function committedAfterAll(sealed: Sealed[]): Promise<boolean> {
    sure = false;
    try {
      await learnHead();
    } catch {
      return false;
    }
    const last = sealed.at(-1)?.event;
    return last !== undefined && head.seq === last.seq && head.hash === last.hash;
  }

  function advance(sealed: Sealed[]): Promise<void> {
    const last = sealed.at(-1)?.event;
    if (!last) return settled();
    head = { seq: last.seq, hash: last.hash };
    told = last.seq;
    return publish(sealed.map(({ event }) => event));
  }

  function takeAppends(most: number): Append[] {
    const end = queue.findIndex((job) => 'change' in job);
    return queue.splice(0, Math.min(end < 0 ? queue.length : end, most)) as Append[];
  }

  /** Who decided before a change that is in force by now decides again. False where that failed, for which it is rejected. */
  function upToDate(job: Append): boolean {
    if (!job.again || job.asOf === changes) return true;
    try {
      job.prepared = prepare(job.again(), clock.now());
      return true;
    } catch (error) {
      job.reject(error);
      return false;
    }
  }

  function tellAll(batch: Append[], sealed: Sealed[]): void {
    for (let i = 0; i < sealed.length; i++) batch[i]?.resolve((sealed[i] as Sealed).event);
  }

  async function commitAppends(): Promise<void> {
    let batch: Append[] = [];
    let sealed: Sealed[] = [];
    try {
      await db.exclusive(async (_, writeRows) => {
        // Only now: what arrived while another write had its turn comes along.
        batch = takeAppends(maxBatch).filter(upToDate);
        if (!sure) await learnHead();
        const chained = seal(
          school,
          head,
          batch.map(({ prepared }) => prepared),
        );
        sealed = chained;
        writeRows(
          insertion,
          chained.map(({ row }) => row),
        );
      });
      tellAll(batch, sealed);
      advance(sealed);
    } catch (error) {
      if (await committedAfterAll(sealed)) return tellAll(batch, sealed);
      // Those behind would fail as well, each after its own wait; and what is kept elsewhere must keep its order.
      const fault = error instanceof StoreFault ? error : new StoreFault('io', error);
      for (const { reject } of [...batch, ...takeAppends(queue.length)]) reject(fault);
    }
  }

  function change<T>(work: (tx: Tx) => Promise<{ result: T; events: NewEvent[] }>): Promise<T> {
    return new Promise((resolve, reject) => {
      const run = async () => {
        let sealed: Sealed[] = [];
        let done: { result: T } | undefined;
        try {
          await db.transaction(async (tx, writeRows) => {
            if (!sure) await learnHead();
            const { result, events } = await work(tx);
            const now = clock.now();
            const chained = seal(
              school,
              head,
              events.map((event) => prepare(event, now)),
            );
            done = { result };
            sealed = chained;
            writeRows(
              insertion,
              chained.map(({ row }) => row),
            );
          });
        } catch (error) {
          if (!done || !(await committedAfterAll(sealed))) return reject(error);
        }
        const followed = sure && told < (sealed.at(-1)?.event.seq ?? 0) ? advance(sealed) : settled();
        coming = followed.then(() => {
          changes += 1;
          resolve((done as { result: T }).result);
        });
      };
      enqueue({ change: run }, reject);
    });
  }

  function enqueue(job: Job, reject: (error: unknown) => void): void {
    if (closed) {
      reject(new StoreFault('read-only', new Error('the event log is closed')));
      return;
    }
    const jump = jumped() ?? owed;
    owed = undefined;
    if (jump) {
      log.warn(jump, 'the clock was set');
      const prepared = prepare({ type: 'clock.jumped', data: jump }, jump.to);
      const owe = () => {
        owed ??= jump;
      };
      queue.push({ prepared, asOf: changes, resolve: () => {}, reject: owe });
    }
    queue.push(job);
    serving ??= serve();
  }

  async function serve(): Promise<void> {
    while (queue[0]) {
      if ('change' in queue[0]) {
        await queue[0].change();
        queue.shift();
      } else {
        // What is recorded after a change was decided by it: a card that is blocked opens nothing any more.
        await coming;
        await commitAppends();
      }
      // SQLite stops the thread while it syncs. One turn of the event loop brings in what arrived meanwhile.
      await new Promise((resolve) => setImmediate(resolve));
    }
    serving = undefined;
  }

  async function readAfter(after: number, limit: number, types?: readonly EventType[]) {
    const among = types ? `AND "type" IN (${types.map(() => '?').join(', ')})` : '';
    const sql = `SELECT ${eventColumns} FROM "Event" WHERE "seq" > ? ${among} ORDER BY "seq" LIMIT ?`;
    const rows = await db.reader.$queryRawUnsafe<StoredEvent[]>(sql, after, ...(types ?? []), limit);
    return rows.map(eventOf);
  }

  return {
    school,
    head: () => head,
    append: (event, again) =>
      new Promise((resolve, reject) => {
        const prepared = prepare(event, clock.now());
        enqueue({ prepared, again, asOf: changes, resolve, reject }, reject);
      }),
    change,
    onCommitted,
    project,
    readAfter,
    async close() {
      closed = true;
      await serving;
      await settled();
      await endTelling();
    },
  };
}
