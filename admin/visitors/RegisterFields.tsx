import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { idKind, type VisitField } from '../../server/contract/visit-words.ts';
import type { VisitorType } from '../../server/contract/visitor-types.ts';
import { HostField, Label } from './HostField.tsx';
import type { RegisterForm } from './register-form.ts';
import { useFieldRules } from './use-field-rules.ts';

/** The fields that this kind of visitor is asked, each told by itself what is wrong with it. */
export function RegisterFields({ type }: { type: VisitorType }) {
  const { t } = useTranslation(['visitors', 'words', 'common']);
  const form = Form.useFormInstance<RegisterForm>();
  const rules = useFieldRules(type);
  const { fields } = type;
  const both = ['onBlur', 'onSubmit'];
  const line = (
    field: Exclude<VisitField, 'host' | 'companions' | 'photo' | 'signature' | 'idNumber'>,
    most: number,
  ) =>
    fields[field] && (
      <Form.Item
        name={field}
        label={<Label text={t(`field.${field}`)} optional={fields[field] === 'optional'} />}
        rules={rules(field)}
        validateTrigger={both}
      >
        <Input maxLength={most} autoComplete="off" inputMode={field === 'phone' ? 'tel' : 'text'} />
      </Form.Item>
    );
  return (
    <div className="xm-register-fields">
      <Form.Item
        name="name"
        label={t('field.name')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        validateTrigger="onSubmit"
      >
        <Input maxLength={100} autoComplete="off" />
      </Form.Item>
      {fields.idNumber && (
        <>
          <Form.Item name="idKind" label={t('field.idKind')}>
            <Select
              options={idKind.options.map((value) => ({ value, label: t(`words:idKind.${value}`) }))}
              onChange={() => {
                if (form.getFieldValue('idNumber')) void form.validateFields(['idNumber']).catch(() => {});
              }}
            />
          </Form.Item>
          <Form.Item
            name="idNumber"
            label={<Label text={t('field.idNumber')} optional={fields.idNumber === 'optional'} />}
            rules={rules('idNumber')}
            validateTrigger={both}
          >
            <Input maxLength={40} autoComplete="off" spellCheck={false} />
          </Form.Item>
        </>
      )}
      {line('phone', 30)}
      {fields.host && <HostField rules={rules('hostId')} optional={fields.host === 'optional'} />}
      {line('department', 100)}
      {line('purpose', 200)}
      {line('organisation', 100)}
      {line('plate', 20)}
      {line('items', 300)}
      {fields.companions && (
        <Form.Item
          name="companions"
          label={<Label text={t('field.companions')} optional={fields.companions === 'optional'} />}
          rules={rules('companions')}
          validateTrigger="onSubmit"
        >
          <Select
            mode="tags"
            open={false}
            suffixIcon={null}
            maxCount={30}
            tokenSeparators={[',', '，', '、', ';']}
            placeholder={t('field.companions-hint')}
          />
        </Form.Item>
      )}
      <Form.Item name="minutes" label={t('field.minutes')}>
        <InputNumber
          min={5}
          max={type.stayMinutes > 1440 ? 43_200 : 1440}
          step={15}
          suffix={t('field.minutes-unit')}
        />
      </Form.Item>
      {type.notice !== null && (
        <div className="xm-register-wide">
          <details>
            <summary>{t('field.notice')}</summary>
            <p className="xm-register-notice">{type.notice}</p>
          </details>
          <Form.Item
            name="noticeVersion"
            valuePropName="checked"
            rules={rules('noticeVersion')}
            validateTrigger="onSubmit"
          >
            <Checkbox>{t('field.agreed')}</Checkbox>
          </Form.Item>
        </div>
      )}
    </div>
  );
}
