import { WarningFilled } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useApi } from '../api.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useDesk } from './desk.ts';

/** Whom a held visitor may be and why that matters, for who may decide about it; nobody else is shown this. */
export function Holds({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'words']);
  const desk = useDesk();
  const overrides = useCan('visits.override');
  const holds = useApi('visits.holds', { params: { id: visit.id } });
  if (holds.isPending) return <Loading />;
  if (!holds.data) return <ErrorState error={holds.error} onRetry={() => void holds.refetch()} />;
  const denied = holds.data.some(({ entry }) => entry.list === 'deny');
  const shut = denied && !overrides;
  return (
    <section className="xm-holds" aria-labelledby="xm-holds">
      <h3 id="xm-holds">
        <WarningFilled aria-hidden /> {t('holds.title')}
      </h3>
      <ul>
        {holds.data.map(({ entry, how }) => (
          <li key={entry.id}>
            <strong>
              {t('holds.who', {
                list: t(`words:screeningList.${entry.list}`),
                name: entry.name,
                how: t(`words:screeningMatch.${how}`),
              })}
            </strong>
            <span>{entry.reason}</span>
            {entry.responder && <span>{t('holds.call', { name: entry.responder.name })}</span>}
          </li>
        ))}
      </ul>
      {shut && <p>{t('holds.no-override')}</p>}
      <div className="xm-visit-acts">
        <Button size="large" danger type="primary" onClick={() => desk.ask('screen-refuse')}>
          {t('holds.refuse')}
        </Button>
        <Button size="large" disabled={shut} onClick={() => desk.ask('screen-escort')}>
          {t('holds.escort')}
        </Button>
        <Button size="large" disabled={shut} onClick={() => desk.ask('screen-admit')}>
          {t('holds.admit')}
        </Button>
      </div>
    </section>
  );
}
