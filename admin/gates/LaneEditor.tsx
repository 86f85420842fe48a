import { Button, Drawer, Form, Input, InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Lane } from '../../server/contract/gates.ts';
import { onStoreFault, pinMode } from '../../server/contract/words.ts';
import { useApi, useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { ReasonField } from '../ui/ReasonField.tsx';
import { useSaving } from '../ui/use-saving.ts';
import {
  changedFields,
  fromForm,
  heldInOrder,
  type LaneForm,
  limits,
  newLane,
  parseWire,
  toForm,
  wireChoices,
} from './lane-form.ts';
import { RemoveLane } from './RemoveLane.tsx';

/** Adds a lane to a gate, or changes the given one. */
export function LaneEditor({
  now,
  gateId,
  lane,
  onClose,
}: {
  now: CampusNow;
  gateId: string;
  lane: Lane | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const [form] = Form.useForm<LaneForm & { reason: string }>();
  const add = useChange('lanes.add', ['campus.get']);
  const change = useChange('lanes.change', ['campus.get']);
  const saving = useSaving(form);
  const hasDps = Form.useWatch('dps', form) !== undefined;
  const hasRex = Form.useWatch('rex', form) !== undefined;
  const [pinIn, pinOut] = [Form.useWatch('pinIn', form), Form.useWatch('pinOut', form)];
  const asksBoth = pinIn === 'card-and-pin' || pinOut === 'card-and-pin';

  function save({ reason, ...values }: LaneForm & { reason: string }): Promise<void> {
    return saving(async () => {
      if (!lane) return add.mutateAsync({ body: { gateId, ...fromForm(values) } });
      const body = changedFields(lane, values);
      return Object.keys(body).length === 0
        ? undefined
        : change.mutateAsync({ params: { id: lane.id }, body: { ...body, reason } });
    }, onClose);
  }

  return (
    <Drawer
      open
      size={520}
      title={lane ? t('lane.edit-of', { name: lane.name }) : t('lane.add')}
      onClose={onClose}
      footer={
        <div className="xm-drawer-foot">
          {lane && <RemoveLane now={now} lane={lane} onRemoved={onClose} />}
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button type="primary" htmlType="submit" form="xm-lane" loading={add.isPending || change.isPending}>
            {t('common:save')}
          </Button>
        </div>
      }
    >
      <Form
        name="xm-lane"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={lane ? toForm(lane) : newLane}
        onFinish={(values) => void save(values)}
      >
        <Form.Item
          name="name"
          label={t('lane.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input maxLength={100} placeholder={t('lane.name-example')} />
        </Form.Item>
        <Form.Item name="zoneId" label={t('lane.zone')} extra={t('lane.zone-hint')}>
          <Select
            allowClear
            placeholder={t('lane.no-zone')}
            options={now.campus.zones.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
        <h2 className="xm-form-part">{t('lane.wiring')}</h2>
        <WireItem name="output" now={now} lane={lane} hint={t('lane.output-hint')} />
        <Seconds name="pulse" hint={t('lane.pulse-hint')} />
        <WireItem name="dps" now={now} lane={lane} hint={t('lane.dps-hint')} />
        <WireItem name="rex" now={now} lane={lane} hint={t('lane.rex-hint')} />
        {hasRex && (
          <Form.Item name="rexReleases" label={t('lane.rex-releases')} valuePropName="checked">
            <Switch />
          </Form.Item>
        )}
        <h2 className="xm-form-part">{t('lane.monitoring')}</h2>
        {!hasDps && <p className="xm-soft">{t('lane.needs-dps')}</p>}
        <Seconds name="notEntered" hint={t('lane.not-entered-hint')} />
        <Seconds name="heldWarning" hint={t('lane.held-warning-hint')} />
        <Seconds name="heldAlarm" hint={t('lane.held-alarm-hint')} after="heldWarning" />
        <h2 className="xm-form-part">{t('lane.access')}</h2>
        <Form.Item
          name="demandsSecure"
          label={t('lane.demandsSecure')}
          extra={t('lane.demands-secure-hint')}
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        {(['pinIn', 'pinOut'] as const).map((name) => (
          <Form.Item
            key={name}
            name={name}
            label={t(`lane.${name}`)}
            extra={name === 'pinOut' ? t('lane.pin-hint') : undefined}
          >
            <Select
              options={pinMode.options.map((value) => ({ value, label: t(`lane.pin-mode.${value}`) }))}
            />
          </Form.Item>
        ))}
        {asksBoth && <CardAlone />}
        <h2 className="xm-form-part">{t('lane.trouble')}</h2>
        <Form.Item name="onStoreFault" label={t('lane.on-store-fault')}>
          <Select
            options={onStoreFault.options.map((value) => ({ value, label: t(`lane.store-fault.${value}`) }))}
          />
        </Form.Item>
        {lane && <ReasonField />}
      </Form>
    </Drawer>
  );
}

/** By day the card, by night the card and the PIN. */
function CardAlone() {
  const { t } = useTranslation('gates');
  const access = useApi('access.get');
  const schedules = access.data?.schedules ?? [];
  return (
    <Form.Item name="cardAlone" label={t('lane.card-alone')} extra={t('lane.card-alone-hint')}>
      <Select
        allowClear
        loading={access.isPending}
        placeholder={t('lane.card-alone-never')}
        options={schedules.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </Form.Item>
  );
}

function WireItem({
  name,
  now,
  lane,
  hint,
}: {
  name: 'output' | 'dps' | 'rex';
  now: CampusNow;
  lane: Lane | undefined;
  hint: string;
}) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const kind = name === 'output' ? 'channel' : 'input';
  const choices = wireChoices(name === 'output' ? 'output' : 'input', now, lane?.id);
  const options = choices.map(({ value, device, reader, number, usedBy }) => ({
    value,
    label: `${[device, reader].filter(Boolean).join(' · ')} · ${t(`wire.${kind}`, { number: kind === 'channel' ? number : number + 1 })}${
      usedBy === undefined ? '' : ` (${t('wire.used', { lane: usedBy })})`
    }`,
  }));
  const other = name === 'dps' ? 'rex' : 'dps';
  return (
    <Form.Item
      name={name}
      label={t(`lane.${name}`)}
      extra={choices.length === 0 ? t(`wire.no-${kind}`) : hint}
      dependencies={name === 'output' ? [] : [other]}
      rules={[
        ({ getFieldValue }) => ({
          validator: (_, value?: string) =>
            name !== 'output' && parseWire(value) && value === getFieldValue(other)
              ? Promise.reject(new Error(t('wire.twice')))
              : Promise.resolve(),
        }),
      ]}
    >
      <Select
        allowClear
        placeholder={t('wire.none')}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
      />
    </Form.Item>
  );
}

function Seconds({ name, hint, after }: { name: keyof typeof limits; hint: string; after?: 'heldWarning' }) {
  const { t } = useTranslation(['gates', 'campus', 'common', 'words']);
  const { min, max } = limits[name];
  return (
    <Form.Item
      name={name}
      label={t(`lane.${name}`)}
      extra={hint}
      dependencies={after ? [after] : []}
      rules={[
        { required: true, type: 'number', min, max, message: t('campus:field.between', { min, max }) },
        ({ getFieldValue }) => ({
          validator: (_, value?: number) =>
            after && !heldInOrder(getFieldValue(after) ?? 0, value ?? 0)
              ? Promise.reject(new Error(t('lane.held-order')))
              : Promise.resolve(),
        }),
      ]}
    >
      <InputNumber className="xm-seconds" step={name === 'pulse' ? 0.1 : 1} suffix={t('campus:seconds')} />
    </Form.Item>
  );
}
