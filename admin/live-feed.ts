/** The cursor of the live feed: what to ask for after an interruption, and what of an answer is new. Pure. */

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
