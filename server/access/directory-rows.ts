/**
 * The rows of the store that decisions need. Each page comes as one JSON text: the client's cost per row is many
 * times SQLite's own, and the directory must be up within seconds at a hundred thousand cardholders.
 */
import type { Reader } from '../db.ts';

export type CardholderRow = [
  id: string,
  kind: string,
  number: string | null,
  name: string,
  unit: string | null,
  status: string,
  photoId: string | null,
  groupIds: string[],
];
export type CredentialRow = [
  id: string,
  key: string,
  cardholderId: string,
  status: string,
  validFrom: number | null,
  validUntil: number | null,
];
export type GateRow = [id: string, name: string, position: number];
export type ZoneRow = [id: string, name: string, apbMode: string, apbMinutes: number];
export type LaneRow = [
  id: string,
  gateId: string,
  name: string,
  position: number,
  posture: string,
  zoneId: string | null,
  outputDeviceId: string | null,
  outputChannel: number,
  pulseMs: number,
  dpsDeviceId: string | null,
  dpsInput: number,
  rexDeviceId: string | null,
  rexInput: number,
  rexReleases: number,
  notEnteredMs: number,
  heldWarningMs: number,
  heldAlarmMs: number,
  onStoreFault: string,
  demandsSecure: number,
  pinIn: string,
  pinOut: string,
  cardAloneScheduleId: string | null,
];
export type PinRow = [id: string, cardholderId: string, hash: string];
export type ReaderRow = [
  id: string,
  name: string,
  deviceId: string,
  number: number,
  laneId: string | null,
  direction: string,
  feedback: string,
];
export type GroupRow = [id: string, name: string, lockdownExempt: number];
export type RuleRow = [id: string, groupId: string, laneId: string, direction: string, scheduleId: string];
export type ScheduleRow = [
  id: string,
  name: string,
  ignoresCalendar: number,
  windows: [day: string, startMinute: number, endMinute: number][],
];
export type CalendarRow = [date: string, kind: string, followsWeekday: number | null, name: string];
export type SchoolRow = [
  id: string,
  name: string,
  timeZone: string,
  language: string,
  sample: number,
  feedback: string,
  pinTries: number,
  pinWithinMinutes: number,
  pinLockMinutes: number,
];

/** A table to read: its columns as SQL expressions over alias `t`, and the column that identifies a row. */
export interface Table<Row extends unknown[]> {
  readonly name: string;
  readonly key: string;
  readonly columns: string;
  /** Never set: ties the table to the type of its rows. */
  readonly row?: Row;
}

const table = <Row extends unknown[]>(name: string, key: string, columns: string): Table<Row> => ({
  name,
  key,
  columns,
});

const groupIds =
  'json((SELECT json_group_array(m."groupId") FROM "CardholderGroup" m WHERE m."cardholderId" = t."id"))';
const windows =
  'json((SELECT json_group_array(json_array(w."day", w."startMinute", w."endMinute")) FROM "ScheduleWindow" w WHERE w."scheduleId" = t."id"))';

export const tables = {
  cardholders: table<CardholderRow>(
    'Cardholder',
    'id',
    `"id", "kind", "number", "name", "unit", "status", "photoId", ${groupIds}`,
  ),
  credentials: table<CredentialRow>(
    'Credential',
    'id',
    '"id", "key", "cardholderId", "status", "validFrom", "validUntil"',
  ),
  pins: table<PinRow>('Pin', 'id', '"id", "cardholderId", "hash"'),
  gates: table<GateRow>('Gate', 'id', '"id", "name", "position"'),
  zones: table<ZoneRow>('Zone', 'id', '"id", "name", "apbMode", "apbMinutes"'),
  lanes: table<LaneRow>(
    'Lane',
    'id',
    `"id", "gateId", "name", "position", "posture", "zoneId", "outputDeviceId", "outputChannel", "pulseMs",
     "dpsDeviceId", "dpsInput", "rexDeviceId", "rexInput", "rexReleases", "notEnteredMs", "heldWarningMs",
     "heldAlarmMs", "onStoreFault", "demandsSecure", "pinIn", "pinOut", "cardAloneScheduleId"`,
  ),
  readers: table<ReaderRow>(
    'Reader',
    'id',
    '"id", "name", "deviceId", "number", "laneId", "direction", "feedback"',
  ),
  groups: table<GroupRow>('AccessGroup', 'id', '"id", "name", "lockdownExempt"'),
  rules: table<RuleRow>('AccessRule', 'id', '"id", "groupId", "laneId", "direction", "scheduleId"'),
  schedules: table<ScheduleRow>('Schedule', 'id', `"id", "name", "ignoresCalendar", ${windows}`),
  calendar: table<CalendarRow>('CalendarDay', 'date', '"date", "kind", "followsWeekday", "name"'),
  school: table<SchoolRow>(
    'School',
    'id',
    `"id", "name", "timeZone", "language", "sample", "feedback", "pinTries", "pinWithinMinutes", "pinLockMinutes"`,
  ),
};

const pageRows = 20_000;

/** All rows of a table, page by page in order of its key, so that no text grows with the table. */
export async function* allRows<Row extends unknown[]>(
  reader: Reader,
  from: Table<Row>,
): AsyncGenerator<Row[]> {
  const sql = `SELECT json_group_array(json_array(${from.columns})) AS "rows", max(t."${from.key}") AS "last"
    FROM (SELECT * FROM "${from.name}" WHERE "${from.key}" > ? ORDER BY "${from.key}" LIMIT ${pageRows}) t`;
  for (let last: string | null = ''; last !== null; ) {
    const [page]: { rows: string; last: string | null }[] = await reader.$queryRawUnsafe(sql, last);
    if (!page || page.last === null) return;
    yield JSON.parse(page.rows) as Row[];
    last = page.last;
  }
}

/** The rows with these keys, or with this value in another column (`by`). */
export async function rowsOf<Row extends unknown[]>(
  reader: Reader,
  from: Table<Row>,
  keys: Iterable<string>,
  by: string = from.key,
): Promise<Row[]> {
  const wanted = [...keys];
  if (wanted.length === 0) return [];
  const [page]: { rows: string }[] = await reader.$queryRawUnsafe(
    `SELECT json_group_array(json_array(${from.columns})) AS "rows" FROM "${from.name}" t
     WHERE t."${by}" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(wanted),
  );
  return page ? (JSON.parse(page.rows) as Row[]) : [];
}

/** Who is a member of these access groups. */
export async function membersOf(reader: Reader, groups: Iterable<string>): Promise<string[]> {
  const wanted = [...groups];
  if (wanted.length === 0) return [];
  const [page]: { rows: string }[] = await reader.$queryRawUnsafe(
    `SELECT json_group_array(DISTINCT "cardholderId") AS "rows" FROM "CardholderGroup"
     WHERE "groupId" IN (SELECT value FROM json_each(?))`,
    JSON.stringify(wanted),
  );
  return page ? (JSON.parse(page.rows) as string[]) : [];
}
