import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Kiosk } from '../../server/contract/kiosks.ts';
import { useChange } from '../api.ts';
import { useNames } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { Time } from '../ui/Time.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { ChangeKiosk } from './ChangeKiosk.tsx';
import { partsOf, stateTones } from './kiosk-words.ts';
import type { Shown } from './PairingCode.tsx';

/** How one kiosk is, as it told last; what it is set to, a new code and its end. */
export function KioskCard({ kiosk, onCode }: { kiosk: Kiosk; onCode: (shown: Shown) => void }) {
  const { t } = useTranslation('kiosks');
  const names = useNames();
  const canManage = useCan('devices.manage');
  const saving = useSaving();
  const show = useChange('kiosks.show-code', ['kiosks.list']);
  const revoke = useChange('kiosks.revoke', ['kiosks.list']);
  const { id, name, gateId, state, seenAt, waiting, version } = kiosk;
  const params = { id };
  const [changing, setChanging] = useState(false);
  return (
    <article className="xm-card xm-kiosk" aria-labelledby={`kiosk-${id}`}>
      <header>
        <div>
          <h2 id={`kiosk-${id}`}>{name}</h2>
          <p className="xm-soft">{gateId === null ? t('no-gate') : names.gate(gateId)}</p>
        </div>
        <StatusTag tone={stateTones[state]}>{t(`state.${state}`)}</StatusTag>
      </header>
      <p className="xm-kiosk-tags">
        {partsOf(kiosk).map(({ key, tone }) => (
          <StatusTag key={key} tone={tone}>
            {t(key, { count: waiting })}
          </StatusTag>
        ))}
      </p>
      <p className="xm-soft">
        {seenAt === null ? (
          t(state === 'unpaired' ? 'not-paired' : 'never-seen')
        ) : (
          <>
            {t('seen')} <Time at={seenAt} />
            {version !== null && ` · ${t('version', { version })}`}
          </>
        )}
      </p>
      {canManage && state !== 'revoked' && (
        <footer>
          <Button aria-label={t('change.of', { name })} onClick={() => setChanging(true)}>
            {t('change.open')}
          </Button>
          <Button
            loading={show.isPending}
            aria-label={t('code.new-for', { name })}
            onClick={() => void saving(async () => onCode(await show.mutateAsync({ params, body: {} })))}
          >
            {t('code.new')}
          </Button>
          <RemoveButton
            label={t('revoke.do')}
            title={t('revoke.sure', { name })}
            hint={t(waiting > 0 ? 'revoke.waiting' : 'revoke.what', { count: waiting })}
            okText={t('revoke.do')}
            onRemove={(reason) => revoke.mutateAsync({ params, body: { reason } })}
          />
        </footer>
      )}
      {changing && <ChangeKiosk kiosk={kiosk} onClose={() => setChanging(false)} />}
    </article>
  );
}
