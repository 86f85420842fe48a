/**
 * The live feed: a subscriber says how far it has seen and gets everything after that, in order, once: from the
 * store while it is far behind, from memory once it has caught up. Both are asked for "what follows position p",
 * so there is no moment of cutting over at which an event could be lost or doubled.
 */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';
import type { EventLog } from './port.ts';

/**
 * Why a subscription ended: it did not acknowledge in time or fell too far behind · its transport failed · the
 * store could not be read · its cursor is ahead of this log, so it knows another one · the server is stopping.
 * All but `unknown-cursor` may subscribe again with the last sequence number they have.
 */
export type DropReason = 'slow' | 'send-failed' | 'store-fault' | 'unknown-cursor' | 'server-stopping';

export interface Subscriber {
  /** The last sequence number seen; `now` for what is to come; `last` for the newest n and what is to come. */
  cursor: number | 'now' | { last: number };
  /** Resolves when the subscriber has acknowledged; the next batch waits for it. Ascending, never empty. */
  send(batch: LoggedEvent[]): Promise<void>;
  /** Called once, unless the subscription was cancelled. */
  onDropped(reason: DropReason): void;
}

export interface Subscription {
  /** The sequence number that the subscription begins after: the cursor to come back with before the first batch. */
  start: number;
  cancel: Cancel;
}

export interface LiveFeed {
  subscribe(subscriber: Subscriber): Subscription;
  /** Drops all with `server-stopping`. */
  close(): void;
}

export interface LiveFeedOptions {
  events: EventLog;
  clock: Clock;
  log: Log;
  /** Newest events kept in memory, and how far a subscriber that had caught up may fall behind. Default 2000. */
  buffer?: number;
  /** Default 5 s. */
  ackMs?: number;
  /** Most events in one batch. Default 200. */
  page?: number;
}

interface Session {
  subscriber: Subscriber;
  position: number;
  /** Has been at the head once; from then on falling behind is its own fault. */
  live: boolean;
  open: boolean;
  running: boolean;
  /** Something was told since the last look. */
  news: boolean;
  cancelTimer: Cancel;
}

export function openLiveFeed(options: LiveFeedOptions): LiveFeed {
  const { events, clock, log, buffer = 2_000, ackMs = 5_000, page = 200 } = options;
  const sessions = new Set<Session>();
  /** The newest events without a hole, ending at the last one told. */
  let recent: LoggedEvent[] = [];

  function end(session: Session): boolean {
    const wasOpen = session.open;
    session.open = false;
    session.cancelTimer();
    sessions.delete(session);
    return wasOpen;
  }

  function drop(session: Session, reason: DropReason): void {
    if (!end(session)) return;
    try {
      session.subscriber.onDropped(reason);
    } catch (error) {
      log.warn({ err: error, reason }, 'a subscriber failed while it was dropped');
    }
  }

  /** What follows the position: undefined when only the store has it. */
  function fromMemory(position: number): LoggedEvent[] | undefined {
    const first = recent[0]?.seq;
    if (first === undefined || position + 1 < first) return undefined;
    const from = position + 1 - first;
    return recent.slice(from, from + page);
  }

  async function next(session: Session): Promise<LoggedEvent[]> {
    try {
      return fromMemory(session.position) ?? (await events.readAfter(session.position, page));
    } catch (error) {
      log.warn({ err: error }, 'the live feed could not read the store');
      drop(session, 'store-fault');
      return [];
    }
  }

  async function deliver(session: Session, batch: LoggedEvent[]): Promise<void> {
    session.cancelTimer = clock.after(ackMs, () => drop(session, 'slow'));
    try {
      await session.subscriber.send(batch);
    } catch {
      drop(session, 'send-failed');
    }
    session.cancelTimer();
  }

  async function run(session: Session): Promise<void> {
    session.news = true;
    if (session.running) return;
    session.running = true;
    while (session.open && session.news) {
      session.news = false;
      await drain(session);
      session.live = true;
    }
    session.running = false;
  }

  /** Until there is nothing after its position. */
  async function drain(session: Session): Promise<void> {
    while (session.open) {
      const batch = await next(session);
      const last = batch.at(-1);
      if (!session.open || !last) return;
      await deliver(session, batch);
      session.position = last.seq;
      if (session.position >= events.head().seq) session.live = true;
    }
  }

  const lastTold = () => recent.at(-1)?.seq ?? 0;

  const cancelListening = events.onCommitted((batch) => {
    recent.push(...batch);
    if (recent.length > buffer * 2) recent = recent.slice(-buffer);
    for (const session of [...sessions]) {
      if (session.live && lastTold() - session.position > buffer) drop(session, 'slow');
      else void run(session);
    }
  });

  function startOf(cursor: Subscriber['cursor'], head: number): number {
    if (cursor === 'now') return head;
    return typeof cursor === 'number' ? cursor : Math.max(0, head - cursor.last);
  }

  return {
    subscribe(subscriber) {
      const head = events.head().seq;
      const position = startOf(subscriber.cursor, head);
      const session: Session = {
        subscriber,
        position,
        live: position >= head,
        open: true,
        running: false,
        news: false,
        cancelTimer: () => {},
      };
      sessions.add(session);
      if (position > head || !Number.isSafeInteger(position) || position < 0) {
        // Not before the caller has its subscription.
        queueMicrotask(() => drop(session, 'unknown-cursor'));
      } else if (position < head) void run(session);
      return { start: position, cancel: () => void end(session) };
    },
    close() {
      cancelListening();
      for (const session of [...sessions]) drop(session, 'server-stopping');
    },
  };
}
