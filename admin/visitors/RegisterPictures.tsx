import { Form } from 'antd';
import { useTranslation } from 'react-i18next';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { CameraView } from './CameraView.tsx';
import { Label } from './HostField.tsx';
import { SignatureField } from './SignatureField.tsx';
import { useFieldRules } from './use-field-rules.ts';

/** Photo and signature of this kind of visitor; a photo can be taken of any, for the face is what a guard goes by. */
export function RegisterPictures({ type: { fields, ...type } }: { type: VisitorType }) {
  const { t } = useTranslation('visitors');
  const rules = useFieldRules({ ...type, fields });
  return (
    <>
      <Form.Item
        name="photo"
        label={<Label text={t('field.photo')} optional={fields.photo !== 'required'} />}
        htmlFor=""
        rules={rules('photo')}
        valuePropName="photo"
        trigger="onTake"
        validateTrigger="onSubmit"
      >
        <CameraView />
      </Form.Item>
      {fields.signature && (
        <Form.Item
          name="signature"
          label={<Label text={t('field.signature')} optional={fields.signature === 'optional'} />}
          htmlFor=""
          rules={rules('signature')}
          valuePropName="signature"
          trigger="onSigned"
          validateTrigger="onSubmit"
        >
          <SignatureField />
        </Form.Item>
      )}
    </>
  );
}
