/** Past events, newest first, one page after the other by sequence number. */
import { type EventType, eventData, type LoggedEvent } from '../contract/events.ts';
import { type LogFilter, resultOf } from '../contract/log.ts';
import { silentAlarms } from '../contract/silent.ts';
import { direction as directions } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import { eventColumns, eventOf, type StoredEvent } from './event-row.ts';

export interface EventPage {
  /** Older than this sequence number. */
  before?: number | undefined;
  limit: number;
  /** Without what `isSilent` is true of. */
  hideSilent?: boolean;
}

type QueryReader = Pick<Reader, '$queryRawUnsafe'>;

interface Sql {
  sql: string;
  values: (string | number)[];
}

/** The index to walk; of `types` and `places` the walk is one for each type, or place, that the filter leaves. */
type Walk = 'cardholder' | 'types' | 'places' | 'seq';

/** `from` is included, `to` is not. */
export async function queryEvents(
  reader: QueryReader,
  filter: LogFilter,
  page: EventPage,
): Promise<LoggedEvent[]> {
  const types = typesOf(filter);
  if (types?.length === 0) return [];
  const { sql, values } = pageSql(filter, await walkFor(reader, filter, types), types, page);
  return (await reader.$queryRawUnsafe<StoredEvent[]>(sql, ...values)).map(eventOf);
}

const allTypes = Object.keys(eventData) as EventType[];

/** Undefined for all. */
function typesOf({ type, result, reason }: LogFilter): EventType[] | undefined {
  if (type === undefined && result === undefined && reason === undefined) return undefined;
  return allTypes.filter(
    (each) =>
      (type === undefined || each === type) &&
      (result === undefined || resultOf(each) === result) &&
      // Only refusals have a reason.
      (reason === undefined || each === 'passage.denied'),
  );
}

/** Most selective first. Without statistics SQLite may choose any index that fits and sort half the table. */
async function walkFor(
  reader: QueryReader,
  { cardholderId, gateId, laneId, direction }: LogFilter,
  types: EventType[] | undefined,
): Promise<Walk> {
  if (cardholderId !== undefined) return 'cardholder';
  const inPlace = gateId !== undefined || laneId !== undefined || direction !== undefined;
  if (types && (!inPlace || (await areFew(reader, types)))) return 'types';
  return inPlace ? 'places' : 'seq';
}

/** So many events are looked through in less than a tenth of a second; of a type with more, any busy place has some. */
const few = 50_000;

async function areFew(reader: QueryReader, types: EventType[]): Promise<boolean> {
  const found =
    'SELECT 1 FROM json_each(?) "each" CROSS JOIN "Event" ON "Event"."type" = "each"."value" LIMIT ?';
  const sql = `SELECT COUNT(*) AS "count" FROM (${found})`;
  const [row] = await reader.$queryRawUnsafe<{ count: bigint }[]>(sql, JSON.stringify(types), few);
  return Number(row?.count) < few;
}

/**
 * Each combination of gate, lane and direction that has events, found by jumping from one to the next in the index
 * of the three. The NULL that ends the row of a gate's lanes also stands for what happened at no lane of it.
 */
const places = `"gates"("gate") AS (
    SELECT min("gateId") FROM "Event" UNION ALL
    SELECT (SELECT min("gateId") FROM "Event" WHERE "gateId" > "gate") FROM "gates" WHERE "gate" IS NOT NULL),
  "lanes"("gate", "lane") AS (
    SELECT "gate", (SELECT min("laneId") FROM "Event" WHERE "gateId" = "gate") FROM "gates" WHERE "gate" IS NOT NULL
    UNION ALL
    SELECT "gate", (SELECT min("laneId") FROM "Event" WHERE "gateId" = "gate" AND "laneId" > "lane") FROM "lanes"
    WHERE "lane" IS NOT NULL),
  "places"("gate", "lane", "way") AS (
    SELECT "gate", "lane", "column1" FROM "lanes",
      (VALUES ${directions.options.map((way) => `('${way}')`).join(', ')}, (NULL)))`;

/**
 * The events of a time stand close together but not in order: clocks are set, and what was spilled comes late. The
 * sums keep SQLite from walking the table for the least number, past the index of `at`.
 */
function spanOf({ from, to }: LogFilter, before: number | undefined): Sql | undefined {
  if (from === undefined && to === undefined) return undefined;
  const all = joined(
    [...given('"at" >= ?', from), ...given('"at" < ?', to), ...given('"seq" + 0 < ?', before)],
    ' AND ',
  );
  return {
    sql: `"span"("first", "last") AS MATERIALIZED (SELECT min("seq" + 0), max("seq" + 0) FROM "Event" WHERE ${all.sql})`,
    values: all.values,
  };
}

function pageSql(
  filter: LogFilter,
  walk: Walk,
  types: EventType[] | undefined,
  { before, limit, hideSilent }: EventPage,
): Sql {
  const span = walk === 'cardholder' ? undefined : spanOf(filter, before);
  const head = withs([...(span ? [span] : []), ...(walk === 'places' ? [plain(places)] : [])]);
  const newest = { sql: 'ORDER BY "seq" DESC LIMIT ?', values: [limit] };
  const found = [
    plain('FROM "Event"'),
    ...where([...conditionsOf(filter, walk, span, before), ...(hideSilent ? [loud] : [])]),
    newest,
  ];
  if (walk === 'cardholder' || walk === 'seq')
    return joined([...head, plain(`SELECT ${eventColumns}`), ...found]);
  // The newest of each walk, and of those the newest.
  const walks =
    walk === 'types'
      ? [{ sql: 'json_each(?) "each"', values: [JSON.stringify(types)] }]
      : [
          plain('(SELECT * FROM "places"'),
          ...where(placeOf(filter, '"gate"', '"lane"', '"way"')),
          plain(')'),
        ];
  return joined([
    ...head,
    plain(`SELECT ${eventColumns} FROM`),
    ...walks,
    plain('CROSS JOIN "Event" ON "seq" IN (SELECT "seq"'),
    ...found,
    plain(')'),
    newest,
  ]);
}

/** What is not walked is asked in a form that no index serves. */
function conditionsOf(
  filter: LogFilter,
  walk: Walk,
  span: Sql | undefined,
  before: number | undefined,
): Sql[] {
  const { cardholderId, type, result, reason, from, to } = filter;
  return [
    ...(span
      ? [plain('"seq" BETWEEN (SELECT "first" FROM "span") AND (SELECT "last" FROM "span")')]
      : given('"seq" < ?', before)),
    ...given(`${walk === 'cardholder' ? '"cardholderId"' : unserved('cardholderId')} = ?`, cardholderId),
    ...(walk === 'places'
      ? [plain('"gateId" = "gate" AND "laneId" IS "lane" AND "direction" IS "way"')]
      : placeOf(filter, unserved('gateId'), unserved('laneId'), unserved('direction'))),
    ...(walk === 'types' ? [plain('"type" = "each"."value"')] : given(`${unserved('type')} = ?`, type)),
    ...given('"result" = ?', result),
    ...given('"reason" = ?', reason),
    ...given('"at" + 0 >= ?', from),
    ...given('"at" + 0 < ?', to),
  ];
}

const silentKinds = silentAlarms.map((kind) => `'${kind}'`).join(', ');
/** `isSilent` in SQL. */
const loud = plain(
  `NOT (${unserved('type')} = 'pin.duress' OR ("result" = 'alarm' AND ${unserved('type')} LIKE 'alarm.%'
    AND json_extract("body", '$.data.kind') IN (${silentKinds})))`,
);

function placeOf({ gateId, laneId, direction }: LogFilter, gate: string, lane: string, way: string): Sql[] {
  return [
    ...given(`${gate} = ?`, gateId),
    ...given(`${lane} = ?`, laneId),
    ...given(`${way} = ?`, direction),
  ];
}

function unserved(column: string): string {
  return `"${column}" || ''`;
}

function withs(tables: Sql[]): Sql[] {
  return tables.length > 0 ? [plain('WITH RECURSIVE'), joined(tables, ',\n  ')] : [];
}

function where(conditions: Sql[]): Sql[] {
  return conditions.length > 0 ? [plain('WHERE'), joined(conditions, ' AND ')] : [];
}

function plain(sql: string): Sql {
  return { sql, values: [] };
}

/** The condition, if there is a value for it. */
function given(sql: string, value: string | number | undefined): Sql[] {
  return value === undefined ? [] : [{ sql, values: [value] }];
}

function joined(parts: Sql[], between = ' '): Sql {
  return { sql: parts.map(({ sql }) => sql).join(between), values: parts.flatMap(({ values }) => values) };
}
