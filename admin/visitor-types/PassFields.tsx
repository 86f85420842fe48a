import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useCampus } from '../campus/use-campus.ts';
import { useLaneOptions } from '../campus/use-lane-options.ts';
import { NumberField } from './NumberField.tsx';
import type { TypeForm } from './type-form.ts';
import { useDuration } from './use-duration.ts';

const switches = ['manyEntries', 'liveCode', 'escort'] as const;

/** Where and for how long a pass opens. */
export function PassFields() {
  const { t } = useTranslation('visitor-types');
  const form = Form.useFormInstance<TypeForm>();
  const duration = useDuration();
  const lanes = useLaneOptions(useCampus().data?.tree);
  const everyLane = Form.useWatch('everyLane', form) ?? true;
  const stay = Form.useWatch('stayMinutes', form);
  return (
    <section>
      <h2>{t('pass.title')}</h2>
      <Form.Item name="everyLane" label={t('pass.lanes')}>
        <Radio.Group
          options={[
            { value: true, label: t('pass.every-lane') },
            { value: false, label: t('pass.some-lanes') },
          ]}
        />
      </Form.Item>
      {!everyLane && (
        <Form.Item
          name="laneIds"
          label={t('pass.which')}
          rules={[{ required: true, message: t('pass.which-needed') }]}
        >
          <Select mode="multiple" options={lanes} optionFilterProp="label" />
        </Form.Item>
      )}
      <div className="xm-type-row">
        <NumberField
          name="stayMinutes"
          label={t('pass.stay')}
          extra={
            typeof stay === 'number' && stay >= 60 ? t('pass.stay-is', { time: duration(stay) }) : undefined
          }
          unit={t('unit.minutes')}
          min={5}
          max={30 * 1440}
        />
        <Form.Item
          name="closeTime"
          label={t('pass.close')}
          extra={t('pass.close-hint')}
          rules={[{ required: true, message: t('common:field.required') }]}
        >
          <Input type="time" className="xm-type-number" />
        </Form.Item>
      </div>
      {switches.map((name) => (
        <Form.Item key={name} name={name} valuePropName="checked" extra={t(`pass.${name}-hint`)}>
          <Checkbox>{t(`pass.${name}`)}</Checkbox>
        </Form.Item>
      ))}
    </section>
  );
}
