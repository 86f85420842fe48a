import { Checkbox, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { approver } from '../../server/contract/visit-words.ts';
import { NumberField } from './NumberField.tsx';
import type { TypeForm } from './type-form.ts';

/** Whose words open a pass. */
export function ApprovalFields() {
  const { t } = useTranslation('visitor-types');
  const form = Form.useFormInstance<TypeForm>();
  const approvals = Form.useWatch('approvals', form) ?? [];
  return (
    <section>
      <h2>{t('approval.title')}</h2>
      <Form.Item name="approvals" label={t('approval.who')} extra={t('approval.hint')}>
        <Checkbox.Group
          options={approver.options.map((value) => ({ value, label: t(`words:visitWord.${value}`) }))}
        />
      </Form.Item>
      <div hidden={!approvals.includes('host')}>
        <NumberField
          name="waitMinutes"
          label={t('approval.wait')}
          extra={t('approval.wait-hint')}
          unit={t('unit.minutes')}
          min={1}
          max={240}
        />
      </div>
    </section>
  );
}
