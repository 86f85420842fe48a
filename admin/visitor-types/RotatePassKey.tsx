import { App, Button, Checkbox, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';

interface Fields {
  compromised: boolean;
  reason: string;
}

/** The key that signs passes is changed now and then; or at once, when it has come into other hands. */
export function RotatePassKey() {
  const { t } = useTranslation('visitor-types');
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<Fields>();
  const compromised = Form.useWatch('compromised', form) ?? false;
  const saving = useSaving(form);
  const rotate = useChange('passes.rotate-key');
  return (
    <section className="xm-type-key">
      <h2>{t('key.title')}</h2>
      <p className="xm-soft">{t('key.hint')}</p>
      <Button onClick={() => setOpen(true)}>{t('key.do')}</Button>
      <Modal
        open={open}
        title={t('key.title')}
        okText={t(compromised ? 'key.do-compromised' : 'key.do')}
        cancelText={t('common:cancel')}
        okButtonProps={{ htmlType: 'submit', form: 'xm-pass-key', danger: compromised }}
        confirmLoading={rotate.isPending}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <p>{t('key.what')}</p>
        <Form<Fields>
          name="xm-pass-key"
          form={form}
          layout="vertical"
          requiredMark={false}
          preserve={false}
          initialValues={{ compromised: false }}
          onFinish={({ compromised, reason }) =>
            void saving(
              async () => {
                const { keyId } = await rotate.mutateAsync({ body: { compromised, reason: reason.trim() } });
                void message.success(t('key.done', { keyId }));
              },
              () => setOpen(false),
            )
          }
        >
          <Form.Item name="compromised" valuePropName="checked" extra={t('key.compromised-hint')}>
            <Checkbox>{t('key.compromised')}</Checkbox>
          </Form.Item>
          <ReasonField />
        </Form>
      </Modal>
    </section>
  );
}
