/**
 * Tells projections, then listeners, of what was committed: in order, one batch after the other, and a turn of the
 * event loop later: whoever waited for the record, a relay above all, goes first. A projection that fails tries
 * again by itself and holds up nobody.
 */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';
import { type Projection, projection } from './projection.ts';

type Told<R> = (events: LoggedEvent[]) => R;

export interface Publisher {
  /**
   * Resolves when all who were there at the call have been told of this batch; a projection that failed goes on
   * trying behind. Never rejects.
   */
  publish(events: LoggedEvent[]): Promise<void>;
  onCommitted(listener: Told<void>): Cancel;
  project(projection: Told<Promise<void>>): Cancel;
  /** Resolves when every batch so far has been told. */
  settled(): Promise<void>;
  /** Ends the tries of projections that fail. */
  close(): Promise<void>;
}

export function publisher(log: Log, clock: Pick<Clock, 'after'>): Publisher {
  const projections = new Set<Projection>();
  const listeners = new Set<{ run: Told<void> }>();
  let last: Promise<void> = Promise.resolve();

  function tell(run: Told<void>, events: LoggedEvent[]): void {
    try {
      run(events);
    } catch (error) {
      log.error({ err: error, seq: events[0]?.seq }, 'a listener of the event log failed');
    }
  }

  return {
    publish(events) {
      const followers = [...projections];
      const told = [...listeners];
      last = last.then(nextTurn).then(async () => {
        if (followers.length > 0) await Promise.all(followers.map((each) => each.follow(events)));
        for (const entry of told) if (listeners.has(entry)) tell(entry.run, events);
      });
      return last;
    },
    // An entry of its own for each call, here and below: added twice is told twice.
    onCommitted(run) {
      const entry = { run };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    project(run) {
      const entry = projection(run, clock, log);
      projections.add(entry);
      return () => {
        projections.delete(entry);
        void entry.close();
      };
    },
    settled: () => last,
    async close() {
      await Promise.all([...projections].map((each) => each.close()));
    },
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
