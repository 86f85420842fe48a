/** What the rest of the server sees of the event log. */
import type { Cancel } from '../../hardware/ports.ts';
import type { EventType, LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Tx } from '../db.ts';

/** Decides again, and says what is to be recorded instead. */
export type Again = () => NewEvent;

export interface EventLog {
  /** The school whose log this is. */
  readonly school: string;
  /** Sequence number and hash of the last committed event; seq 0 and the genesis hash while the log is empty. */
  head(): { seq: number; hash: string };
  /**
   * Durable when it resolves. What arrives while the last batch is being synced is committed together. `again` makes
   * the event anew, in its turn, if a change has come into force since it was handed over. Rejects with StoreFault,
   * or with what `again` throws.
   */
  append(event: NewEvent, again?: Again): Promise<LoggedEvent>;
  /**
   * A change to the store and the events that record it, in one transaction. Resolves when it is durable and every
   * projection has followed, so the caller's next question sees it; one that failed is not waited for any longer.
   * `work` may be refused by throwing: nothing is kept.
   */
  change<T>(work: (tx: Tx) => Promise<{ result: T; events: NewEvent[] }>): Promise<T>;
  /** Told after each commit, in order, exactly once. A listener that throws is logged and kept. */
  onCommitted(listener: (events: LoggedEvent[]) => void): Cancel;
  /**
   * As onCommitted, but `change` waits for it: for what is kept in memory and must be true at once. When it rejects
   * it is called again with the same events until it succeeds, and with none after them before that.
   */
  project(projection: (events: LoggedEvent[]) => Promise<void>): Cancel;
  /** Committed events with seq > after, ascending, at most `limit`. */
  readAfter(after: number, limit: number, types?: readonly EventType[]): Promise<LoggedEvent[]>;
  /** Waits for what is in flight. */
  close(): Promise<void>;
}
