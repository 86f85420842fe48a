import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DeviceAddress, DeviceModel } from '../../server/contract/devices.ts';
import { addressText, freeName, modelsFor } from './address.ts';
import { OptionFields } from './OptionFields.tsx';
import { type FieldValue, overrides, toField } from './option-form.ts';
import { useModelWords } from './use-model-words.ts';

export interface PickedDevice {
  name: string;
  model: string;
  address: DeviceAddress;
  options: Record<string, string | number | boolean>;
}

interface Fields {
  model: string;
  name: string;
  options?: Record<string, FieldValue>;
}

/** Which model it is, its name, and the settings that this model has. */
export function PickModel({
  models,
  address,
  suggested,
  taken,
  busy,
  onBack,
  onPick,
}: {
  models: DeviceModel[];
  address: DeviceAddress;
  suggested: string[];
  /** Names of devices that are there. */
  taken: string[];
  busy: boolean;
  onBack: () => void;
  onPick: (device: PickedDevice) => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const [form] = Form.useForm<Fields>();
  const words = useModelWords();
  const choices = modelsFor(models, address.kind, suggested);
  const modelId = Form.useWatch('model', form);
  const model = models.find(({ id }) => id === modelId);
  const first = choices.find((each) => each.suggested)?.model;
  const nameFor = (of: DeviceModel) => freeName(words.label(of.id, of), taken);
  const optionsOf = (of: DeviceModel | undefined) =>
    Object.fromEntries((of?.options ?? []).map((row) => [row.name, toField(row, undefined)]));

  function choose(id: string): void {
    const next = models.find((each) => each.id === id);
    if (!next) return;
    form.setFieldsValue({ options: optionsOf(next) });
    if (!form.isFieldTouched('name')) form.setFieldValue('name', nameFor(next));
  }

  return (
    <Form
      form={form}
      name="xm-model"
      layout="vertical"
      requiredMark={false}
      scrollToFirstError
      initialValues={{
        model: first?.id,
        name: first ? nameFor(first) : '',
        options: optionsOf(first),
      }}
      onFinish={(fields) =>
        onPick({
          name: fields.name.trim(),
          model: fields.model,
          address,
          options: overrides(model?.options ?? [], fields.options ?? {}),
        })
      }
    >
      <p className="xm-soft">{address.kind === 'sim' ? t('device.simulated') : addressText(address)}</p>
      <Form.Item
        name="model"
        label={t('add.model')}
        extra={model && words.note(model)}
        rules={[{ required: true, message: t('add.model-needed') }]}
      >
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={choices.map(({ model: each, suggested: fits }) => ({
            value: each.id,
            label: `${words.label(each.id, each)} · ${t(`kind.${each.kind}`)}${fits ? ` · ${t('add.fits')}` : ''}`,
          }))}
          onChange={choose}
        />
      </Form.Item>
      <Form.Item
        name="name"
        label={t('device.name')}
        rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
      >
        <Input maxLength={100} />
      </Form.Item>
      {model && <OptionFields key={model.id} model={model} />}
      <div className="xm-drawer-foot">
        <Button onClick={onBack}>{t('add.back')}</Button>
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('add.try')}
        </Button>
      </div>
    </Form>
  );
}
