/** Rows of the store as the contract shows them; a word outside its list is a fault and throws ZodError. */
import type { Output } from '../../hardware/ports.ts';
import { type Lane, lane, type Reader as ReaderView, reader, type Zone, zone } from '../contract/gates.ts';
import type { Reader, Tx } from '../db.ts';

export const laneOf = (row: unknown): Lane => lane.parse(row);
export const zoneOf = (row: unknown): Zone => zone.parse(row);
export const readerOf = (row: unknown): ReaderView => reader.parse(row);

/** In the order in which screens show them. */
export async function readLanes(store: Reader | Tx): Promise<Lane[]> {
  const rows = await store.lane.findMany({
    orderBy: [{ gateId: 'asc' }, { position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(laneOf);
}

export function outputOf({ outputDeviceId, outputChannel }: Lane): Output | undefined {
  return outputDeviceId === null ? undefined : { deviceId: outputDeviceId, channel: outputChannel };
}
