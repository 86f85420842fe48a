/** A visit as screens show one: of the visitor's identity number only its ends. */
import { maskedIdNumber } from '../contract/id-number.ts';
import { type Visit, visit } from '../contract/visits.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { IdVault } from './id-vault.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface ViewDeps {
  vault: Pick<IdVault, 'open'>;
  now(): number;
}

/** In the order of `ids`; who is not there is left out. */
export async function viewVisits(
  store: Reader | Tx,
  { vault, now }: ViewDeps,
  ids: readonly string[],
): Promise<Visit[]> {
  const rows = await store.visit.findMany({
    where: { id: { in: [...ids] } },
    include: {
      visitor: true,
      passes: { orderBy: { number: 'desc' }, take: 1 },
      words: { orderBy: [{ at: 'asc' }, { id: 'asc' }] },
    },
  });
  const accountIds = rows.flatMap(({ hostId, words }) =>
    [hostId ?? [], words.map((each) => each.accountId)].flat(),
  );
  const accounts = await store.user.findMany({
    where: { id: { in: [...new Set(accountIds)] } },
    select: { id: true, name: true },
  });
  const account = (id: string | null) => accounts.find((each) => each.id === id);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = found.get(id);
    if (!row) return [];
    const { visitor, passes, words, pending, hostId, companions, noticeVersion, noticeAt, ...rest } = row;
    const { idSealed } = visitor;
    const idNumber = idSealed === null ? undefined : vault.open(idSealed, visitor.id);
    const expectedUntil = Number(rest.expectedUntil);
    return visit.parse({
      ...rest,
      visitor: { ...visitor, idNumber: idNumber === undefined ? null : maskedIdNumber(idNumber) },
      pending: pendingOf(pending),
      words: words.map(({ word, accountId, approved, at }) => ({
        ...{ word, approved, at: Number(at) },
        by: account(accountId)?.name ?? '',
      })),
      host: account(hostId) ?? null,
      companions: JSON.parse(companions),
      notice: noticeVersion === null ? null : { version: noticeVersion, at: Number(noticeAt) },
      expectedFrom: Number(rest.expectedFrom),
      expectedUntil,
      enteredAt: instantOf(rest.enteredAt),
      leftAt: instantOf(rest.leftAt),
      waitingSince: instantOf(rest.waitingSince),
      lapsedAt: instantOf(rest.lapsedAt),
      metAt: instantOf(rest.metAt),
      partedAt: instantOf(rest.partedAt),
      itemsAt: instantOf(rest.itemsAt),
      overdue: rest.state === 'inside' && now() >= expectedUntil,
      pass:
        passes.map(({ validFrom, validUntil, revokedAt, ...pass }) => ({
          ...pass,
          validFrom: Number(validFrom),
          validUntil: Number(validUntil),
          revokedAt: instantOf(revokedAt),
        }))[0] ?? null,
    });
  });
}

/** Throws not-found. */
export async function getVisit(store: Reader | Tx, deps: ViewDeps, id: string): Promise<Visit> {
  const [view] = await viewVisits(store, deps, [id]);
  if (!view) throw new RequestError('not-found', 'There is no such visit.');
  return view;
}

function instantOf(value: bigint | null): number | null {
  return value === null ? null : Number(value);
}
