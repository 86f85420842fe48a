import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder, Credential } from '../../server/contract/people.ts';
import { useChange } from '../api.ts';
import { PrintedForms } from '../reads/PrintedForms.tsx';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import {
  type CredentialMove,
  movesOf,
  shownNumber,
  standing,
  standingTone,
  statusAfter,
} from './credential-words.ts';
import { ValidityModal } from './ValidityModal.tsx';

export function CredentialList({ person, canChange }: { person: Cardholder; canChange: boolean }) {
  const { t } = useTranslation('people');
  if (person.credentials.length === 0) return <p className="xm-soft">{t('cards.none')}</p>;
  return (
    <ul className="xm-cards">
      {person.credentials.map((credential) => (
        <li key={credential.id} className="xm-card xm-credential">
          <Card credential={credential} canChange={canChange} />
        </li>
      ))}
    </ul>
  );
}

function Card({ credential, canChange }: { credential: Credential; canChange: boolean }) {
  const { t } = useTranslation('people');
  const [asking, setAsking] = useState<CredentialMove | 'validity'>();
  const change = useChange('credentials.change', ['people.get', 'people.list']);
  const saving = useSaving();
  const { ahead } = useZone();
  const now = standing(credential, performance.now() + ahead);
  const number = shownNumber(credential).text;
  const close = () => setAsking(undefined);
  const move = asking === 'validity' ? undefined : asking;
  return (
    <>
      <div className="xm-credential-head">
        <StatusTag tone={standingTone[now]}>{t(`standing.${now}`)}</StatusTag>
        <Validity credential={credential} />
      </div>
      {credential.printed.length > 0 ? (
        <PrintedForms printed={credential.printed} sent={null} />
      ) : (
        <code className="xm-key">{credential.key ?? number}</code>
      )}
      {credential.key === null && <span className="xm-soft">{t('cards.masked')}</span>}
      {credential.form && (
        <span className="xm-soft">{t('cards.enrolled-as', { form: credential.form })}</span>
      )}
      {canChange && (
        <div className="xm-person-moves">
          {movesOf(credential.status).map((each) => (
            <Button key={each} danger={each === 'lost' || each === 'suspend'} onClick={() => setAsking(each)}>
              {t(`card-move.${each}.do`)}
            </Button>
          ))}
          <Button onClick={() => setAsking('validity')}>{t('validity.change')}</Button>
        </div>
      )}
      <ReasonModal
        open={move !== undefined}
        title={move ? t(`card-move.${move}.title`, { number }) : ''}
        okText={move ? t(`card-move.${move}.do`) : ''}
        danger={move === 'lost' || move === 'suspend'}
        busy={change.isPending}
        onConfirm={(reason) =>
          void saving(
            () =>
              change.mutateAsync({
                params: { id: credential.id },
                body: { ...(move && { status: statusAfter[move] }), reason },
              }),
            close,
          )
        }
        onCancel={close}
      >
        {move && <p>{t(`card-move.${move}.means`)}</p>}
      </ReasonModal>
      {asking === 'validity' && <ValidityModal credential={credential} onClose={close} />}
    </>
  );
}

function Validity({ credential: { validFrom, validUntil } }: { credential: Credential }) {
  const { t } = useTranslation('people');
  if (validFrom === null && validUntil === null)
    return <span className="xm-soft">{t('validity.always')}</span>;
  return (
    <span className="xm-soft">
      {validFrom !== null && (
        <>
          {t('validity.from')} <Time at={validFrom} style="full" />
        </>
      )}
      {validFrom !== null && validUntil !== null && ' '}
      {validUntil !== null && (
        <>
          {t('validity.until')} <Time at={validUntil} style="full" />
        </>
      )}
    </span>
  );
}
