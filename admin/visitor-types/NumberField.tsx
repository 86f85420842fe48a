import { Form, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A whole number between two bounds, with its unit behind it. */
export function NumberField({
  name,
  label,
  extra,
  unit,
  min,
  max,
}: {
  name: string;
  label: string;
  extra?: ReactNode;
  unit?: string;
  min: number;
  max: number;
}) {
  const { t } = useTranslation('visitor-types');
  return (
    <Form.Item
      name={name}
      label={label}
      extra={extra}
      rules={[{ required: true, type: 'integer', min, max, message: t('number', { min, max }) }]}
    >
      <InputNumber className="xm-type-number" suffix={unit} />
    </Form.Item>
  );
}
