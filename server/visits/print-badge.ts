/** Use case: a visitor's badge at a printer. What became of it is on record, whether it came out or not. */
import QRCode from 'qrcode';
import type { z } from 'zod';
import { HardwareError } from '../../hardware/errors.ts';
import type { Hardware } from '../../hardware/ports.ts';
import type { printing } from '../contract/badges.ts';
import type { By } from '../contract/events.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { badgePage } from './badge.ts';
import { visitOfKey } from './kiosk-visits.ts';
import { readPassPage } from './pass-page.ts';

export interface PrintBadgeDeps {
  reader: Reader;
  events: Pick<EventLog, 'change'>;
  hardware: Pick<Hardware, 'print'>;
  now(): number;
  /** Date and time on the school's clocks, `YYYY-MM-DD HH:MM`. */
  timeAt(instant: number): string;
}
type Printing = z.input<typeof printing>;

/** Throws not-found, also for a device that is no printer, and conflict for who may not come in, or has gone. */
export async function printBadge(
  deps: PrintBadgeDeps,
  { visitId, deviceId, kioskId }: { visitId: string; deviceId: string; kioskId?: string },
  by: By,
): Promise<Printing> {
  const { reader, events, hardware, now, timeAt } = deps;
  const pass = await readPassPage(reader, now(), visitId);
  const { token, renewAt, validFrom, validUntil } = pass;
  if (token === undefined || visitState.parse(pass.state) === 'left') {
    throw new RequestError('conflict', 'A badge is for who may come in, or is in.', {
      why: 'visit.no-badge',
    });
  }
  const page = badgePage({
    ...pass,
    ...{ validFrom: timeAt(validFrom), validUntil: timeAt(validUntil) },
    // One that changes by the half minute would open nothing by the time that it is on paper.
    ...(renewAt === undefined ? { code: squaresOf(token) } : {}),
  });
  const result = await hardware.print(deviceId, page).catch((error: unknown) => {
    if (!(error instanceof HardwareError)) throw error;
    throw new RequestError('not-found', 'There is no such printer.', { why: 'printer.gone' });
  });
  const kiosk = kioskId === undefined ? {} : { kioskId };
  await events.change(async () => ({
    result: undefined,
    events: [
      { type: 'visit.badge-printed', data: { visitId, deviceId, ...kiosk, printing: result.outcome }, ...by },
    ],
  }));
  return result;
}

/** At the printer of the kiosk. Throws as above; that it has none is an answer. */
export async function printBadgeAtKiosk(
  deps: PrintBadgeDeps,
  kioskId: string,
  key: string,
  by: By,
): Promise<Printing | { outcome: 'no-printer'; begun: false }> {
  const kiosk = await deps.reader.kiosk.findUnique({ where: { id: kioskId } });
  if (kiosk?.printerId == null) return { outcome: 'no-printer', begun: false };
  const visitId = await visitOfKey(deps.reader, kioskId, key);
  return printBadge(deps, { visitId, deviceId: kiosk.printerId, kioskId }, by);
}

/** Level M: base45 keeps the pass in the alphanumeric mode, and so its squares large. */
function squaresOf(token: string): boolean[][] {
  const { size, data } = QRCode.create(token, { errorCorrectionLevel: 'M' }).modules;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => data[y * size + x] === 1),
  );
}
