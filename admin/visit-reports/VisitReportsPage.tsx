import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';
import { dateOf, endOfDay, startOfDay } from '../ui/day-bounds.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { useZone } from '../ui/zone.tsx';
import { ExportModal } from './ExportModal.tsx';
import { ReportBody } from './ReportBody.tsx';
import { type Filter, ReportFilter } from './ReportFilter.tsx';
import { presetPeriod } from './report-view.ts';
import './visit-reports.css';

export function VisitReportsPage() {
  const { t } = useTranslation('visit-reports');
  const { timeZone, ahead } = useZone();
  const today = dateOf(performance.now() + ahead, timeZone);
  const [filter, setFilter] = useState<Filter>(() => presetPeriod('month-long', today));
  const [exporting, setExporting] = useState(false);
  const { first, last, hostId, ...who } = filter;
  const period = { from: startOfDay(first, timeZone), to: endOfDay(last, timeZone) };
  const types = useApi('visitor-types.list').data ?? [];
  const { data, error, refetch, isPlaceholderData } = useApi(
    'visits.report',
    { query: { ...period, ...who, hostId } },
    { keepPrevious: true },
  );
  // Whom to choose from is everybody who was visited, also while one is chosen.
  const all = useApi('visits.report', { query: { ...period, ...who } }, { keepPrevious: true });
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={
          <Button type="primary" icon={<DownloadOutlined aria-hidden />} onClick={() => setExporting(true)}>
            {t('export.open')}
          </Button>
        }
      />
      <ReportFilter
        filter={filter}
        today={today}
        types={types}
        hosts={all.data?.hosts ?? []}
        onChange={setFilter}
      />
      {error && (!data || isPlaceholderData) && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && !(error && isPlaceholderData) && (
        <ReportBody report={data} period={filter} types={types} stale={isPlaceholderData} />
      )}
      {exporting && (
        <ExportModal
          filter={{ ...period, ...who, hostId }}
          name={`${first}_${last}`}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}
