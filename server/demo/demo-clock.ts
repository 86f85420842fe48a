/**
 * The demo's time: it begins on a school day, whatever day it is, and runs as fast as the real one. The whole
 * server goes by it, so records, schedules and screens agree.
 */
import type { Clock } from '../../hardware/ports.ts';

export interface DemoClock extends Clock {
  /**
   * As if all the time until then had gone by, at once: both clocks move together, so it is no jump of the wall
   * clock. Timers that wait keep what they still have to wait. Never goes back.
   */
  skipTo(instant: number): void;
}

/** @param start what it shows now, milliseconds since 1970. */
export function demoClock(real: Clock, start: number): DemoClock {
  const offset = start - real.now();
  let skipped = 0;
  const now = () => real.now() + offset + skipped;
  return {
    now,
    monotonic: () => real.monotonic() + skipped,
    after: real.after,
    skipTo(instant) {
      skipped += Math.max(0, instant - now());
    },
  };
}
