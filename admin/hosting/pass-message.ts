import { useTranslation } from 'react-i18next';
import { passPath } from '../../server/contract/passes.ts';
import type { Visit } from '../../server/contract/visits.ts';
import { useFront } from '../session.tsx';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';

/** Where this browser reaches the school, the visitor's telephone does too. */
export const passUrl = (link: string): string => location.origin + passPath(link);

/** What a host sends to a visitor. */
export function usePassMessage(): (visit: Visit, link: string) => string {
  const { t } = useTranslation('hosting');
  const { timeZone } = useZone();
  const { school } = useFront();
  return (visit, link) =>
    t('pass.message', {
      name: visit.visitor.name,
      school: school?.name ?? '',
      time: `${formatTime(visit.expectedFrom, timeZone, 'date')} ${formatTime(visit.expectedFrom, timeZone, 'clock')}`,
      url: passUrl(link),
    });
}
