import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { VisitReport } from '../../server/contract/visit-report.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { currentLanguage } from '../i18n.ts';
import { BarTable } from '../ui/BarTable.tsx';
import { ColumnChart } from '../ui/ColumnChart.tsx';
import { columnsOf, type Period, spansOf } from './report-view.ts';

/** The counts of a period as charts, each of which is a table too. */
export function ReportBody({
  report,
  period,
  types,
  stale,
}: {
  report: VisitReport;
  period: Period;
  types: readonly VisitorType[];
  /** Of the filter before; the next is on its way. */
  stale: boolean;
}) {
  const { t } = useTranslation('visit-reports');
  const language = currentLanguage();
  const typeName = (id: string) => types.find((each) => each.id === id)?.names[language] ?? t('gone');
  const columns = columnsOf(report.days, period);
  const byMonth = columns[0]?.label.length === 7;
  const stayed = report.durations.reduce((sum, { count }) => sum + count, 0);
  const bars = (
    key: 'types' | 'hosts' | 'purposes' | 'durations',
    rows: { key: string; label: string; count: number }[],
  ) => (
    <Card
      title={t(`${key}.title`)}
      hint={key === 'durations' ? t('durations.hint', { count: stayed }) : undefined}
    >
      {rows.every(({ count }) => count === 0) ? (
        <p className="xm-soft">{t('nothing')}</p>
      ) : (
        <BarTable caption={t(`${key}.title`)} label={t(`${key}.label`)} value={t('visits')} rows={rows} />
      )}
    </Card>
  );
  return (
    <div className="xm-report" aria-busy={stale}>
      <dl className="xm-report-sums">
        <div className="xm-card">
          <dt>{t('sum.came')}</dt>
          <dd>{report.came}</dd>
        </div>
        <div className="xm-card">
          <dt>{t('sum.announced')}</dt>
          <dd>{report.announced}</dd>
        </div>
      </dl>
      <Card title={t(byMonth ? 'days.by-month' : 'days.by-day')}>
        <ColumnChart
          label={t(byMonth ? 'days.month' : 'days.day')}
          value={t('visits')}
          table={t('as-table')}
          columns={columns}
        />
      </Card>
      <div className="xm-report-bars">
        {bars(
          'types',
          report.types.map(({ typeId, count }) => ({ key: typeId, label: typeName(typeId), count })),
        )}
        {bars(
          'durations',
          spansOf(report.durations).map(({ from, to, count }) => ({
            key: String(from),
            label: to === null ? t('durations.over', { from }) : t('durations.span', { from, to }),
            count,
          })),
        )}
        {bars(
          'hosts',
          report.hosts.map(({ host, count }) => ({
            key: host?.id ?? '',
            label: host?.name ?? t('hosts.nobody'),
            count,
          })),
        )}
        {bars(
          'purposes',
          report.purposes.map(({ purpose, count }) => ({ key: purpose, label: purpose, count })),
        )}
      </div>
    </div>
  );
}

function Card({ title, hint, children }: { title: string; hint?: string | undefined; children: ReactNode }) {
  return (
    <section className="xm-card">
      <h2>{title}</h2>
      {hint && <p className="xm-soft">{hint}</p>}
      {children}
    </section>
  );
}
