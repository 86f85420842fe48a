import type { Visit } from '../../server/contract/visits.ts';
import { askAgain, useApi } from '../api.ts';
import { useVisitNews } from '../LiveProvider.tsx';
import { useCan } from '../session.tsx';

const none: Visit[] = [];

/** One's own visitors at the gate who wait for one's word; asked again whenever something of a visit happens. */
export function useWaiting(): Visit[] {
  const enabled = useCan('visits.host');
  const waiting = useApi(
    'visits.mine',
    { query: { show: 'waiting', limit: 50 } },
    { enabled, refetchInterval: 60_000 },
  );
  return waiting.data?.visits.filter(waitsForHost) ?? none;
}

export const waitsForHost = ({ state, pending }: Visit): boolean =>
  state === 'waiting' && pending.includes('host');

/** For an account that has visitors of its own: what its screens show of them follows the news. */
export function useFollowedVisits(): void {
  useVisitNews(() => void askAgain(['visits.mine']));
}
