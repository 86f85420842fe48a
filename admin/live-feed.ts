/** The live feed: what to ask for after an interruption, what of an answer is new, and how long ago it was. Pure. */
import type { LogRow } from '../server/contract/log.ts';

export interface Cursor {
  /** The last sequence number that was handed on. */
  last(): number;
  /** The rows that were not handed on yet, ascending; moves the cursor past them. */
  take<R extends { event: { seq: number } }>(rows: readonly R[]): R[];
}

/** `start`: rows after it are wanted. */
export function createCursor(start: number): Cursor {
  let last = start;
  return {
    last: () => last,
    take: (rows) => {
      const fresh: (typeof rows)[number][] = [];
      for (const row of [...rows].sort((a, b) => a.event.seq - b.event.seq)) {
        // A batch may come twice when its acknowledgement got lost.
        if (row.event.seq <= last) continue;
        last = row.event.seq;
        fresh.push(row);
      }
      return fresh;
    },
  };
}

/** The server's log and wall clock as it told them, when this page's `performance.now()` showed `heard`. */
export interface Told {
  head: number;
  now: number;
  heard: number;
}

/** As much as time servers correct by themselves; what is further ahead was recorded before the clock was set back. */
const slackMs = 2_000;

/** Milliseconds since an instant of the server's clock; Infinity where that clock can't tell any more. */
export function ageBy({ now: told, heard }: Omit<Told, 'head'>, at: number, now: number): number {
  const age = told + (now - heard) - at;
  return age < -slackMs ? Number.POSITIVE_INFINITY : Math.max(0, age);
}

/**
 * How long ago what the feed brings happened. It happens as it comes: whoever sets a clock, the server's or this one's,
 * makes nothing old or young. Only what was there before we asked, or waited in the spill, is as old as its time says.
 */
export function ageOfLive(told: Told, { event }: LogRow, now: number): number {
  return event.seq > told.head && !event.spilled ? 0 : ageBy(told, event.at, now);
}
