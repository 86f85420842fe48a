import { App, Form, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import { useChange } from '../../api.ts';
import { ReasonField } from '../../ui/ReasonField.tsx';
import { useNow } from '../../ui/use-now.ts';
import { useSaving } from '../../ui/use-saving.ts';

/** Records what is said on a bus, and hands it over as a file. */
export function TraceBus({ device, onClose }: { device: Device; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'campus', 'common']);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ seconds: number; reason: string }>();
  const [until, setUntil] = useState(0);
  const record = useChange('devices.trace');
  const saving = useSaving(form);
  const left = Math.max(0, Math.ceil((until - useNow(500)) / 1000));
  const range = { min: 1, max: 60 };
  return (
    <Modal
      open
      title={t('bus.trace.title', { name: device.name })}
      okText={t('bus.trace.start')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-trace' }}
      confirmLoading={record.isPending}
      onCancel={onClose}
    >
      <p>{t('bus.trace.means')}</p>
      <Form
        form={form}
        name="xm-trace"
        layout="vertical"
        requiredMark={false}
        disabled={record.isPending}
        initialValues={{ seconds: 10 }}
        onFinish={(body) => {
          setUntil(performance.now() + body.seconds * 1000);
          void saving(
            async () =>
              save(await record.mutateAsync({ params: { id: device.id }, body }), `${device.name}.osdpcap`),
            () => {
              void message.success(t('bus.trace.saved'));
              onClose();
            },
          );
        }}
      >
        <Form.Item
          name="seconds"
          label={t('bus.trace.seconds')}
          rules={[{ required: true, type: 'integer', ...range, message: t('campus:field.between', range) }]}
        >
          <InputNumber className="xm-seconds" />
        </Form.Item>
        <ReasonField suggestions={[t('bus.trace.why')]} />
      </Form>
      {record.isPending && <p role="timer">{t('bus.trace.running', { left })}</p>}
    </Modal>
  );
}

function save(bytes: Blob, name: string): void {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
