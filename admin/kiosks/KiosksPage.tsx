import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';
import { useCan } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AddKiosk } from './AddKiosk.tsx';
import { KioskCard } from './KioskCard.tsx';
import { sortKiosks } from './kiosk-words.ts';
import { PairingCode, type Shown } from './PairingCode.tsx';
import './kiosks.css';

/** Kiosks tell of themselves every half minute. */
const askMs = 10_000;

export function KiosksPage() {
  const { t } = useTranslation('kiosks');
  const { data, error, refetch } = useApi('kiosks.list', undefined, {
    refetchInterval: ({ state }) => (state.data === undefined ? false : askMs),
  });
  const canManage = useCan('devices.manage');
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Shown>();
  const add = canManage && (
    <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding(true)}>
      {t('add.open')}
    </Button>
  );
  const { serving, revoked } = sortKiosks(data ?? []);
  const none = data && serving.length === 0;
  return (
    <div className="xm-page">
      <PageHeader title={t('title')} hint={t('hint')} actions={!none && add} />
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {none && <EmptyState title={t('none')} hint={t('none-hint')} action={add} />}
      <div className="xm-kiosks">
        {serving.map((kiosk) => (
          <KioskCard key={kiosk.id} kiosk={kiosk} onCode={setShown} />
        ))}
      </div>
      {revoked.length > 0 && (
        <details className="xm-kiosks-revoked">
          <summary>{t('revoked', { count: revoked.length })}</summary>
          <div className="xm-kiosks">
            {revoked.map((kiosk) => (
              <KioskCard key={kiosk.id} kiosk={kiosk} onCode={setShown} />
            ))}
          </div>
        </details>
      )}
      {adding && <AddKiosk onClose={() => setAdding(false)} onAdded={setShown} />}
      {shown && <PairingCode shown={shown} onNew={setShown} onClose={() => setShown(undefined)} />}
    </div>
  );
}
