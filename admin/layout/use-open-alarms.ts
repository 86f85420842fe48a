import { askAgain, useApi } from '../api.ts';
import { useLiveRows } from '../LiveProvider.tsx';
import { useCan } from '../session.tsx';

/** How many alarms are open; asked again when the live feed tells of one. */
export function useOpenAlarms(): number {
  const enabled = useCan('alarms.read');
  const alarms = useApi(
    'alarms.list',
    { query: { show: 'open', limit: 1 } },
    { enabled, refetchInterval: 60_000, keepPrevious: true },
  );
  useLiveRows((rows) => {
    if (enabled && rows.some(({ event }) => event.type.startsWith('alarm.'))) void askAgain(['alarms.list']);
  });
  return alarms.data?.open ?? 0;
}
