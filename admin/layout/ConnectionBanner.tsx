import { DisconnectOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../LiveProvider.tsx';
import { formatTime } from '../ui/format-time.ts';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import './banners.css';

/** Says loudly that what is shown has stopped, and how old it is. */
export function ConnectionBanner({ loud = false }: { loud?: boolean }) {
  const { t } = useTranslation('shell');
  const connection = useConnection();
  return (
    <section aria-label={t('banner.connection')} aria-live="assertive">
      {connection.state === 'lost' && (
        <div className={loud ? 'xm-banner xm-banner-lost xm-banner-loud' : 'xm-banner xm-banner-lost'}>
          <DisconnectOutlined aria-hidden />
          <span>
            <strong>{t('banner.lost')}</strong> <LostSince since={connection.since} />
          </span>
        </div>
      )}
    </section>
  );
}

function LostSince({ since }: { since: number }) {
  const { t } = useTranslation('shell');
  const { timeZone, ahead } = useZone();
  const seconds = Math.max(0, Math.round((useNow(1000) - since) / 1000));
  const time = formatTime(since + ahead, timeZone, 'time');
  // A screen reader is told once, not every second.
  return (
    <>
      <span>{t('banner.data-of', { time })}</span>{' '}
      <span aria-hidden>
        {seconds < 120
          ? t('banner.seconds', { count: seconds })
          : t('banner.minutes', { count: Math.floor(seconds / 60) })}
      </span>
    </>
  );
}
