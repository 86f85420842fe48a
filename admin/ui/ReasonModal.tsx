import { Form, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ReasonField } from './ReasonField.tsx';

/** Asks for the reason of an act before it is done; the reason goes into the record. */
export function ReasonModal({
  open,
  title,
  children,
  okText,
  danger = false,
  busy = false,
  suggestions = [],
  onConfirm,
  onCancel,
}: {
  open: boolean;
  title: string;
  children?: ReactNode;
  okText: string;
  danger?: boolean;
  busy?: boolean;
  /** Usual reasons, one tap each. */
  suggestions?: readonly string[];
  onConfirm: (reason: string) => void;
  onCancel: () => void;
}) {
  const { t } = useTranslation('common');
  const [form] = Form.useForm<{ reason: string }>();
  return (
    <Modal
      open={open}
      title={title}
      okText={okText}
      cancelText={t('cancel')}
      okButtonProps={{ danger, htmlType: 'submit', form: 'xm-reason' }}
      confirmLoading={busy}
      onCancel={onCancel}
      // antd puts the focus on the cross in the corner, which a space would press.
      afterOpenChange={(shown) => shown && form.focusField('reason')}
      destroyOnHidden
    >
      {children}
      <Form
        id="xm-reason"
        form={form}
        layout="vertical"
        requiredMark={false}
        preserve={false}
        onFinish={({ reason }) => onConfirm(reason.trim())}
      >
        <ReasonField autoFocus suggestions={suggestions} />
      </Form>
    </Modal>
  );
}
