/** An identity document as a form takes it: of what the card says, no more than a registration asks for. */
import type { DocumentRead } from '../../hardware/document.ts';
import type { SeenDocument } from '../contract/documents.ts';

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
