import { PauseOutlined, PlayCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type LogRow, logFilter } from '../../server/contract/log.ts';
import { PageHeader } from '../ui/PageHeader.tsx';
import { FilterBar } from './FilterBar.tsx';
import { LogDetail } from './LogDetail.tsx';
import { LogList } from './LogList.tsx';
import { type FilterField, readFilter, withField } from './log-state.ts';
import { NewestPassage } from './NewestPassage.tsx';
import { useLog } from './use-log.ts';
import './live-log.css';

/** What happens at the gates, as it happens, and what happened before. */
export function LiveLogPage() {
  const { t } = useTranslation('live-log');
  const [search, setSearch] = useSearchParams();
  const filter = useMemo(() => readFilter(search, (raw) => logFilter.safeParse(raw).data), [search]);
  const log = useLog(filter);
  const [opened, setOpened] = useState<LogRow>();
  const setField = (field: FilterField, value: string | undefined) =>
    setSearch((now) => withField(now, field, value), { replace: true });

  return (
    <div className="xm-log-page">
      <PageHeader
        title={t('title')}
        actions={
          <Button
            icon={log.paused ? <PlayCircleOutlined aria-hidden /> : <PauseOutlined aria-hidden />}
            onClick={log.paused ? log.resume : log.pause}
          >
            {log.paused ? t('resume') : t('pause')}
          </Button>
        }
      />
      <FilterBar filter={filter} onField={setField} onClear={() => setSearch({}, { replace: true })} />
      <NewestPassage newest={log.rows[0]} />
      <LogList
        // Another filter is another list: it begins at its top.
        key={JSON.stringify(filter)}
        log={log}
        filtered={Object.keys(filter).length > 0}
        onOpen={setOpened}
      />
      <LogDetail
        row={opened}
        onClose={() => setOpened(undefined)}
        onPerson={(id) => {
          setOpened(undefined);
          setField('cardholderId', id);
        }}
      />
    </div>
  );
}
