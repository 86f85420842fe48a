/** An identity document as a form takes it: of what the card says, no more than a registration asks for. */
import type { DocumentRead } from '../../hardware/document.ts';
import type { KioskDocument, SeenDocument } from '../contract/documents.ts';
import type { Reader } from '../db.ts';
import type { IdVault } from './id-vault.ts';

export function seenDocument({ deviceId, at, document }: DocumentRead): SeenDocument {
  const where = { deviceId, at };
  if ('unread' in document) return { ...where, unread: document.unread };
  if (document.kind !== 'resident-card' && document.kind !== 'foreigner-card') {
    return { ...where, unread: 'unknown-card' };
  }
  const { kind, name, number, validUntil } = document;
  return {
    ...where,
    idKind: kind === 'resident-card' ? 'resident-id' : 'residence-permit',
    ...(name === undefined ? {} : { name }),
    ...(number === undefined ? {} : { idNumber: number }),
    ...(validUntil === undefined || validUntil === 'long-term' ? {} : { validUntil }),
  };
}

export interface KioskDocumentDeps {
  reader: Reader;
  vault: Pick<IdVault, 'hashes'>;
  now(): number;
  dateAt(at: number): string;
}

/** As the kiosk on whose reader it lies is told of it, and of nothing that its screens do not ask for. */
export async function documentAtKiosk(
  { reader, vault, now, dateAt }: KioskDocumentDeps,
  seen: SeenDocument,
): Promise<KioskDocument> {
  if ('unread' in seen) return { unread: seen.unread };
  const { idKind, name, idNumber, validUntil } = seen;
  if (validUntil !== undefined && validUntil < dateAt(now())) return { unread: 'expired' };
  const found =
    idNumber === undefined || name === undefined
      ? null
      : await reader.visitor.findFirst({
          where: {
            ...{ name, idHash: { in: vault.hashes(idKind, idNumber) } },
            ...{ phone: { not: null }, erasedAt: null },
          },
          select: { id: true },
        });
  return {
    ...{ idKind, known: found !== null },
    ...(name === undefined ? {} : { name }),
    ...(idNumber === undefined ? {} : { idNumber }),
  };
}
