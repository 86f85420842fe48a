/** Rows of the log for people: an event with the names that belong to its ids at the moment of reading. */
import type { LoggedEvent } from '../contract/events.ts';
import type { LogRow } from '../contract/log.ts';

/** Look-ups in memory: a row costs no query. Undefined for what is gone or was never here. */
export interface Names {
  cardholder(id: string): LogRow['cardholder'];
  gate(id: string): string | undefined;
  lane(id: string): string | undefined;
  device(id: string): string | undefined;
  account(id: string): string | undefined;
}

export function toRow(event: LoggedEvent, names: Names): LogRow {
  const { cardholderId, gateId, laneId, deviceId } = event.data as Partial<
    Record<'cardholderId' | 'gateId' | 'laneId' | 'deviceId', string>
  >;
  const row: LogRow = { event };
  const person = cardholderId === undefined ? undefined : names.cardholder(cardholderId);
  // Picked by name: what memory holds of a person beyond this is not for the log.
  if (person) {
    const { id, name, unit, kind, number, photoId } = person;
    row.cardholder = { id, name, unit, kind, number, photoId };
  }
  put(row, 'gate', gateId, names.gate);
  put(row, 'lane', laneId, names.lane);
  put(row, 'device', deviceId, names.device);
  put(row, 'actor', event.actorId, names.account);
  return row;
}

function put(
  row: LogRow,
  key: 'gate' | 'lane' | 'device' | 'actor',
  id: string | undefined,
  nameOf: (id: string) => string | undefined,
): void {
  const name = id === undefined ? undefined : nameOf(id);
  if (name !== undefined) row[key] = name;
}
