import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { useSaving } from '../ui/use-saving.ts';

/** Whether a person has a PIN, and the way to one. */
export function PinBox({ person }: { person: Cardholder }) {
  const { t } = useTranslation('people');
  const { message } = App.useApp();
  const [setting, setSetting] = useState(false);
  const set = useChange('people.set-pin', ['people.get']);
  const { id, name, hasPin } = person;
  return (
    <section className="xm-people-block">
      <h2>{t('pin.title')}</h2>
      <p>{t(hasPin ? 'pin.set' : 'pin.none')}</p>
      <p className="xm-soft">{t('pin.hint')}</p>
      <div className="xm-person-moves">
        <Button onClick={() => setSetting(true)}>{t(hasPin ? 'pin.change' : 'pin.do')}</Button>
        {hasPin && (
          <RemoveButton
            label={t('pin.remove')}
            title={t('pin.remove-sure', { name })}
            onRemove={(reason) => set.mutateAsync({ params: { id }, body: { pin: null, reason } })}
            onRemoved={() => void message.success(t('pin.removed'))}
          />
        )}
      </div>
      {setting && <SetPin person={person} onClose={() => setSetting(false)} />}
    </section>
  );
}

function SetPin({ person: { id, name }, onClose }: { person: Cardholder; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ pin: string; again: string; reason: string }>();
  const set = useChange('people.set-pin', ['people.get']);
  const saving = useSaving(form);
  const field = { inputMode: 'numeric' as const, maxLength: 8, autoComplete: 'off' };
  return (
    <Modal
      open
      title={t('pin.title-of', { name })}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-pin' }}
      confirmLoading={set.isPending}
      onCancel={onClose}
    >
      <Form
        form={form}
        name="xm-pin"
        layout="vertical"
        requiredMark={false}
        onFinish={({ pin, reason }) =>
          void saving(
            () => set.mutateAsync({ params: { id }, body: { pin, reason } }),
            () => {
              void message.success(t('pin.saved'));
              onClose();
            },
          )
        }
      >
        <Form.Item
          name="pin"
          label={t('pin.field')}
          extra={t('pin.field-hint')}
          rules={[{ required: true, pattern: /^\d{4,8}$/, message: t('pin.digits') }]}
        >
          <Input.Password {...field} />
        </Form.Item>
        <Form.Item
          name="again"
          label={t('pin.again')}
          dependencies={['pin']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value?: string) =>
                value === getFieldValue('pin')
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('pin.differ'))),
            }),
          ]}
        >
          <Input.Password {...field} />
        </Form.Item>
        <p>{t('pin.duress')}</p>
        <ReasonField />
      </Form>
    </Modal>
  );
}
