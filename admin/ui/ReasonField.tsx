import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** The reason of a change, as field `reason` at the foot of the form that makes it; it goes into the record. */
export function ReasonField({
  autoFocus = false,
  suggestions = [],
}: {
  autoFocus?: boolean;
  /** Usual reasons, one tap each. */
  suggestions?: readonly string[];
}) {
  const { t } = useTranslation('common');
  const form = Form.useFormInstance<{ reason: string }>();
  return (
    <>
      <Form.Item
        name="reason"
        label={t('reason.label')}
        extra={t('reason.hint')}
        rules={[{ required: true, whitespace: true, min: 2, max: 300, message: t('reason.needed') }]}
      >
        <Input.TextArea autoFocus={autoFocus} autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
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
    </>
  );
}
