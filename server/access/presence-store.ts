/** Presence in the store: written by a durable follower of the log, read once at start. Of a visitor by the pass's id. */
import type { EventType, LoggedEvent } from '../contract/events.ts';
import type { Reader, Tx } from '../db.ts';
import type { EventLog } from '../events/port.ts';
import { certaintyOf, createPresence, holderOf, type Presence } from './presence.ts';
import { afterLeaving, afterPassage, noZone, type Standing, standing, zoneOf } from './presence-state.ts';

/** Name and types for `follow` of server/events/followers.ts. */
export const presenceFollower: {
  readonly name: string;
  readonly types: readonly EventType[];
  handle(tx: Tx, events: LoggedEvent[]): Promise<undefined>;
} = {
  name: 'presence',
  types: ['passage.outcome', 'visit.admitted', 'visit.signed-out', 'zone.removed'],
  handle,
};

const pageRows = 20_000;
const pageEvents = 1_000;

type Row = [cardholderId: string, laneId: string, direction: string, at: number, seq: number, zones: unknown];
type Executor = Pick<Tx, '$queryRawUnsafe'>;

const columns = '"cardholderId", "laneId", "direction", "at", "seq", json("zones")';

/**
 * Memory as the store left it, and what the log holds beyond it; every grant of a former run has its outcome there.
 * `zoneOfLane` by today's lanes.
 */
export async function openPresence(
  store: Reader,
  log: Pick<EventLog, 'readAfter'>,
  zoneOfLane: (laneId: string) => string | undefined,
): Promise<Presence> {
  const known = new Map<string, Standing>();
  const sql = `SELECT json_group_array(json_array(${columns})) AS "rows", max("cardholderId") AS "last"
    FROM (SELECT * FROM "Presence" WHERE "cardholderId" > ? ORDER BY "cardholderId" LIMIT ${pageRows})`;
  for (let last = ''; ; ) {
    const [page]: { rows: string; last: string | null }[] = await store.$queryRawUnsafe(sql, last);
    if (!page || page.last === null) break;
    for (const row of JSON.parse(page.rows) as Row[]) known.set(row[0], standingOf(row));
    last = page.last;
  }

  const uncounted = new Map<string, number>();
  for (const [laneId, seq] of await endsOfFree(store)) {
    const zoneId = zoneOfLane(laneId);
    if (zoneId !== undefined) uncounted.set(zoneId, Math.max(seq, uncounted.get(zoneId) ?? 0));
  }

  const cursor = await store.cursor.findUnique({ where: { name: presenceFollower.name } });
  const presence = createPresence(zoneOfLane, known, uncounted);
  for (let after = Number(cursor?.seq ?? 0); ; ) {
    const events = await log.readAfter(after, pageEvents, presenceFollower.types);
    presence.follow(events);
    const newest = events.at(-1);
    if (!newest) break;
    after = newest.seq;
  }
  return presence;
}

/** By lane, when it last ended to be free. */
async function endsOfFree(store: Executor): Promise<[laneId: string, seq: number][]> {
  const rows: { laneId: string; seq: bigint | number }[] = await store.$queryRawUnsafe(
    `SELECT "laneId", MAX("seq") AS "seq" FROM "Event"
     WHERE "type" = 'lane.posture-changed' AND "body" ->> '$.data.from' = 'free' GROUP BY "laneId"`,
  );
  return rows.map(({ laneId, seq }) => [laneId, Number(seq)]);
}

async function handle(tx: Tx, events: LoggedEvent[]): Promise<undefined> {
  await keepPassages(tx, events);
  // No lane led into it any more, so no passage after its removal tells of it.
  for (const event of events) if (event.type === 'zone.removed') await forgetZone(tx, event.data.zoneId);
}

/** Nobody is inside what is not there. */
async function forgetZone(tx: Tx, zoneId: string): Promise<void> {
  const [page]: { rows: string }[] = await tx.$queryRawUnsafe(
    `SELECT json_group_array(json_array(${columns})) AS "rows" FROM "Presence"
     WHERE EXISTS (SELECT 1 FROM json_each("zones") WHERE value ->> 'zoneId' = ?)`,
    zoneId,
  );
  const rows = page ? (JSON.parse(page.rows) as Row[]) : [];
  const without = rows.map((row): [string, Standing] => {
    const is = standingOf(row);
    return [row[0], { ...is, zones: is.zones.filter((zone) => zone.zoneId !== zoneId) }];
  });
  if (without.length > 0) await write(tx, new Map(without));
}

/** What an event makes of where somebody is. */
interface Move {
  holderId: string;
  after(before: Standing | undefined): Standing | undefined;
}

async function keepPassages(tx: Tx, events: LoggedEvent[]): Promise<void> {
  const unnamed = events.flatMap(({ type, data }) =>
    type === 'passage.outcome' && holderOf(data) === undefined ? (data.of ?? []) : [],
  );
  const named = new Map(await pairs(tx, '"Event"', '"seq"', '"cardholderId"', unnamed));
  const laneIds = events.flatMap(({ data }) => ('laneId' in data && data.laneId) || []);
  const zones = new Map(await pairs(tx, '"Lane"', '"id"', '"zoneId"', laneIds));

  function moveOf({ type, data, at, seq: own }: LoggedEvent): Move | undefined {
    if (type === 'passage.outcome') {
      const holderId = holderOf(data) ?? named.get(data.of ?? 0);
      const went = certaintyOf(data.outcome);
      if (!holderId || !went) return undefined;
      const { laneId, direction, of: seq = own } = data;
      const zoneId = zones.get(laneId) ?? (data.passId === undefined ? undefined : noZone);
      return {
        holderId,
        after: (before) => afterPassage(before, { laneId, zoneId, direction, at, seq, ...went }),
      };
    }
    if (type === 'visit.admitted') {
      const { passId, laneId } = data;
      const zoneId = zones.get(laneId) ?? noZone;
      const passed = { laneId, zoneId, direction: 'in', at, seq: own, certain: true } as const;
      return { holderId: passId, after: (before) => afterPassage(before, passed) };
    }
    if (type !== 'visit.signed-out') return undefined;
    return { holderId: data.passId, after: (before) => before && afterLeaving(before, at, own) };
  }

  const moves = events.flatMap((event) => moveOf(event) ?? []);
  if (moves.length === 0) return;
  const standings = await standingsOf(
    tx,
    moves.map(({ holderId }) => holderId),
  );
  for (const { holderId, after } of moves) {
    const now = after(standings.get(holderId));
    if (now) standings.set(holderId, now);
  }
  await write(tx, standings);
}

/** Values of one column by those of another. */
async function pairs<K extends string | number>(
  tx: Executor,
  table: string,
  key: string,
  value: string,
  keys: K[],
): Promise<[K, string | null][]> {
  if (keys.length === 0) return [];
  const [page]: { rows: string }[] = await tx.$queryRawUnsafe(
    `SELECT json_group_array(json_array(${key}, ${value})) AS "rows" FROM ${table}
     WHERE ${key} IN (SELECT value FROM json_each(?))`,
    JSON.stringify(keys),
  );
  return page ? (JSON.parse(page.rows) as [K, string | null][]) : [];
}

async function standingsOf(tx: Executor, cardholderIds: string[]): Promise<Map<string, Standing>> {
  const [page]: { rows: string }[] = await tx.$queryRawUnsafe(
    `SELECT json_group_array(json_array(${columns})) AS "rows" FROM "Presence"
     WHERE "cardholderId" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(cardholderIds),
  );
  const rows = page ? (JSON.parse(page.rows) as Row[]) : [];
  return new Map(rows.map((row) => [row[0], standingOf(row)]));
}

function standingOf([, laneId, direction, at, seq, zones]: Row): Standing {
  return standing.parse({ laneId, direction, at, seq, zones });
}

async function write(tx: Tx, standings: ReadonlyMap<string, Standing>): Promise<void> {
  const rows = [...standings].map(([cardholderId, is]) => [
    cardholderId,
    zoneOf(is),
    is.laneId,
    is.direction,
    is.at,
    is.seq,
    JSON.stringify(is.zones),
  ]);
  // `WHERE true` tells SQLite that the ON after it is no join's.
  await tx.$executeRawUnsafe(
    `INSERT INTO "Presence" ("cardholderId", "zoneId", "laneId", "direction", "at", "seq", "zones")
     SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
     FROM json_each(?) WHERE true
     ON CONFLICT ("cardholderId") DO UPDATE SET "zoneId" = excluded."zoneId", "laneId" = excluded."laneId",
       "direction" = excluded."direction", "at" = excluded."at", "seq" = excluded."seq", "zones" = excluded."zones"`,
    JSON.stringify(rows),
  );
}
