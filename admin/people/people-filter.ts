/** The list's filter, kept in the page's address so that a link and the back button bring it again. */
import { type CardholderKind, cardholderKind, cardholderStatus } from '../../server/contract/words.ts';

export interface PeopleFilter {
  text: string;
  kind: CardholderKind | undefined;
  status: 'active' | 'suspended' | 'left' | undefined;
}

export const noFilter: PeopleFilter = { text: '', kind: undefined, status: undefined };

export function readFilter(search: URLSearchParams): PeopleFilter {
  const kind = cardholderKind.safeParse(search.get('kind'));
  const status = cardholderStatus.safeParse(search.get('status'));
  return {
    text: (search.get('q') ?? '').slice(0, 100),
    kind: kind.data,
    status: status.data,
  };
}

/** Writes the filter into what the address holds, leaving its other parts alone. */
export function writeFilter(search: URLSearchParams, { text, kind, status }: PeopleFilter): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of [
    ['q', text.trim()],
    ['kind', kind],
    ['status', status],
  ] as const) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export function isFiltered({ text, kind, status }: PeopleFilter): boolean {
  return text.trim() !== '' || kind !== undefined || status !== undefined;
}
