import { CheckCircleFilled, CloseCircleFilled, IdcardOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenDocument } from '../../server/contract/documents.ts';
import { useApi } from '../api.ts';
import { useDevicesOf } from '../campus/use-devices-of.ts';
import { useDeviceStatuses, useDocuments } from '../LiveProvider.tsx';
import { LayCard } from '../reads/LayCard.tsx';
import { useCan } from '../session.tsx';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';
import { useRemembered } from './use-remembered.ts';

type Said = { is: 'waiting' | 'read' | 'expired' | 'taken' } | { is: 'unread'; why: string };

/** Waits at the desk's reader of identity cards while the form is open; nothing where the school has none. */
export function CardReader({
  onRead,
}: {
  onRead: (document: Extract<SeenDocument, { idKind: string }>) => void;
}) {
  const { t } = useTranslation('visitors');
  const { timeZone, ahead } = useZone();
  // What lies on a kiosk's own reader is for the kiosk alone.
  const kiosks = useApi('kiosks.list').data;
  const statuses = useDeviceStatuses();
  const simulates = useCan('devices.simulate');
  const all = useDevicesOf('document-reader');
  const readers = kiosks ? all.filter(({ id }) => !kiosks.some((each) => each.documentDeviceId === id)) : [];
  const [remembered, remember] = useRemembered('card-reader', '');
  const reader = readers.find(({ id }) => id === remembered) ?? readers[0];
  const [turn, setTurn] = useState(0);
  const [said, setSaid] = useState<Said>({ is: 'waiting' });
  useDocuments(reader?.id, turn, (told) => {
    if (told === 'taken') return setSaid({ is: 'taken' });
    if ('unread' in told) return setSaid({ is: 'unread', why: told.unread });
    const today = formatTime(performance.now() + ahead, timeZone, 'date');
    setSaid({ is: told.validUntil !== undefined && told.validUntil < today ? 'expired' : 'read' });
    onRead(told);
  });
  if (!reader) return null;
  const online = (statuses.get(reader.id) ?? reader.status)?.state === 'online';
  const bad = !online || said.is === 'unread' || said.is === 'taken' || said.is === 'expired';
  return (
    <section className="xm-card-reader" data-said={online ? said.is : 'offline'} aria-label={t('card.title')}>
      <p role="status">
        {bad ? (
          <CloseCircleFilled aria-hidden />
        ) : said.is === 'read' ? (
          <CheckCircleFilled aria-hidden />
        ) : (
          <IdcardOutlined aria-hidden />
        )}
        <span>
          {!online
            ? t('card.offline')
            : said.is === 'unread'
              ? t(`card.unread.${said.why}`)
              : t(`card.${said.is}`)}
        </span>
      </p>
      {said.is === 'taken' && (
        <Button
          onClick={() => {
            setTurn(turn + 1);
            setSaid({ is: 'waiting' });
          }}
        >
          {t('card.take-back')}
        </Button>
      )}
      {readers.length > 1 && (
        <Select
          aria-label={t('card.title')}
          value={reader.id}
          options={readers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => {
            remember(id);
            setSaid({ is: 'waiting' });
          }}
        />
      )}
      {simulates && reader.address.kind === 'sim' && (
        <details>
          <summary>{t('card.simulate')}</summary>
          <LayCard deviceId={reader.id} />
        </details>
      )}
    </section>
  );
}
