/**
 * Use case: new keys for the numbers of identity papers. The new key is in its file before anything is sealed with it, and
 * the old one until nothing is any more: broken off anywhere, it is begun again and nothing is lost.
 */
import { z } from 'zod';
import { idKind } from '../contract/visit-words.ts';
import type { EventLog } from '../events/port.ts';
import type { IdVault } from './id-vault.ts';

/** @returns how many numbers were sealed anew. Throws Error where one can't be opened: then the old keys stay. */
export async function rotateIdKey(
  { events }: { events: Pick<EventLog, 'change'> },
  vault: IdVault,
): Promise<number> {
  vault.renew();
  const count = await events.change(async (tx) => {
    const rows = await tx.visitor.findMany({
      where: { idSealed: { not: null } },
      select: { id: true, idSealed: true, idKind: true },
    });
    for (const { id, idSealed, idKind: kind } of rows) {
      const number = vault.open(z.string().parse(idSealed), id);
      if (number === undefined) throw new Error(`The key for the number of the visitor ${id} is not here.`);
      const idHash = vault.hash(idKind.parse(kind), number);
      await tx.visitor.update({ where: { id }, data: { idSealed: vault.seal(number, id), idHash } });
    }
    return { result: rows.length, events: [{ type: 'id-key.rotated', data: { count: rows.length } }] };
  });
  vault.forgetOld();
  return count;
}
