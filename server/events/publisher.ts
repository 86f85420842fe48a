/**
 * Tells projections, then listeners, of what was committed: in order, one batch after the other, and a turn of the
 * event loop later: whoever waited for the record, a relay above all, goes first.
 */
import type { Cancel } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';

type Told<R> = (events: LoggedEvent[]) => R;

export interface Publisher {
  /** Resolves when all who were there at the call have been told of this batch. Never rejects. */
  publish(events: LoggedEvent[]): Promise<void>;
  onCommitted(listener: Told<void>): Cancel;
  project(projection: Told<Promise<void>>): Cancel;
  /** Resolves when every batch so far has been told. */
  settled(): Promise<void>;
}

export function publisher(log: Log): Publisher {
  const projections = new Set<{ run: Told<Promise<void>> }>();
  const listeners = new Set<{ run: Told<void> }>();
  let last: Promise<void> = Promise.resolve();

  async function project(run: Told<Promise<void>>, events: LoggedEvent[]): Promise<void> {
    try {
      await run(events);
    } catch (error) {
      log.error({ err: error, seq: events[0]?.seq }, 'a projection of the event log failed');
    }
  }

  function tell(run: Told<void>, events: LoggedEvent[]): void {
    try {
      run(events);
    } catch (error) {
      log.error({ err: error, seq: events[0]?.seq }, 'a listener of the event log failed');
    }
  }

  /** An entry of its own for each call: added twice is told twice. */
  function enter<T>(set: Set<{ run: T }>, run: T): Cancel {
    const entry = { run };
    set.add(entry);
    return () => void set.delete(entry);
  }

  return {
    publish(events) {
      const followers = [...projections];
      const told = [...listeners];
      last = last.then(nextTurn).then(async () => {
        if (followers.length > 0) await Promise.all(followers.map(({ run }) => project(run, events)));
        for (const entry of told) if (listeners.has(entry)) tell(entry.run, events);
      });
      return last;
    },
    onCommitted: (listener) => enter(listeners, listener),
    project: (projection) => enter(projections, projection),
    settled: () => last,
  };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
