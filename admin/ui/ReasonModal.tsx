import { Form, Input, Modal } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

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
        <Form.Item
          name="reason"
          label={t('reason.label')}
          extra={t('reason.hint')}
          rules={[{ required: true, whitespace: true, min: 2, max: 300, message: t('reason.needed') }]}
        >
          <Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
        </Form.Item>
        {suggestions.length > 0 && (
          <div className="xm-page-actions">
            {suggestions.map((each) => (
              <button
                key={each}
                type="button"
                className="xm-suggestion"
                onClick={() => form.setFieldValue('reason', each)}
              >
                {each}
              </button>
            ))}
          </div>
        )}
      </Form>
    </Modal>
  );
}
