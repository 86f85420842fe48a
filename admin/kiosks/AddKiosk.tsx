import { Form, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../api.ts';
import { useSaving } from '../ui/use-saving.ts';
import { KioskFields, type KioskFormValues, kioskBody } from './KioskFields.tsx';
import type { Shown } from './PairingCode.tsx';

export function AddKiosk({ onClose, onAdded }: { onClose: () => void; onAdded: (shown: Shown) => void }) {
  const { t } = useTranslation('kiosks');
  const [form] = Form.useForm<KioskFormValues>();
  const saving = useSaving(form);
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
      <Form<KioskFormValues>
        name="xm-add-kiosk"
        form={form}
        layout="vertical"
        requiredMark={false}
        autoComplete="off"
        onFinish={(values) =>
          void saving(async () => {
            const shown = await add.mutateAsync({ body: kioskBody(values) });
            onClose();
            onAdded(shown);
          })
        }
      >
        <KioskFields />
      </Form>
    </Modal>
  );
}
