/** The host's own visits, as all parts of the screen ask for them: the news make them stale together. */
import { useTranslation } from 'react-i18next';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { useApi } from '../api.ts';
import { currentLanguage } from '../i18n.ts';

type Group = 'expected' | 'waiting' | 'inside';
const mostShown: Record<Group, number> = { expected: 200, waiting: 50, inside: 200 };

/** In case the news are lost. */
const freshMs = 60_000;

export function useMine(show: Group) {
  return useApi('visits.mine', { query: { show, limit: mostShown[show] } }, { refetchInterval: freshMs });
}

const pageSize = 50;

/** What is over, newest first; `after` the last visit of the page before. */
export function usePast(after: string | undefined) {
  const query = { show: 'over', limit: pageSize, ...(after === undefined ? {} : { after }) } as const;
  return useApi('visits.mine', { query }, { keepPrevious: true });
}

/** A kind of visitor by its id, with its name in the language that is shown. */
export function useTypes(): {
  types: VisitorType[];
  pending: boolean;
  nameOf: (typeId: string) => string;
} {
  useTranslation();
  const { data, isPending } = useApi('visitor-types.list', undefined, { staleTime: 300_000 });
  const types = data ?? [];
  return {
    types,
    pending: isPending,
    nameOf: (typeId) => types.find(({ id }) => id === typeId)?.names[currentLanguage()] ?? '',
  };
}

/** Overdue ones first, then who came last. */
export const byNeed = (a: Visit, b: Visit): number =>
  Number(b.overdue) - Number(a.overdue) || (b.enteredAt ?? 0) - (a.enteredAt ?? 0);
