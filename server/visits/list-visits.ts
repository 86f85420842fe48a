/** Use case: finding visits by where they stand, and by what is known of the visitor. */
import type { z } from 'zod';
import { capabilitiesOf, role } from '../contract/capabilities.ts';
import { tidyIdNumber } from '../contract/id-number.ts';
import { tidyPlate } from '../contract/plate.ts';
import { foldedText } from '../contract/search-text.ts';
import { idKind } from '../contract/visit-words.ts';
import type { visitGroup, visitQuery, visits as visitsSchema } from '../contract/visits.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { IdVault } from './id-vault.ts';
import { type ViewDeps, viewVisits } from './visit-view.ts';

type Where = NonNullable<NonNullable<Parameters<Reader['visit']['findMany']>[0]>['where']>;

/**
 * @param hostId of this host alone
 * @returns the earliest expected first, what is over newest first. Throws invalid-request for a page without beginning.
 */
export async function listVisits(
  store: Reader,
  deps: ViewDeps & { vault: Pick<IdVault, 'hashes'>; dayEndAt(instant: number): number },
  { show, text, after, limit }: z.output<typeof visitQuery> & { text?: string },
  hostId?: string,
): Promise<z.input<typeof visitsSchema>> {
  const now = BigInt(Math.floor(deps.now()));
  const own: Where = hostId === undefined ? {} : { hostId };
  const groups: Record<z.infer<typeof visitGroup>, Where> = {
    expected: { state: { in: ['expected', 'approved'] }, expectedUntil: { gt: now } },
    today: {
      state: { in: ['expected', 'approved'] },
      expectedUntil: { gt: now },
      expectedFrom: { lt: BigInt(deps.dayEndAt(deps.now())) },
    },
    waiting: { state: 'waiting' },
    inside: { state: 'inside' },
    overdue: { state: 'inside', expectedUntil: { lte: now } },
    over: {
      OR: [
        { state: { in: ['left', 'refused', 'closed'] } },
        { state: { in: ['expected', 'approved'] }, expectedUntil: { lte: now } },
      ],
    },
  };
  const order = show === undefined || show === 'over' ? 'desc' : 'asc';
  if (
    after !== undefined &&
    !(await store.visit.findUnique({ where: { id: after }, select: { id: true } }))
  ) {
    const message = 'This page has no beginning: the visit it should follow is not there.';
    throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [{ path: 'after', message }]);
  }
  const found = await store.visit.findMany({
    where: {
      AND: [own, show ? groups[show] : {}, text === undefined ? {} : textCondition(deps.vault, text)],
    },
    orderBy: [{ expectedFrom: order }, { id: order }],
    take: limit + 1,
    ...(after === undefined ? {} : { cursor: { id: after }, skip: 1 }),
    select: { id: true },
  });
  const count = (where: Where) => store.visit.count({ where: { AND: [own, where] } });
  const [expected, today, waiting, inside, overdue] = await Promise.all([
    count(groups.expected),
    count(groups.today),
    count(groups.waiting),
    count(groups.inside),
    count(groups.overdue),
  ]);
  const ids = found.slice(0, limit).map(({ id }) => id);
  const last = found.length > limit ? ids.at(-1) : undefined;
  return {
    visits: await viewVisits(store, deps, ids),
    ...(last === undefined ? {} : { next: last }),
    counts: { expected, today, waiting, inside, overdue },
  };
}

/** Nobody browses: the contract asks for two characters at least. An identity number is found whole or not at all. */
function textCondition(vault: Pick<IdVault, 'hashes'>, text: string): Where {
  const contains = { contains: foldedText(text).replace(/[ -]/g, '') };
  const idNumber = tidyIdNumber(text);
  const hashes = /^[0-9A-Z]{5,}$/.test(idNumber)
    ? idKind.options.flatMap((kind) => vault.hashes(kind, idNumber))
    : [];
  const number = /^\d{1,9}$/.test(text) ? [{ passes: { some: { number: Number(text) } } }] : [];
  return {
    OR: [
      { visitor: { OR: [{ search: { contains: foldedText(text) } }, { search: contains }] } },
      { plate: { contains: tidyPlate(text) } },
      ...(hashes.length > 0 ? [{ visitor: { idHash: { in: hashes } } }] : []),
      ...number,
    ],
  };
}

/** Most hosts that one search shows: whoever is not among them is found by more of the name. */
const mostHosts = 20;

/**
 * Who may be visited: accounts that receive visitors. Nobody browses: of what is typed two letters or digits are needed,
 * and nothing is taken that stands for any letter where the store compares.
 */
export async function findHosts(store: Reader, text: string): Promise<{ id: string; name: string }[]> {
  if (/[%_]/.test(text) || (text.match(/[\p{L}\p{N}]/gu) ?? []).length < 2) return [];
  const receiving = role.options.filter((each) => capabilitiesOf[each].includes('visits.host'));
  return store.user.findMany({
    where: { name: { contains: text }, role: { in: receiving }, NOT: { banned: true } },
    select: { id: true, name: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: mostHosts,
  });
}
