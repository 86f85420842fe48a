import { CalendarOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { currentLanguage } from '../i18n.ts';
import { dateOf } from '../ui/day-bounds.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { useMine } from './use-mine.ts';
import { VisitSection } from './VisitSection.tsx';

/** Who is invited for a later day, day by day. */
export function ComingVisits({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation('hosting');
  const { timeZone, ahead } = useZone();
  const today = dateOf(useNow(30_000) + ahead, timeZone);
  const expected = useMine('expected');
  if (expected.isPending) return <Loading />;
  if (!expected.data) return <ErrorState error={expected.error} onRetry={() => void expected.refetch()} />;
  const days = new Map<string, Visit[]>();
  for (const visit of expected.data.visits) {
    const date = dateOf(visit.expectedFrom, timeZone);
    if (date > today) days.set(date, [...(days.get(date) ?? []), visit]);
  }
  if (days.size === 0)
    return (
      <EmptyState icon={<CalendarOutlined />} title={t('nobody.coming')} hint={t('nobody.coming-hint')} />
    );
  return (
    <>
      {[...days].map(([date, visits]) => (
        <VisitSection key={date} title={dayName(date)} visits={visits} onOpen={onOpen} />
      ))}
      {expected.data.next !== undefined && <p className="xm-soft">{t('more-coming')}</p>}
    </>
  );
}

/** The date with its day of the week. */
function dayName(date: string): string {
  const format = new Intl.DateTimeFormat(currentLanguage(), {
    ...{ timeZone: 'UTC', weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  });
  return format.format(Date.parse(`${date}T00:00:00Z`));
}
