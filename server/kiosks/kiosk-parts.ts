/** How the school's devices are that a kiosk has been given. */
import { isStopped } from '../../hardware/paper.ts';
import type { Hardware } from '../../hardware/ports.ts';
import type { KioskParts } from '../contract/kiosks.ts';

type Given = { printerId: string | null; documentDeviceId: string | null };

/** `none`: it has been given none. */
export function partsOf(given: Given, hardware: Pick<Hardware, 'statuses'>): KioskParts {
  const statusOf = (id: string) => hardware.statuses().find(({ deviceId }) => deviceId === id);
  const printer = given.printerId === null ? undefined : statusOf(given.printerId)?.printer;
  const isPrinting = printer !== undefined && !isStopped(printer);
  const reads = (id: string) => statusOf(id)?.state === 'online';
  const how = (id: string | null, works: (id: string) => boolean) =>
    id === null ? 'none' : works(id) ? 'ready' : 'fault';
  return {
    printer: how(given.printerId, () => isPrinting),
    documentReader: how(given.documentDeviceId, reads),
  };
}
