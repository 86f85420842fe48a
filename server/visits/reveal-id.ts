/** Use case: somebody looks at a visitor's whole identity number. The record stands before the number is told. */
import type { By } from '../contract/events.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import type { IdVault } from './id-vault.ts';

/** Throws not-found, and conflict where the key that sealed it is not on this server. */
export function revealId(
  { events, vault }: { events: Pick<EventLog, 'change'>; vault: Pick<IdVault, 'open'> },
  visitId: string,
  by: By,
): Promise<{ idNumber: string }> {
  return events.change(async (tx) => {
    const row = await tx.visit.findUnique({ where: { id: visitId }, include: { visitor: true } });
    const sealed = row?.visitor.idSealed;
    if (!row || !sealed) throw new RequestError('not-found', 'No identity number is kept of this visit.');
    const { visitorId } = row;
    const idNumber = vault.open(sealed, visitorId);
    if (idNumber === undefined) {
      throw new RequestError('conflict', 'This number was sealed by a key that is not here.', {
        why: 'id-number.sealed-elsewhere',
      });
    }
    return {
      result: { idNumber },
      events: [{ type: 'visit.id-revealed', data: { visitId, visitorId }, ...by }],
    };
  });
}
