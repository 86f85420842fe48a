import { DownOutlined } from '@ant-design/icons';
import { App, Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../server/contract/accounts.ts';
import { useChange, useProblemText } from '../api.ts';
import { ChangeRole } from './ChangeRole.tsx';
import type { Shown } from './ShownOnce.tsx';

/** Role, password, suspension: each asked once more before it is done. */
export function AccountActions({
  account,
  onTemporary,
}: {
  account: Account;
  onTemporary: (shown: Shown) => void;
}) {
  const { t } = useTranslation('accounts');
  const { modal, message } = App.useApp();
  const text = useProblemText();
  const change = useChange('accounts.change', ['accounts.list']);
  const reset = useChange('accounts.reset', ['accounts.list']);
  const [changingRole, setChangingRole] = useState(false);
  const params = { id: account.id };
  const failed = (error: unknown) => void message.error(text(error));

  function askSuspend(suspended: boolean): void {
    const what = suspended ? 'suspend' : 'restore';
    void modal.confirm({
      title: t(`${what}.title`, { name: account.name }),
      content: t(`${what}.what`),
      okText: t(`${what}.do`),
      okButtonProps: { danger: suspended },
      onOk: () => change.mutateAsync({ params, body: { suspended } }).catch(failed),
    });
  }

  function askReset(): void {
    void modal.confirm({
      title: t('reset.title', { name: account.name }),
      content: t('reset.what'),
      okText: t('reset.do'),
      onOk: () => reset.mutateAsync({ params }).then(onTemporary, failed),
    });
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
            else if (key === 'reset') askReset();
            else askSuspend(key === 'suspend');
          },
        }}
      >
        <Button aria-label={t('change-of', { name: account.name })}>
          {t('change')} <DownOutlined aria-hidden />
        </Button>
      </Dropdown>
      <ChangeRole account={account} open={changingRole} onClose={() => setChangingRole(false)} />
    </>
  );
}
