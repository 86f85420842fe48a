import { App, Button, Drawer, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../server/contract/devices.ts';
import { useChange } from '../api.ts';
import { usesOf } from '../campus/campus-tree.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { ReasonField } from '../ui/ReasonField.tsx';
import { RemoveButton } from '../ui/RemoveButton.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { addressText } from './address.ts';
import { BusReaders } from './bus/BusReaders.tsx';
import { Uses } from './DeviceCard.tsx';
import { DeviceState } from './DeviceState.tsx';
import { MoveDevice } from './MoveDevice.tsx';
import { OptionFields } from './OptionFields.tsx';
import { type FieldValue, overrides, toField } from './option-form.ts';
import { ReaderModal, type ReaderTarget } from './ReaderModal.tsx';
import { SimulatePanel } from './SimulatePanel.tsx';
import { TestSwipe } from './TestSwipe.tsx';
import { useModelWords } from './use-model-words.ts';

/** All of one device: state, readers, a test swipe, the simulated side, settings. */
export function DeviceDrawer({
  now,
  device,
  onClose,
}: {
  now: CampusNow;
  device: Device;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const { message } = App.useApp();
  const models = useModelWords();
  const [target, setTarget] = useState<ReaderTarget>();
  const [moving, setMoving] = useState(false);
  const canManage = useCan('devices.manage');
  const canSimulate = useCan('devices.simulate');
  const canWatch = useCan('credentials.manage');
  const remove = useChange('devices.remove', ['devices.list', 'devices.scan', 'campus.get']);
  const model = now.models.get(device.model);
  const uses = usesOf(device.id, now.campus);
  const readers = now.campus.readers.filter(({ deviceId }) => deviceId === device.id);
  return (
    <Drawer open size={560} title={device.name} onClose={onClose}>
      <section className="xm-block xm-device">
        <p className="xm-soft">
          {models.label(device.model, model)}
          {' · '}
          {device.address.kind === 'sim' ? t('device.simulated') : addressText(device.address)}
        </p>
        <DeviceState device={device} model={model} />
        <Uses uses={uses} bus={model?.bus !== undefined} />
        {canManage && model && device.address.kind !== 'sim' && (
          <div>
            <Button onClick={() => setMoving(true)}>{t('move.do')}</Button>
          </div>
        )}
      </section>
      {model?.bus && <BusReaders now={now} device={device} />}
      {model?.kind === 'reader' && !model.bus && (
        <section className="xm-block">
          <h2>{t('reader.here')}</h2>
          {readers.length === 0 && <p className="xm-soft">{t('reader.not-placed')}</p>}
          {readers.map((reader) => (
            <p key={reader.id} className="xm-reader">
              {canManage ? (
                <button type="button" className="xm-link" onClick={() => setTarget({ reader })}>
                  {reader.name}
                </button>
              ) : (
                reader.name
              )}
            </p>
          ))}
          {canManage && (
            <div>
              <Button onClick={() => setTarget({ deviceId: device.id })}>{t('reader.place')}</Button>
            </div>
          )}
        </section>
      )}
      {model?.kind === 'reader' && !model.bus && canWatch && (
        <section className="xm-block">
          <h2>{t('swipe.title')}</h2>
          <TestSwipe device={device} model={model} />
        </section>
      )}
      {device.address.kind === 'sim' && canSimulate && (
        <section className="xm-block">
          <h2>{t('sim.title')}</h2>
          <SimulatePanel now={now} device={device} model={model} uses={uses} />
        </section>
      )}
      {canManage && (
        // Anew when the notation was set from a test swipe.
        <Settings key={device.id + JSON.stringify(device.options)} now={now} device={device} />
      )}
      {canManage && (
        <section className="xm-block">
          <h2>{t('device.remove')}</h2>
          {uses.length > 0 ? (
            <p className="xm-soft">{t('device.in-use')}</p>
          ) : (
            <div>
              <RemoveButton
                label={t('device.remove')}
                title={t('device.remove-sure', { name: device.name })}
                onRemove={(reason) => remove.mutateAsync({ params: { id: device.id }, body: { reason } })}
                onRemoved={() => {
                  void message.success(t('device.removed'));
                  onClose();
                }}
              />
            </div>
          )}
        </section>
      )}
      {moving && model && <MoveDevice device={device} model={model} onClose={() => setMoving(false)} />}
      {target && <ReaderModal now={now} target={target} onClose={() => setTarget(undefined)} />}
    </Drawer>
  );
}

interface Fields {
  name: string;
  options?: Record<string, FieldValue>;
  reason: string;
}

function Settings({ now, device }: { now: CampusNow; device: Device }) {
  const { t } = useTranslation(['gates', 'common']);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const change = useChange('devices.change', ['devices.list']);
  const saving = useSaving(form);
  const model = now.models.get(device.model);
  const rows = model?.options ?? [];
  return (
    <section className="xm-block">
      <h2>{t('device.settings')}</h2>
      <Form
        form={form}
        name="xm-device"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError
        initialValues={{
          name: device.name,
          options: Object.fromEntries(rows.map((row) => [row.name, toField(row, device.options[row.name])])),
        }}
        onFinish={({ name, options = {}, reason }) =>
          void saving(
            () =>
              change.mutateAsync({
                params: { id: device.id },
                body: { name: name.trim(), options: overrides(rows, options), reason },
              }),
            () => {
              form.resetFields(['reason']);
              void message.success(t('common:saved'));
            },
          )
        }
      >
        <Form.Item
          name="name"
          label={t('device.name')}
          rules={[{ required: true, whitespace: true, message: t('common:field.required') }]}
        >
          <Input maxLength={100} />
        </Form.Item>
        {model && <OptionFields model={model} />}
        <ReasonField />
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('common:save')}
        </Button>
      </Form>
    </section>
  );
}
