/** A clock that stands still until a test moves it. */
import type { Clock } from '../ports.ts';

export interface ManualClock extends Clock {
  /** Moves both clocks by `ms` and runs the timers that fall due, earliest first, each at its own moment. */
  advance(ms: number): void;
  /** The same, and lets promises and input/output settle before, between and after the timers. */
  advanceAsync(ms: number): Promise<void>;
  /** Sets the wall clock alone, as an operator or a time server does. */
  setNow(ms: number): void;
  /** Timers that wait at the moment. */
  pending(): number;
}

interface Timer {
  due: number;
  order: number;
  run: () => void;
}

/** @param start wall clock at the beginning, milliseconds since 1970. */
export function manualClock(start = Date.UTC(2026, 8, 1, 7, 30)): ManualClock {
  let monotonic = 0;
  let offset = start;
  let order = 0;
  const timers = new Set<Timer>();

  function nextUntil(limit: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.due > limit) continue;
      if (!next || timer.due < next.due || (timer.due === next.due && timer.order < next.order)) next = timer;
    }
    return next;
  }

  function fire(timer: Timer): void {
    timers.delete(timer);
    monotonic = Math.max(monotonic, timer.due);
    timer.run();
  }

  return {
    // Whole milliseconds, as of any system's clock, though timers may fall due between them.
    now: () => Math.floor(offset + monotonic),
    monotonic: () => monotonic,
    after(ms, run) {
      const timer = { due: monotonic + Math.max(0, ms), order: order++, run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance(ms) {
      const limit = monotonic + ms;
      for (let next = nextUntil(limit); next; next = nextUntil(limit)) fire(next);
      monotonic = limit;
    },
    async advanceAsync(ms) {
      const limit = monotonic + ms;
      await settle();
      for (let next = nextUntil(limit); next; next = nextUntil(limit)) {
        fire(next);
        await settle();
      }
      monotonic = limit;
    },
    setNow(ms) {
      offset = ms - monotonic;
    },
    pending: () => timers.size,
  };
}

/** One turn of the event loop: every promise that can settle without input from outside has settled. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
