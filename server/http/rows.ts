/** Rows of the log for people: an event with the names that belong to its ids at the moment of reading. */
import type { Changes } from '../contract/changes.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { LogRow } from '../contract/log.ts';
import { withoutNumber } from './card-numbers.ts';

/** What an id in an event is the id of, beside people and cards. */
export type Thing =
  | 'gate'
  | 'lane'
  | 'zone'
  | 'device'
  | 'reader'
  | 'access-group'
  | 'schedule'
  | 'visitor-type'
  | 'kiosk';

/** Look-ups in memory: a row costs no query. Undefined for what is gone or was never here. */
export interface Names {
  cardholder(id: string): LogRow['cardholder'];
  /** By the visit's id; undefined once it is over. */
  visitor(visitId: string): { name: string } | undefined;
  account(id: string): string | undefined;
  thing(thing: Thing, id: string): string | undefined;
  /** Whether this recorded number is, or may be, that of somebody's card. */
  isSomebodys(readKey: string): boolean;
}

const thingOf: Record<string, Thing | 'account'> = {
  gateId: 'gate',
  laneId: 'lane',
  zoneId: 'zone',
  deviceId: 'device',
  outputDeviceId: 'device',
  dpsDeviceId: 'device',
  rexDeviceId: 'device',
  printerId: 'device',
  documentDeviceId: 'device',
  readerId: 'reader',
  groupId: 'access-group',
  groupIds: 'access-group',
  scheduleId: 'schedule',
  cardAloneScheduleId: 'schedule',
  typeId: 'visitor-type',
  kioskId: 'kiosk',
  laneIds: 'lane',
  accountId: 'account',
};

/** `whole`: with the numbers of enrolled cards, for who may see them. */
export function toRow(event: LoggedEvent, names: Names, whole: boolean): LogRow {
  const data = event.data as Record<string, unknown> & { changes?: Changes };
  const nameOf = (field: string, id: unknown) => {
    const thing = thingOf[field];
    if (thing === undefined || typeof id !== 'string') return undefined;
    return thing === 'account' ? names.account(id) : names.thing(thing, id);
  };
  const row: LogRow = { event: whole ? event : withoutNumber(event, names.isSomebodys) };
  const person = typeof data.cardholderId === 'string' ? names.cardholder(data.cardholderId) : undefined;
  // Picked by name: what memory holds of a person beyond this is not for the log.
  if (person) {
    const { id, name, unit, kind, number, photoId } = person;
    row.cardholder = { id, name, unit, kind, number, photoId };
  }
  const visitor = typeof data.visitId === 'string' ? names.visitor(data.visitId) : undefined;
  if (visitor) row.visitor = { name: visitor.name };
  put(row, 'gate', nameOf('gateId', data.gateId));
  put(row, 'lane', nameOf('laneId', data.laneId));
  put(row, 'device', nameOf('deviceId', data.deviceId));
  put(row, 'actor', event.actorId === undefined ? undefined : names.account(event.actorId));
  // Of a passage, the ordinary row, nobody reads more names than these.
  if (event.type.startsWith('passage.')) return row;
  const others: [field: string, id: unknown][] = [
    ...['zoneId', 'readerId', 'groupId', 'scheduleId', 'accountId', 'typeId', 'kioskId'].map(
      (field): [string, unknown] => [field, data[field]],
    ),
    ...Object.entries(data.changes ?? {}).flatMap(([field, { from, to }]) =>
      [from, to].flat().map((id): [string, unknown] => [field, id]),
    ),
  ];
  const known = others.flatMap(([field, id]) => {
    const name = nameOf(field, id);
    return name === undefined ? [] : [[String(id), name] as const];
  });
  if (known.length > 0) row.names = Object.fromEntries(known);
  return row;
}

function put(row: LogRow, key: 'gate' | 'lane' | 'device' | 'actor', name: string | undefined): void {
  if (name !== undefined) row[key] = name;
}
