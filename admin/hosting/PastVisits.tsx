import { HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { usePast } from './use-mine.ts';
import { VisitSection } from './VisitSection.tsx';

/** Newest first, page by page. */
export function PastVisits({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation('hosting');
  const [afters, setAfters] = useState<string[]>([]);
  const past = usePast(afters.at(-1));
  if (past.isPending) return <Loading />;
  if (!past.data) return <ErrorState error={past.error} onRetry={() => void past.refetch()} />;
  const { visits, next } = past.data;
  if (visits.length === 0 && afters.length === 0)
    return <EmptyState icon={<HistoryOutlined />} title={t('nobody.past')} />;
  return (
    <>
      <VisitSection title={t('section.past')} visits={visits} onOpen={onOpen} dated />
      <nav className="xm-visit-pages" aria-label={t('pages.label')}>
        {afters.length > 0 && (
          <Button onClick={() => setAfters(afters.slice(0, -1))}>{t('pages.newer')}</Button>
        )}
        {next !== undefined && (
          <Button onClick={() => setAfters([...afters, next])}>{t('pages.older')}</Button>
        )}
      </nav>
    </>
  );
}
