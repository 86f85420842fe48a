import { CheckCircleFilled } from '@ant-design/icons';
import { Alert, Button, Modal, QRCode } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { pairingCode } from '../../server/contract/kiosks.ts';
import { useApi, useChange } from '../api.ts';
import { palette } from '../theme.ts';
import { useSaving } from '../ui/use-saving.ts';
import { useTimeLeft } from '../ui/use-time-left.ts';
import { kioskAddress } from './kiosk-words.ts';

export type Shown = z.output<typeof pairingCode>;

/** So soon after it is typed the page says so. */
const askMs = 2_000;

/** A pairing code while it counts: what to open on the kiosk, what to type there, and for how long. */
export function PairingCode({
  shown,
  onNew,
  onClose,
}: {
  shown: Shown;
  onNew: (shown: Shown) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('kiosks');
  const { id, name, pairedAt } = shown.kiosk;
  const now = useApi('kiosks.list', undefined, { refetchInterval: askMs }).data?.find(
    (each) => each.id === id,
  );
  const paired = now !== undefined && now.pairedAt !== pairedAt;
  return (
    <Modal
      open
      title={t('code.title', { name })}
      // A stray press beside it must not lose the code.
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        <Button type={paired ? 'primary' : 'default'} onClick={onClose}>
          {t(paired ? 'code.done' : 'common:close')}
        </Button>
      }
    >
      <div role="status">
        {paired && (
          <p className="xm-paired">
            <CheckCircleFilled aria-hidden /> {t('code.paired', { name })}
          </p>
        )}
      </div>
      {!paired && <Steps shown={shown} onNew={onNew} />}
    </Modal>
  );
}

function Steps({ shown, onNew }: { shown: Shown; onNew: (shown: Shown) => void }) {
  const { t } = useTranslation('kiosks');
  const left = useTimeLeft(shown.until);
  const saving = useSaving();
  const show = useChange('kiosks.show-code', ['kiosks.list']);
  const { address, hitch } = kioskAddress(location);
  const { id, pairedAt } = shown.kiosk;
  return (
    <ol className="xm-pairing">
      <li>
        <p>{t('code.open')}</p>
        <div className="xm-pairing-address">
          <code>{address}</code>
          <div aria-hidden>
            <QRCode type="svg" value={address} size={128} color={palette.ink} bordered={false} />
          </div>
        </div>
        {hitch && <Alert type="warning" showIcon title={t(`code.${hitch}`)} />}
      </li>
      <li>
        <p>{t('code.type')}</p>
        {left === undefined ? (
          <>
            <p className="xm-pairing-over">{t('code.over')}</p>
            <Button
              type="primary"
              loading={show.isPending}
              onClick={() =>
                void saving(async () => onNew(await show.mutateAsync({ params: { id }, body: {} })))
              }
            >
              {t('code.new')}
            </Button>
          </>
        ) : (
          <>
            <p className="xm-pairing-code" data-code={shown.code}>
              {shown.code.replace(/^(\d{4})(?=\d)/, '$1 ')}
            </p>
            <p role="timer">{t('code.left', { left })}</p>
          </>
        )}
        {pairedAt !== null && <p className="xm-soft">{t('code.before')}</p>}
      </li>
    </ol>
  );
}
