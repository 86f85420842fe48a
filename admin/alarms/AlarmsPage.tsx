import { CheckCircleOutlined } from '@ant-design/icons';
import { Button, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { Alarm } from '../../server/contract/alarms.ts';
import { useApi } from '../api.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AlarmRow } from './AlarmRow.tsx';
import { byUrgency, olderThan } from './alarm-words.ts';
import './alarms.css';

const pageSize = 100;
const freshMs = 30_000;

export function AlarmsPage() {
  const { t } = useTranslation('alarms');
  const [search, setSearch] = useSearchParams();
  const show = search.get('show') === 'all' ? 'all' : 'open';
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        actions={
          <Radio.Group
            aria-label={t('show.label')}
            optionType="button"
            buttonStyle="solid"
            value={show}
            options={(['open', 'all'] as const).map((value) => ({ value, label: t(`show.${value}`) }))}
            onChange={({ target }) =>
              setSearch(target.value === 'open' ? {} : { show: target.value }, { replace: true })
            }
          />
        }
      />
      {show === 'open' ? <OpenAlarms /> : <AllAlarms />}
    </div>
  );
}

/** Asked again whenever the live feed tells of an alarm; the slow beat is for a feed that is broken. */
function OpenAlarms() {
  const { t } = useTranslation('alarms');
  const alarms = useApi(
    'alarms.list',
    { query: { show: 'open', limit: 200 } },
    { refetchInterval: freshMs, keepPrevious: true },
  );
  if (alarms.isPending) return <Loading />;
  if (!alarms.data) return <ErrorState error={alarms.error} onRetry={() => void alarms.refetch()} />;
  const { open } = alarms.data;
  const listed = [...alarms.data.alarms].sort(byUrgency);
  if (listed.length === 0)
    return (
      <EmptyState
        icon={<CheckCircleOutlined className="xm-quiet" />}
        title={t('quiet')}
        hint={t('quiet-hint')}
      />
    );
  return (
    <>
      <p className="xm-soft" aria-live="polite">
        {t('open-count', { count: open })}
      </p>
      <AlarmList alarms={listed} />
      {open > listed.length && <p className="xm-soft">{t('more-open', { count: open - listed.length })}</p>}
    </>
  );
}

/** Newest first; older ones are asked for as pages before the oldest shown. */
function AllAlarms() {
  const { t } = useTranslation('alarms');
  const [befores, setBefores] = useState<number[]>([]);
  const first = useApi(
    'alarms.list',
    { query: { show: 'all', limit: pageSize } },
    { refetchInterval: freshMs, keepPrevious: true },
  );
  const before = befores.at(-1);
  const older = useApi(
    'alarms.list',
    { query: { show: 'all', limit: pageSize, ...(before !== undefined && { before }) } },
    { enabled: before !== undefined, keepPrevious: true },
  );
  if (first.isPending) return <Loading />;
  const shown = before === undefined ? first : older;
  if (!shown.data) {
    return shown.error ? (
      <ErrorState error={shown.error} onRetry={() => void shown.refetch()} />
    ) : (
      <Loading />
    );
  }
  const { alarms } = shown.data;
  const next = olderThan(alarms, pageSize);
  if (alarms.length === 0 && before === undefined)
    return <EmptyState icon={<CheckCircleOutlined className="xm-quiet" />} title={t('never')} />;
  return (
    <>
      <AlarmList alarms={alarms} />
      <nav className="xm-alarm-pages" aria-label={t('pages')}>
        {befores.length > 0 && <Button onClick={() => setBefores(befores.slice(0, -1))}>{t('newer')}</Button>}
        {next !== undefined && <Button onClick={() => setBefores([...befores, next])}>{t('older')}</Button>}
      </nav>
    </>
  );
}

function AlarmList({ alarms }: { alarms: Alarm[] }) {
  return (
    <ul className="xm-alarms">
      {alarms.map((alarm) => (
        <li key={alarm.id}>
          <AlarmRow alarm={alarm} />
        </li>
      ))}
    </ul>
  );
}
