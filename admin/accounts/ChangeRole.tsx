import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../server/contract/accounts.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { RoleField } from './RoleField.tsx';

export function ChangeRole({
  account,
  open,
  onClose,
}: {
  account: Account;
  open: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation('accounts');
  const tell = useTellProblem();
  const change = useChange('accounts.change', ['accounts.list']);
  return (
    <Modal
      open={open}
      title={t('role.title', { name: account.name })}
      okText={t('common:save')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-role' }}
      confirmLoading={change.isPending}
      onCancel={onClose}
      destroyOnHidden
    >
      <Form
        id="xm-role"
        layout="vertical"
        requiredMark={false}
        initialValues={{ role: account.role }}
        onFinish={({ role, reason }) =>
          change.mutate(
            { params: { id: account.id }, body: { role, reason } },
            { onSuccess: onClose, onError: tell },
          )
        }
      >
        <RoleField />
        <ReasonField />
      </Form>
    </Modal>
  );
}
