/**
 * Use case: new keys for the numbers of identity papers. They are in their file before anything is sealed with them, and
 * in use only when everything is; the old ones stay until then. Broken off anywhere, everybody is still found by their
 * number, and it is begun again.
 */
import { idKind } from '../contract/visit-words.ts';
import type { EventLog } from '../events/port.ts';
import type { IdVault, NewKeys } from './id-vault.ts';

interface Row {
  id: string;
  idSealed: string | null;
  idKind: string | null;
}

/** @returns how many numbers were sealed anew. Throws Error naming those that can't be opened: then all is as it was. */
export async function rotateIdKey(
  { events }: { events: Pick<EventLog, 'change'> },
  vault: IdVault,
): Promise<number> {
  const keys = vault.renew();
  const count = await events.change(async (tx) => {
    const which = {
      where: { idSealed: { not: null } },
      select: { id: true, idSealed: true, idKind: true },
    } as const;
    const [visitors, entries] = [await tx.visitor.findMany(which), await tx.screeningEntry.findMany(which)];
    const all = [...visitors, ...entries];
    const lost = all.filter((row) => opened(vault, row) === undefined);
    if (lost.length > 0) {
      const ids = lost.map(({ id }) => id).join(', ');
      throw new Error(`The keys for ${lost.length} of ${all.length} numbers are not here: ${ids}`);
    }
    for (const row of visitors) {
      await tx.visitor.update({ where: { id: row.id }, data: renewed(vault, keys, row) });
    }
    for (const row of entries) {
      await tx.screeningEntry.update({ where: { id: row.id }, data: renewed(vault, keys, row) });
    }
    return { result: all.length, events: [{ type: 'id-key.rotated', data: { count: all.length } }] };
  });
  keys.take();
  return count;
}

function opened(vault: IdVault, { id, idSealed }: Row): string | undefined {
  return vault.open(idSealed ?? '', id);
}

function renewed(vault: IdVault, keys: NewKeys, row: Row) {
  const number = opened(vault, row) ?? '';
  return { idSealed: keys.seal(number, row.id), idHash: keys.hash(idKind.parse(row.idKind), number) };
}
