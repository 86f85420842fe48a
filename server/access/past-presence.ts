/** Where somebody was when something of the past was decided: read from the record of what came before. */
import type { Direction, PassageOutcome } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import { eventColumns, eventOf, type StoredEvent } from '../events/event-row.ts';
import type { ZonePassage } from './facts.ts';
import { certaintyOf, createPresence, type Presence } from './presence.ts';

interface Row {
  type: 'passage.granted' | 'passage.outcome';
  seq: bigint;
  at: bigint;
  laneId: string;
  direction: Direction;
  outcome: PassageOutcome | null;
  /** Of an outcome: the grant's sequence number. */
  of: bigint | null;
}

/** Enough for whoever goes to and fro at other zones all day. */
const mostRows = 200;
const sql = `SELECT "type", "seq", "at", "laneId", "direction",
    json_extract("body", '$.data.outcome') AS "outcome", json_extract("body", '$.data.of') AS "of"
  FROM "Event" WHERE "cardholderId" = ? AND "seq" < ? AND "type" IN ('passage.granted', 'passage.outcome')
  ORDER BY "seq" DESC LIMIT ${mostRows}`;

/** As `Presence.lastPassage` said just before the event `before`, with the lanes in the zones that they are in now. */
export async function passageBefore(
  store: Pick<Reader, '$queryRawUnsafe'>,
  { cardholderId, zoneId, before }: { cardholderId: string; zoneId: string; before: number },
  zoneOfLane: (laneId: string) => string | undefined,
): Promise<ZonePassage | undefined> {
  const settled = new Set<bigint>();
  for (const row of await store.$queryRawUnsafe<Row[]>(sql, cardholderId, before)) {
    const { laneId, direction, outcome, of } = row;
    if (of !== null) settled.add(BigInt(of));
    const went = outcome === null ? { certain: true } : certaintyOf(outcome);
    if (!went || zoneOfLane(laneId) !== zoneId) continue;
    // A grant whose outcome came later than the event asked about counted from its decision.
    if (outcome === null && settled.has(BigInt(row.seq))) continue;
    return went.certain ? { laneId, direction, at: Number(row.at) } : undefined;
  }
  return undefined;
}

const dayMs = 86_400_000;
const issuedSql = `SELECT "seq", json_extract("body", '$.data.validFrom') AS "validFrom" FROM "Event"
    WHERE "type" = 'pass.issued' AND "seq" < ? AND json_extract("body", '$.data.passId') = ? ORDER BY "seq" DESC LIMIT 1`;
/** What `Presence.follow` takes to do with a pass. */
const passSql = `SELECT ${eventColumns} FROM "Event" WHERE "seq" > ? AND "seq" < ? AND "at" >= ?
    AND "type" IN ('passage.granted', 'passage.outcome', 'visit.admitted', 'visit.signed-out', 'lane.posture-changed')
    AND ("type" = 'lane.posture-changed' OR json_extract("body", '$.data.passId') = ?) ORDER BY "seq"`;

interface Issued {
  seq: bigint | number;
  validFrom: bigint | number;
}

/** What was known of a pass just before the event `before`; its uses are few, so they are gone through again. */
export async function passPresenceBefore(
  store: Pick<Reader, '$queryRawUnsafe'>,
  { passId, before }: { passId: string; before: number },
  zoneOfLane: (laneId: string) => string | undefined,
): Promise<Presence> {
  const presence = createPresence(zoneOfLane);
  const [issued] = await store.$queryRawUnsafe<Issued[]>(issuedSql, before, passId);
  if (!issued) return presence;
  // Invited months ahead, it need not be looked for in all those months.
  const from = Number(issued.validFrom) - dayMs;
  const rows = await store.$queryRawUnsafe<StoredEvent[]>(passSql, Number(issued.seq), before, from, passId);
  presence.follow(rows.map(eventOf));
  return presence;
}
