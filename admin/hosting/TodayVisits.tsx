import { CoffeeOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { dateOf } from '../ui/day-bounds.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { byNeed, useMine } from './use-mine.ts';
import { VisitSection } from './VisitSection.tsx';

/** Who waits, who is at the school, and who comes later today. */
export function TodayVisits({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation('hosting');
  const { timeZone, ahead } = useZone();
  const today = dateOf(useNow(30_000) + ahead, timeZone);
  const [waiting, inside, expected] = [useMine('waiting'), useMine('inside'), useMine('expected')];
  const all = [waiting, inside, expected];
  const failed = all.find(({ data, error }) => data === undefined && error !== null);
  if (failed)
    return (
      <ErrorState error={failed.error} onRetry={() => void Promise.all(all.map((each) => each.refetch()))} />
    );
  if (!waiting.data || !inside.data || !expected.data) return <Loading />;
  const coming = expected.data.visits.filter(({ expectedFrom }) => dateOf(expectedFrom, timeZone) <= today);
  const nobody = waiting.data.visits.length + inside.data.visits.length + coming.length === 0;
  return (
    <div aria-live="polite">
      {nobody && (
        <EmptyState icon={<CoffeeOutlined />} title={t('nobody.today')} hint={t('nobody.today-hint')} />
      )}
      <VisitSection title={t('section.waiting')} visits={waiting.data.visits} onOpen={onOpen} urgent />
      <VisitSection
        title={t('section.inside')}
        visits={[...inside.data.visits].sort(byNeed)}
        onOpen={onOpen}
      />
      <VisitSection title={t('section.today')} visits={coming} onOpen={onOpen} />
    </div>
  );
}
