import { Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeviceModel } from '../../server/contract/devices.ts';
import { checkField, controlOf, escapeControls, type FieldValue, type OptionRow } from './option-form.ts';

/** The fields of a model's options, below `options` of the form around them. */
export function OptionFields({ model }: { model: DeviceModel }) {
  const { t } = useTranslation('gates');
  if (model.options.length === 0) return <p className="xm-soft">{t('option.none')}</p>;
  return model.options.map((row) => <OptionField key={row.name} row={row} />);
}

function OptionField({ row }: { row: OptionRow }) {
  const { t, i18n } = useTranslation('gates');
  const control = controlOf(row);
  const choiceText = (value: string | number): string =>
    typeof value === 'string' && i18n.exists(`option.choice.${value}`, { ns: 'gates' })
      ? t(`option.choice.${value}`)
      : shown(value);
  const hint = `option.hint.${row.name}`;
  const usual =
    control === 'choice' && typeof row.default !== 'boolean' ? choiceText(row.default) : shown(row.default);
  const extra = [
    i18n.exists(hint, { ns: 'gates' }) ? t(hint) : undefined,
    control === 'switch' ? undefined : t('option.default', { value: usual || t('option.empty') }),
  ];
  return (
    <Form.Item
      name={['options', row.name]}
      label={t(`option.name.${row.name}`, { defaultValue: row.name })}
      extra={extra.filter(Boolean).join(' ')}
      valuePropName={control === 'switch' ? 'checked' : 'value'}
      rules={[
        {
          validator: (_, value: FieldValue) => {
            const problem = checkField(row, value ?? null);
            return problem
              ? Promise.reject(new Error(t(`option.wrong.${problem.key}`, { ...problem })))
              : Promise.resolve();
          },
        },
      ]}
    >
      {control === 'switch' ? (
        <Switch />
      ) : control === 'choice' ? (
        <Select
          options={(row.choices ?? []).map((value) => ({
            value,
            label: choiceText(value),
          }))}
        />
      ) : control === 'number' ? (
        <InputNumber className="xm-seconds" />
      ) : (
        <Input className="xm-numbers" spellCheck={false} autoComplete="off" />
      )}
    </Form.Item>
  );
}

function shown(value: string | number | boolean): string {
  return typeof value === 'string' ? escapeControls(value) : String(value);
}
