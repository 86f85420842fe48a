/** What an administrator sets a kiosk to, checked before it is stored. */
import type { Kiosk } from '../contract/kiosks.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';

export type KioskSettings = Pick<Kiosk, 'name' | 'gateId' | 'printerId' | 'documentDeviceId'>;

/** Of a device's model, as the hardware catalogue has it; undefined for one that it does not know. */
export type KindOf = (model: string) => string | undefined;

/** Throws invalid-request for what is not there, or is another thing; conflict for a reader of another kiosk. */
export async function checkSettings(
  tx: Tx,
  kindOf: KindOf,
  { gateId, printerId, documentDeviceId }: Partial<KioskSettings>,
): Promise<void> {
  if (gateId != null && !(await tx.gate.findUnique({ where: { id: gateId } }))) {
    throw gone('gateId', 'There is no such gate.');
  }
  const isOf = async (deviceId: string, kind: string) => {
    const device = await tx.device.findUnique({ where: { id: deviceId } });
    return device !== null && kindOf(device.model) === kind;
  };
  if (printerId != null && !(await isOf(printerId, 'printer'))) {
    throw gone('printerId', 'There is no such printer.');
  }
  if (documentDeviceId == null) return;
  if (!(await isOf(documentDeviceId, 'document-reader'))) {
    throw gone('documentDeviceId', 'There is no such reader of identity cards.');
  }
  const holder = await tx.kiosk.findFirst({ where: { documentDeviceId, revokedAt: null } });
  if (holder) throw taken('documentDeviceId', holder.name);
}

function gone(path: keyof KioskSettings, message: string): RequestError {
  return new RequestError('invalid-request', message, { why: 'choice.gone' }, [{ path, message }]);
}

/** A card that is laid on it would be told to whichever of the two asked last. */
function taken(path: keyof KioskSettings, kiosk: string): RequestError {
  const message = `Kiosk "${kiosk}" has this reader.`;
  const told = { why: 'kiosk.reader-taken', params: { kiosk } } as const;
  return new RequestError('conflict', message, told, [{ path, message }]);
}
