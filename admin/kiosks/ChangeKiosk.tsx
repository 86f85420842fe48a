import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Kiosk } from '../../server/contract/kiosks.ts';
import { useChange } from '../api.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { KioskFields, type KioskFormValues, kioskBody, kioskValues } from './KioskFields.tsx';

type Values = KioskFormValues & { reason: string };

export function ChangeKiosk({ kiosk, onClose }: { kiosk: Kiosk; onClose: () => void }) {
  const { t } = useTranslation('kiosks');
  const [form] = Form.useForm<Values>();
  const saving = useSaving(form);
  const change = useChange('kiosks.change', ['kiosks.list']);
  const { id, name } = kiosk;
  return (
    <Modal
      open
      title={t('change.title', { name })}
      okText={t('common:save')}
      cancelText={t('common:cancel')}
      okButtonProps={{ htmlType: 'submit', form: 'xm-change-kiosk' }}
      confirmLoading={change.isPending}
      onCancel={onClose}
    >
      <Form<Values>
        name="xm-change-kiosk"
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        initialValues={kioskValues(kiosk)}
        onFinish={({ reason, ...values }) =>
          void saving(
            () => change.mutateAsync({ params: { id }, body: { ...kioskBody(values), reason } }),
            onClose,
          )
        }
      >
        <KioskFields />
        <ReasonField />
      </Form>
    </Modal>
  );
}
