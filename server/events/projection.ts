/**
 * One projection on its way through the log: batch after batch, in order. What fails is tried again until it
 * succeeds, for what is kept in memory would be wrong for good without it: a blocked card would go on opening.
 */
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';

export interface Projection {
  /**
   * Resolves when the batch has been followed, or its first try has failed; at once where an earlier batch is
   * still being retried, behind which it waits. Never rejects.
   */
  follow(events: LoggedEvent[]): Promise<void>;
  /** No further try. Resolves when the one under way has ended. */
  close(): Promise<void>;
}

const firstRetryMs = 100;
const longestRetryMs = 5_000;

export function projection(
  run: (events: LoggedEvent[]) => Promise<void>,
  clock: Pick<Clock, 'after'>,
  log: Log,
): Projection {
  /** Not followed yet; the first one is being tried, or waits for its next try. */
  const waiting: LoggedEvent[][] = [];
  let retryMs = firstRetryMs;
  let cancelRetry: Cancel = () => {};
  let working: Promise<void> | undefined;
  let retrying = false;
  let closed = false;

  async function work(): Promise<void> {
    for (let batch = waiting[0]; batch && !closed; batch = waiting[0]) {
      try {
        await run(batch);
      } catch (error) {
        fail(error, batch);
        return;
      }
      waiting.shift();
      if (retrying)
        log.info({ seq: batch.at(-1)?.seq }, 'a projection of the event log has followed after all');
      retryMs = firstRetryMs;
      retrying = false;
    }
  }

  function fail(error: unknown, batch: LoggedEvent[]): void {
    retrying = true;
    log.error({ err: error, seq: batch[0]?.seq, retryMs }, 'a projection of the event log failed');
    if (closed) return;
    cancelRetry = clock.after(retryMs, () => void start());
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function start(): Promise<void> {
    const mine = work().finally(() => {
      if (working === mine) working = undefined;
    });
    working = mine;
    return mine;
  }

  return {
    async follow(events) {
      if (closed) return;
      waiting.push(events);
      if (retrying) return;
      await (working ?? start());
    },
    async close() {
      closed = true;
      cancelRetry();
      waiting.length = 0;
      await working;
    },
  };
}
