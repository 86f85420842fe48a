import { CheckOutlined, CopyOutlined } from '@ant-design/icons';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../server/contract/accounts.ts';
import { formatTime } from '../ui/format-time.ts';
import { useZone } from '../ui/zone.tsx';

export interface Shown {
  account: Account;
  temporaryPassword: string;
}

/** A temporary password, this one time: it is not kept anywhere in clear. */
export function ShownOnce({ shown, onClose }: { shown: Shown | undefined; onClose: () => void }) {
  const { t } = useTranslation('accounts');
  return (
    <Modal
      open={shown !== undefined}
      title={shown && t('once.title', { name: shown.account.name })}
      // A stray press beside it must not lose the password.
      mask={{ closable: false }}
      keyboard={false}
      closable={false}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('once.done')}
        </Button>
      }
      destroyOnHidden
    >
      {shown && <Once shown={shown} />}
    </Modal>
  );
}

function Once({ shown: { account, temporaryPassword } }: { shown: Shown }) {
  const { t } = useTranslation('accounts');
  const { timeZone } = useZone();
  const [copied, setCopied] = useState<boolean>();
  const until = formatTime(account.temporaryUntil ?? 0, timeZone, 'full');
  // Without HTTPS a browser offers no clipboard: the password can still be selected.
  const copy = () => {
    const done =
      navigator.clipboard?.writeText(temporaryPassword) ?? Promise.reject(new Error('no clipboard'));
    done.then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <div className="xm-once">
      <Alert type="warning" showIcon title={t('once.warning')} />
      <dl>
        <dt>{t('add.username')}</dt>
        <dd>
          <code>{account.username}</code>
        </dd>
        <dt>{t('once.password')}</dt>
        <dd className="xm-once-password">
          <code>{temporaryPassword}</code>
          <Button icon={copied ? <CheckOutlined aria-hidden /> : <CopyOutlined aria-hidden />} onClick={copy}>
            {copied ? t('common:copied') : t('common:copy')}
          </Button>
        </dd>
      </dl>
      <p className="xm-soft" role="status">
        {copied === false ? t('once.by-hand') : t('once.next', { until })}
      </p>
    </div>
  );
}
