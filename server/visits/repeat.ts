/** Work that is done again and again while the server runs, one time after the other. */
import type { Clock } from '../../hardware/ports.ts';
import type { Log } from '../log.ts';

export interface Repeated {
  /** Resolves when the time that has begun is over. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** First after `ms`. What fails is told in the operator's log, and is tried again the next time. */
export function repeat(
  { clock, log }: { clock: Pick<Clock, 'after'>; log: Log },
  ms: number,
  what: string,
  work: () => Promise<void>,
): Repeated {
  let running: Promise<void> = Promise.resolve();
  let closed = false;
  let cancel = clock.after(ms, tick);

  function tick(): void {
    running = work().catch((error: unknown) => log.warn({ err: error }, `${what} failed and is tried again`));
    void running.then(() => {
      if (!closed) cancel = clock.after(ms, tick);
    });
  }
  return {
    settled: () => running,
    async close() {
      closed = true;
      cancel();
      await running;
    },
  };
}
