/**
 * Records what must not be lost while the store is failing: into the log, or into the spill file until the log
 * takes it again. While records wait in the spill, new ones queue behind them, so their order stands.
 */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Database, Tx } from '../db.ts';
import { StoreFault } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Again, EventLog } from './port.ts';
import { prepare } from './prepare.ts';
import type { Spill, SpilledEvent } from './spill.ts';

export type Recorded = { durable: 'log'; event: LoggedEvent } | { durable: 'spill'; event: SpilledEvent };

export interface Terms {
  /** As in `EventLog.append`. */
  again?: Again;
  /** What to record when the store can't take it, where that is another event: a refusal by the lane's setting. */
  instead?(event: NewEvent): NewEvent;
}

export type RecorderStatus =
  | { mode: 'log' }
  | { mode: 'spill'; since: number; waiting: number; code: StoreFault['code'] };

export interface Recorder {
  /**
   * Durable when it resolves, in the log or in the spill. Rejects with StoreFault when the spill is full or can't be
   * written, with TypeError when the data does not fit the type.
   */
  record(event: NewEvent, terms?: Terms): Promise<Recorded>;
  /**
   * As `record`, for an event that changes rows: `apply` runs in the transaction that puts it into the log, now or,
   * when it had to wait, at the replay. Resolves when it is durable and, in the log, every projection has followed.
   */
  change(event: NewEvent): Promise<void>;
  /** What stands in the spill and not yet in the log, oldest first. */
  waiting(): readonly NewEvent[];
  status(): RecorderStatus;
  /** Told when the mode changes: the log itself can't tell of its own fault. */
  onStatus(listener: (status: RecorderStatus) => void): Cancel;
  /** Records that a former run left in the spill and that were recorded at opening. */
  readonly recovered: number;
  /** Stops retrying; what waits stays in the spill for the next start. */
  close(): Promise<void>;
}

export interface RecorderOptions {
  events: EventLog;
  db: Database;
  /** The recorder clears it and closes it. */
  spill: Spill;
  /** Brings the rows of the store to where this event says they are; nothing for most types. */
  apply(tx: Tx, event: NewEvent): Promise<void>;
  clock: Clock;
  log: Log;
}

const firstRetryMs = 1_000;
const longestRetryMs = 30_000;
const perTransaction = 200;

/** Replays what a former run left, if the store takes it. */
export async function openRecorder(options: RecorderOptions): Promise<Recorder> {
  const { events, db, spill, apply, clock, log } = options;
  let fault: { code: StoreFault['code']; since: number } | undefined;
  let retryMs = firstRetryMs;
  let cancelRetry: Cancel = () => {};
  let working: Promise<void> = Promise.resolve();
  let closed = false;
  const listeners = new Set<{ tell: (status: RecorderStatus) => void }>();
  /** The first line of this filling of the spill that does not stand in the log. One that can't be cleared stays. */
  let replayed = { generation: spill.generation, next: await readCursor() };

  function cursorName(): string {
    return `spill:${spill.generation}`;
  }

  async function readCursor(): Promise<number> {
    const row = await db.reader.cursor.findUnique({ where: { name: cursorName() } });
    return Number(row?.seq ?? 0);
  }

  function waiting(): readonly NewEvent[] {
    const from = spill.generation === replayed.generation ? replayed.next : 0;
    return spill.from(from, Number.POSITIVE_INFINITY).events;
  }

  function status(): RecorderStatus {
    if (!fault) return { mode: 'log' };
    return { mode: 'spill', since: fault.since, waiting: spill.size, code: fault.code };
  }

  function notify(): void {
    for (const { tell } of [...listeners]) {
      try {
        tell(status());
      } catch (error) {
        log.error({ err: error }, 'a listener of the recorder failed');
      }
    }
  }

  function enterSpill({ code }: StoreFault): void {
    if (fault) return;
    fault = { code, since: clock.now() };
    log.error({ code }, 'the store takes no records; they wait in the spill file');
    // First in the file, so that the log will tell when the fault began.
    const event: NewEvent = { type: 'store.fault', data: { spilled: 0, code } };
    spill.append({ ...event, at: fault.since }).catch((error: unknown) => {
      log.error({ err: error }, 'the spill file takes no records either');
    });
    retryLater();
    notify();
  }

  function retryLater(): void {
    if (closed) return;
    cancelRetry = clock.after(retryMs, () => {
      working = replay().then(() => {}, failed);
    });
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function failed(error: unknown): void {
    log.warn({ err: error, waiting: spill.size }, 'the spilled records could not be recorded yet');
    retryLater();
  }

  /**
   * The cursor row of the spill's generation moves in the transaction that records its lines: after a crash at
   * any moment the rest follows, and nothing twice. It counts by the numbers of the lines: a damaged one has kept its
   * own. Returns how many whole lines there were.
   */
  async function replay(): Promise<number> {
    await spill.idle();
    const { generation } = spill;
    const name = cursorName();
    let done = 0;
    do {
      if (closed) return spill.size;
      // A write under way may be the next line; the mode may only change when there is none.
      await spill.idle();
      done = await events.change(async (tx) => {
        const row = await tx.cursor.findUnique({ where: { name } });
        const lines = spill.from(Number(row?.seq ?? 0), perTransaction);
        const seq = BigInt(lines.next);
        await tx.cursor.upsert({ where: { name }, create: { name, seq }, update: { seq } });
        const sound = lines.events.filter(isSound);
        for (const line of sound) await apply(tx, line);
        return { result: lines.next, events: sound.map((line) => ({ ...line, spilled: true })) };
      });
      replayed = { generation, next: done };
    } while (done < spill.next);
    // From here to the append nothing is awaited: no record can come between.
    fault = undefined;
    retryMs = firstRetryMs;
    const { size, damaged } = spill;
    const told = { replayed: size, ...(damaged > 0 ? { damaged } : {}) };
    const recovered = events.append({ type: 'store.recovered', data: told });
    const cleared = spill.clear();
    notify();
    log.info(told, 'the store takes records again');
    await recovered.catch((error: unknown) => {
      if (error instanceof StoreFault) enterSpill(error);
    });
    await cleared
      .then(() => db.transaction((tx) => tx.cursor.deleteMany({ where: { name } })))
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the spill file could not be cleared; its lines stay recorded once'),
      );
    return size;
  }

  /** A line from another version of this program may not fit any more; it must not hold up the others. */
  function isSound(line: SpilledEvent): boolean {
    try {
      prepare(line, line.at);
      return true;
    } catch (error) {
      log.error({ err: error, line }, 'a spilled record does not fit its type and was given up');
      return false;
    }
  }

  async function toSpill(event: NewEvent, at: number, code: StoreFault['code']): Promise<Recorded> {
    const spilled: SpilledEvent = { ...prepare(event, at).event, at: event.at ?? at };
    try {
      await spill.append(spilled);
      return { durable: 'spill', event: spilled };
    } catch (error) {
      log.error({ err: error, type: event.type }, 'a record could not be kept');
      throw new StoreFault(code, error);
    }
  }

  async function record(event: NewEvent, { again, instead = (same) => same }: Terms = {}): Promise<Recorded> {
    const at = event.at ?? clock.now();
    let latest = event;
    if (!fault) {
      const renew = again && (() => (latest = again()));
      try {
        return { durable: 'log', event: await events.append({ ...event, at }, renew) };
      } catch (error) {
        if (!(error instanceof StoreFault)) throw error;
        enterSpill(error);
        return toSpill(instead(latest), at, error.code);
      }
    }
    return toSpill(instead(latest), at, fault.code);
  }

  async function change(event: NewEvent): Promise<void> {
    const at = event.at ?? clock.now();
    if (!fault) {
      try {
        await events.change(async (tx) => {
          await apply(tx, event);
          return { result: undefined, events: [{ ...event, at }] };
        });
        return;
      } catch (error) {
        if (!(error instanceof StoreFault)) throw error;
        enterSpill(error);
      }
    }
    await toSpill(event, at, fault?.code ?? 'io');
  }

  let recovered = 0;
  if (spill.size > 0 || spill.damaged > 0) {
    spill.skipTo(replayed.next);
    fault = { code: 'io', since: spill.events[0]?.at ?? clock.now() };
    try {
      recovered = await replay();
    } catch (error) {
      failed(error);
    }
  }
  return {
    record,
    change,
    waiting,
    status,
    recovered,
    onStatus(listener) {
      const entry = { tell: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    async close() {
      closed = true;
      cancelRetry();
      await working;
      await spill.close();
    },
  };
}
