import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Gate } from '../../server/contract/gates.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';

/** Adds a gate, or renames the given one. */
export function GateNameModal({ gate, onClose }: { gate?: Gate; onClose: () => void }) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const [form] = Form.useForm<{ name: string; reason: string }>();
  const add = useChange('gates.add', ['campus.get']);
  const change = useChange('gates.change', ['campus.get']);
  const saving = useSaving(form);
  const save = (name: string, reason: string) =>
    saving(
      () =>
        gate
          ? change.mutateAsync({ params: { id: gate.id }, body: { name, reason } })
          : add.mutateAsync({ body: { name } }),
      onClose,
    );
  return (
    <Modal
      open
      title={gate ? t('gate.rename') : t('gate.add')}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-gate-name' }}
      confirmLoading={add.isPending || change.isPending}
      onCancel={onClose}
    >
      <Form
        name="xm-gate-name"
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ name: gate?.name ?? '' }}
        onFinish={({ name, reason }) => void save(name.trim(), reason)}
      >
        <Form.Item
          name="name"
          label={t('gate.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input autoFocus maxLength={100} placeholder={t('gate.name-example')} />
        </Form.Item>
        {gate && <ReasonField />}
      </Form>
    </Modal>
  );
}
