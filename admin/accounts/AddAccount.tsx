import { Alert, Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type newAccount, username } from '../../server/contract/accounts.ts';
import { useChange } from '../api.ts';
import { useFormProblems } from '../ui/use-form-problems.ts';
import { RoleField } from './RoleField.tsx';
import type { Shown } from './ShownOnce.tsx';

type Fields = z.input<typeof newAccount>;

export function AddAccount({
  open,
  onClose,
  onAdded,
}: {
  open: boolean;
  onClose: () => void;
  onAdded: (shown: Shown) => void;
}) {
  const { t } = useTranslation('accounts');
  const [form] = Form.useForm<Fields>();
  const add = useChange('accounts.add', ['accounts.list']);
  const problems = useFormProblems(form);
  const close = () => {
    problems.clear();
    onClose();
  };
  return (
    <Modal
      open={open}
      title={t('add.title')}
      okText={t('add.do')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-add-account' }}
      confirmLoading={add.isPending}
      onCancel={close}
      destroyOnHidden
    >
      <Form<Fields>
        id="xm-add-account"
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        autoComplete="off"
        initialValues={{ role: 'guard' }}
        onFinish={(body) => {
          problems.clear();
          add.mutate(
            { body },
            {
              onSuccess: (added) => {
                close();
                onAdded(added);
              },
              onError: problems.show,
            },
          );
        }}
      >
        <div role="alert">
          {problems.general && (
            <Alert type="error" showIcon title={problems.general} style={{ marginBottom: 16 }} />
          )}
        </div>
        <Form.Item
          name="name"
          label={t('add.name')}
          rules={[{ required: true, whitespace: true, message: t('add.name-needed') }]}
        >
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item
          name="username"
          label={t('add.username')}
          extra={t('add.username-hint')}
          rules={[
            {
              validator: (_, value: string | undefined) =>
                username.safeParse(value ?? '').success
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('add.username-rule'))),
            },
          ]}
        >
          <Input autoCapitalize="none" spellCheck={false} maxLength={32} />
        </Form.Item>
        <RoleField />
        <p className="xm-soft">{t('add.temporary')}</p>
      </Form>
    </Modal>
  );
}
