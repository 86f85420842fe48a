/** A visitor's row: who was here before is known again by their paper. */
import { randomUUID } from 'node:crypto';
import { foldedText } from '../contract/search-text.ts';
import type { VisitForm } from '../contract/visits.ts';
import type { Tx } from '../db.ts';
import type { IdVault } from './id-vault.ts';

/** Who was here before with the same paper and the same name is the same visitor, with what is new of them. */
export async function keepVisitor(tx: Tx, vault: IdVault, form: VisitForm, now: number): Promise<string> {
  const { name, phone, organisation, idKind, idNumber } = form;
  const told = { ...(phone ? { phone } : {}), ...(organisation ? { organisation } : {}) };
  const search = visitorSearch({ name, phone, organisation });
  if (idKind === undefined || idNumber === undefined) {
    const { id } = await tx.visitor.create({
      data: { id: randomUUID(), name, ...told, search, createdAt: now },
    });
    return id;
  }
  const idHashes = vault.hashes(idKind, idNumber);
  const known = await tx.visitor.findFirst({ where: { idHash: { in: idHashes }, name } });
  if (known) {
    const now = { ...known, ...told };
    await tx.visitor.update({ where: { id: known.id }, data: { ...told, search: visitorSearch(now) } });
    return known.id;
  }
  const id = randomUUID();
  const idSealed = vault.seal(idNumber, id);
  const idHash = vault.hash(idKind, idNumber);
  await tx.visitor.create({ data: { id, name, ...told, search, idKind, idHash, idSealed, createdAt: now } });
  return id;
}

/** The column `search`: each on a line of its own. */
export function visitorSearch(visitor: {
  name: string;
  phone?: string | null | undefined;
  organisation?: string | null | undefined;
}): string {
  const { name, phone, organisation } = visitor;
  return [name, organisation, phone].map((each) => foldedText(each ?? '')).join('\n');
}
