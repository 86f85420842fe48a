import { DownOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../server/contract/accounts.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { ChangeRole } from './ChangeRole.tsx';
import type { Shown } from './ShownOnce.tsx';

type Act = 'suspend' | 'restore' | 'reset';

/** Role, password, suspension: each asked once more, and why, before it is done. */
export function AccountActions({
  account,
  onTemporary,
}: {
  account: Account;
  onTemporary: (shown: Shown) => void;
}) {
  const { t } = useTranslation('accounts');
  const saving = useSaving();
  const change = useChange('accounts.change', ['accounts.list']);
  const reset = useChange('accounts.reset', ['accounts.list']);
  const [changingRole, setChangingRole] = useState(false);
  const [asking, setAsking] = useState<Act>();
  const params = { id: account.id };
  const close = () => setAsking(undefined);

  async function act(reason: string): Promise<void> {
    if (asking === 'reset') onTemporary(await reset.mutateAsync({ params, body: { reason } }));
    else await change.mutateAsync({ params, body: { suspended: asking === 'suspend', reason } });
  }

  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'role', label: t('role.open') },
            { key: 'reset', label: t('reset.do') },
            account.suspended
              ? { key: 'restore', label: t('restore.do') }
              : { key: 'suspend', label: t('suspend.do'), danger: true },
          ],
          onClick: ({ key }) => {
            if (key === 'role') setChangingRole(true);
            else setAsking(key as Act);
          },
        }}
      >
        <Button aria-label={t('change-of', { name: account.name })}>
          {t('change')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <ReasonModal
        open={asking !== undefined}
        title={asking ? t(`${asking}.title`, { name: account.name }) : ''}
        okText={asking ? t(`${asking}.do`) : ''}
        danger={asking === 'suspend'}
        busy={change.isPending || reset.isPending}
        onConfirm={(reason) => void saving(() => act(reason), close)}
        onCancel={close}
      >
        {asking && <p>{t(`${asking}.what`)}</p>}
      </ReasonModal>
      <ChangeRole account={account} open={changingRole} onClose={() => setChangingRole(false)} />
    </>
  );
}
