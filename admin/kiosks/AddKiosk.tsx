import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useApi, useChange } from '../api.ts';
import { useSaving } from '../ui/use-saving.ts';
import type { Shown } from './PairingCode.tsx';

interface Fields {
  name: string;
  gateId?: string;
}

export function AddKiosk({ onClose, onAdded }: { onClose: () => void; onAdded: (shown: Shown) => void }) {
  const { t } = useTranslation('kiosks');
  const [form] = Form.useForm<Fields>();
  const saving = useSaving(form);
  const gates = useApi('campus.get').data?.gates ?? [];
  const add = useChange('kiosks.add', ['kiosks.list']);
  return (
    <Modal
      open
      title={t('add.title')}
      okText={t('add.do')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-add-kiosk' }}
      confirmLoading={add.isPending}
      onCancel={onClose}
    >
      <Form<Fields>
        name="xm-add-kiosk"
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        onFinish={({ name, gateId }) =>
          void saving(async () => {
            const shown = await add.mutateAsync({ body: { name, gateId: gateId ?? null } });
            onClose();
            onAdded(shown);
          })
        }
      >
        <Form.Item
          name="name"
          label={t('add.name')}
          extra={t('add.name-hint')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input autoFocus maxLength={100} />
        </Form.Item>
        <Form.Item name="gateId" label={t('add.gate')}>
          <Select
            allowClear
            placeholder={t('no-gate')}
            options={gates.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
