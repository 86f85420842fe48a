import { UserAddOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api.ts';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { AccountList } from './AccountList.tsx';
import { AddAccount } from './AddAccount.tsx';
import { RolesExplained } from './RolesExplained.tsx';
import { type Shown, ShownOnce } from './ShownOnce.tsx';
import './accounts.css';

export function AccountsPage() {
  const { t } = useTranslation('accounts');
  const accounts = useApi('accounts.list');
  const [adding, setAdding] = useState(false);
  const [shown, setShown] = useState<Shown>();
  return (
    <div className="xm-page">
      <PageHeader
        title={t('title')}
        hint={t('hint')}
        actions={
          <Button type="primary" icon={<UserAddOutlined aria-hidden />} onClick={() => setAdding(true)}>
            {t('add.open')}
          </Button>
        }
      />
      {accounts.error && !accounts.data ? (
        <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />
      ) : accounts.data ? (
        <AccountList accounts={accounts.data} onTemporary={setShown} />
      ) : (
        <Loading />
      )}
      <RolesExplained />
      <AddAccount open={adding} onClose={() => setAdding(false)} onAdded={setShown} />
      <ShownOnce shown={shown} onClose={() => setShown(undefined)} />
    </div>
  );
}
