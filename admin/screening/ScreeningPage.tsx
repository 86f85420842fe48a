import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { screeningList } from '../../server/contract/screening.ts';
import { useApi } from '../api.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AddEntry } from './AddEntry.tsx';
import { EntryCard } from './EntryCard.tsx';
import { TryName } from './TryName.tsx';
import './screening.css';

export function ScreeningPage() {
  const { t } = useTranslation('screening');
  const { data, error, refetch } = useApi('screening.list');
  const canManage = useCan('visits.manage');
  const [adding, setAdding] = useState(false);
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={
          canManage && (
            <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
              {t('add.open')}
            </Button>
          )
        }
      />
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <>
          <TryName />
          {screeningList.options.map((list) => {
            const entries = data.filter((each) => each.list === list);
            return (
              <section key={list} className="xm-screening">
                <h2>{t(`${list}.title`, { count: entries.length })}</h2>
                <p className="xm-soft">{t(`${list}.hint`)}</p>
                {entries.length === 0 ? (
                  <p className="xm-card xm-screening-none">{t('nobody')}</p>
                ) : (
                  <ul className="xm-entries">
                    {entries.map((entry) => (
                      <EntryCard key={entry.id} entry={entry} />
                    ))}
                  </ul>
                )}
              </section>
            );
          })}
        </>
      )}
      {adding && <AddEntry onClose={() => setAdding(false)} />}
    </div>
  );
}
