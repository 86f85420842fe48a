/**
 * Releases of a former run whose outcome was never recorded, because the power went: nobody saw what became of them.
 * That is recorded at the start, so that all who follow the log learn it as they learn any other outcome.
 */
import type { EventDataOf, LoggedEvent, NewEvent } from '../contract/events.ts';
import type { Reader } from '../db.ts';
import type { EventLog } from '../events/port.ts';

export interface UnfinishedParts {
  events: Pick<EventLog, 'readAfter' | 'head'>;
  reader: Reader;
  record(event: NewEvent): Promise<unknown>;
  /** The last sequence number of the former run; what its spill file held has been recorded after that. */
  formerHead: number;
}

/** An outcome comes two minutes after its release at the latest. The least number is for clocks that were set. */
const longestMs = 10 * 60_000;
const atLeastEvents = 5_000;
/** Where the clock was set far back, ten minutes of it may be years of the log. */
const atMostEvents = 200_000;
const pageEvents = 2_000;

type Release = LoggedEvent & { type: 'passage.granted' | 'lane.opened' };

/** Before the lanes are at work. Rejects with StoreFault when nothing takes records. */
export async function recordUnfinished(parts: UnfinishedParts): Promise<void> {
  const { events, record } = parts;
  const open = new Map<number, Release>();
  const last = events.head().seq;
  for (let after = await beginning(parts); after < last; ) {
    // All types: then SQLite walks the table, instead of sorting what several walks of an index found.
    const page = await events.readAfter(after, pageEvents);
    for (const event of page) {
      if (event.type === 'passage.granted' || event.type === 'lane.opened') open.set(event.seq, event);
      if (event.type === 'passage.outcome') open.delete(event.data.of ?? oldestPassage(open, event.data));
      if (event.type === 'lane.release-outcome' && event.data.by === 'hand') {
        open.delete(event.data.of ?? oldestByHand(open, event.data));
      }
    }
    after = page.at(-1)?.seq ?? last;
  }
  await Promise.all([...open.values()].map((release) => record(unobserved(release))));
}

/** The events after this one can tell of a release that still waited when the former run ended. */
async function beginning({ reader, formerHead }: UnfinishedParts): Promise<number> {
  // The sum keeps SQLite from walking the table for the least number, past the index of `at`.
  const [row]: { seq: bigint | number | null }[] = await reader.$queryRawUnsafe(
    `SELECT min("seq" + 0) AS "seq" FROM "Event"
     WHERE "at" >= (SELECT "at" FROM "Event" WHERE "seq" = ?) - ?`,
    formerHead,
    longestMs,
  );
  const recent = Number(row?.seq ?? formerHead) - 1;
  return Math.max(0, formerHead - atMostEvents, Math.min(recent, formerHead - atLeastEvents));
}

/** An outcome without `of` belongs to a release that was recorded while the store took no records; 0 for none. */
function oldestPassage(open: ReadonlyMap<number, Release>, of: EventDataOf<'passage.outcome'>): number {
  for (const { seq, type, spilled, data } of open.values()) {
    if (!spilled || type !== 'passage.granted') continue;
    if (data.cardholderId !== of.cardholderId || data.passId !== of.passId) continue;
    if (data.laneId === of.laneId && data.direction === of.direction) return seq;
  }
  return 0;
}

function oldestByHand(open: ReadonlyMap<number, Release>, of: EventDataOf<'lane.release-outcome'>): number {
  for (const { seq, type, spilled, data } of open.values()) {
    if (spilled && type === 'lane.opened' && data.laneId === of.laneId) return seq;
  }
  return 0;
}

function unobserved({ type, seq, data }: Release): NewEvent {
  const { gateId, laneId } = data;
  const known = { of: seq, outcome: 'unobserved', relay: 'unknown' } as const;
  if (type === 'lane.opened') {
    return { type: 'lane.release-outcome', data: { gateId, laneId, by: 'hand', ...known } };
  }
  const { readerId, direction, cardholderId, passId, visitId } = data;
  return {
    type: 'passage.outcome',
    data: { gateId, laneId, readerId, direction, cardholderId, passId, visitId, ...known },
  };
}
