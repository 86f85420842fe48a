/** Rows of the store as the contract shows them; a word outside its list is a fault and throws ZodError. */
import type { InputChange, Output } from '../../hardware/ports.ts';
import { feedbackIn } from '../contract/feedback.ts';
import { type Lane, lane, type Reader as ReaderView, reader, type Zone, zone } from '../contract/gates.ts';
import type { Reader, Tx } from '../db.ts';

export const laneOf = (row: unknown): Lane => lane.parse(row);
export const zoneOf = (row: unknown): Zone => zone.parse(row);
export const readerOf = (row: object & { feedback: string }): ReaderView =>
  reader.parse({ ...row, feedback: feedbackIn(row.feedback) });

/** In the order in which screens show them. */
export async function readLanes(store: Reader | Tx): Promise<Lane[]> {
  const rows = await store.lane.findMany({
    orderBy: [{ gateId: 'asc' }, { position: 'asc' }, { id: 'asc' }],
  });
  return rows.map(laneOf);
}

export function outputOf({ outputDeviceId, outputReader, outputChannel }: Lane): Output | undefined {
  if (outputDeviceId === null) return undefined;
  const on = outputReader === null ? {} : { reader: outputReader };
  return { deviceId: outputDeviceId, ...on, channel: outputChannel };
}

export function sameOutput(lane: Lane, { deviceId, reader, channel }: Output): boolean {
  const own = outputOf(lane);
  return own?.deviceId === deviceId && own.reader === reader && own.channel === channel;
}

export type InputPlace = Pick<InputChange, 'deviceId' | 'reader' | 'input'>;
export const inputKey = ({ deviceId, reader, input }: InputPlace): string =>
  `${deviceId}/${reader ?? ''}/${input}`;

export const dpsOf = ({ dpsDeviceId, dpsReader, dpsInput }: Lane) =>
  inputOf(dpsDeviceId, dpsReader, dpsInput);
export const rexOf = ({ rexDeviceId, rexReader, rexInput }: Lane) =>
  inputOf(rexDeviceId, rexReader, rexInput);

function inputOf(deviceId: string | null, reader: number | null, input: number): InputPlace | undefined {
  return deviceId === null ? undefined : { deviceId, ...(reader === null ? {} : { reader }), input };
}
