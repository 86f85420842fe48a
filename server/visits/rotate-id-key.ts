/**
 * Use case: new keys for the numbers of identity papers. The new key is in its file before anything is sealed with it, and
 * the old one until nothing is any more: broken off anywhere, it is begun again and nothing is lost.
 */
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
    for (const row of rows) await tx.visitor.update({ where: { id: row.id }, data: renewed(vault, row) });
    const entries = await tx.screeningEntry.findMany({
      where: { idSealed: { not: null } },
      select: { id: true, idSealed: true, idKind: true },
    });
    for (const row of entries) {
      await tx.screeningEntry.update({ where: { id: row.id }, data: renewed(vault, row) });
    }
    const count = rows.length + entries.length;
    return { result: count, events: [{ type: 'id-key.rotated', data: { count } }] };
  });
  vault.forgetOld();
  return count;
}

function renewed(vault: IdVault, row: { id: string; idSealed: string | null; idKind: string | null }) {
  const number = vault.open(row.idSealed ?? '', row.id);
  if (number === undefined) throw new Error(`The key for the number of ${row.id} is not here.`);
  return { idSealed: vault.seal(number, row.id), idHash: vault.hash(idKind.parse(row.idKind), number) };
}
