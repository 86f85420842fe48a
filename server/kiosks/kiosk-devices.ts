/** Which reader is which kiosk's own, in memory: what is read there is for this kiosk alone, and for no other screen. */
import type { Reader } from '../db.ts';
import type { EventLog } from '../events/port.ts';

export interface KioskDevices {
  /** Whose reader it is; undefined for one that is no kiosk's. */
  ownerOf(deviceId: string): string | undefined;
  documentReaderOf(kioskId: string): string | undefined;
}

const changing: readonly string[] = ['kiosk.added', 'kiosk.changed', 'kiosk.revoked'];

/** Follows the log: as soon as a change is done, nothing goes where it went before. */
export async function openKioskDevices(
  reader: Reader,
  events: Pick<EventLog, 'project'>,
): Promise<KioskDevices> {
  let documents: readonly (readonly [kioskId: string, deviceId: string])[] = [];
  async function read(): Promise<void> {
    const rows = await reader.kiosk.findMany({
      where: { revokedAt: null },
      select: { id: true, documentDeviceId: true },
    });
    documents = rows.flatMap(({ id, documentDeviceId }) =>
      documentDeviceId === null ? [] : [[id, documentDeviceId] as const],
    );
  }
  await read();
  events.project(async (committed) => {
    if (committed.some(({ type }) => changing.includes(type))) await read();
  });
  return {
    ownerOf: (deviceId) => documents.find(([, its]) => its === deviceId)?.[0],
    documentReaderOf: (kioskId) => documents.find(([its]) => its === kioskId)?.[1],
  };
}
