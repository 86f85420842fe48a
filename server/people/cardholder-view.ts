/** A cardholder as screens show one: with credentials in their printed forms, groups, and where last seen. */
import { type Cardholder, cardholder } from '../contract/people.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { printedForms } from './printed-forms.ts';

/** In the order of `ids`; who is not there is left out. */
export async function viewCardholders(store: Reader | Tx, ids: readonly string[]): Promise<Cardholder[]> {
  const among = { in: [...ids] };
  const [rows, presences] = await Promise.all([
    store.cardholder.findMany({
      where: { id: among },
      include: { credentials: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }, groups: true, pin: true },
    }),
    store.presence.findMany({ where: { cardholderId: among } }),
  ]);
  const found = new Map(rows.map((row) => [row.id, row]));
  const seen = new Map(presences.map((row) => [row.cardholderId, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (!row) return [];
    const last = seen.get(id);
    return cardholder.parse({
      ...row,
      groupIds: row.groups.map(({ groupId }) => groupId).toSorted(),
      hasPin: row.pin !== null,
      credentials: row.credentials.map((each) => ({
        ...each,
        validFrom: instantOf(each.validFrom),
        validUntil: instantOf(each.validUntil),
        printed: printedForms(each.key),
      })),
      ...(last ? { lastSeen: { ...last, at: Number(last.at), inside: last.zoneId !== null } } : {}),
    });
  });
}

/** Throws not-found. */
export async function getCardholder(store: Reader | Tx, id: string): Promise<Cardholder> {
  const [view] = await viewCardholders(store, [id]);
  if (!view) throw new RequestError('not-found', 'There is no such person.');
  return view;
}

export function instantOf(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
