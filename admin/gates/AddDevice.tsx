import { App, Button, Modal, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceAddress, DeviceModel } from '../../server/contract/devices.ts';
import { useChange } from '../api.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { DeviceState } from './DeviceState.tsx';
import { PickAddress } from './PickAddress.tsx';
import { PickModel } from './PickModel.tsx';
import { PlaceReader } from './PlaceReader.tsx';
import { TestSwipe } from './TestSwipe.tsx';

type Stage =
  | { step: 0 }
  | { step: 1; address: DeviceAddress; suggested: string[] }
  | { step: 2 | 3; deviceId: string };

/**
 * Where it is plugged in, what it is, whether it works, where it stands. The device is kept from the third step on,
 * because only a device that is open can be tried; giving up there takes it away again.
 */
export function AddDevice({
  now,
  onBus,
  onClose,
}: {
  now: CampusNow;
  /** A bus was added: its readers are connected one by one. */
  onBus: (deviceId: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const { message } = App.useApp();
  const [stage, setStage] = useState<Stage>({ step: 0 });
  const add = useChange('devices.add', ['devices.list', 'devices.scan']);
  const remove = useChange('devices.remove', ['devices.list', 'devices.scan']);
  const saving = useSaving();
  const added = stage.step >= 2 && 'deviceId' in stage ? stage.deviceId : undefined;
  const device = now.devices.find(({ id }) => id === added);
  const model = device && now.models.get(device.model);

  const bus = model?.bus !== undefined;
  const placed = (model === undefined || model.kind === 'reader') && !bus;
  const steps = ['where', 'what', 'try', ...(placed ? ['place'] : [])];

  function giveUp(): void {
    if (added === undefined) onClose();
    else
      void saving(
        () => remove.mutateAsync({ params: { id: added }, body: { reason: t('add.given-up') } }),
        onClose,
      );
  }
  function done(): void {
    void message.success(t('add.done'));
    onClose();
  }

  return (
    <Modal
      open
      width={640}
      title={t('device.add')}
      footer={null}
      mask={{ closable: false }}
      closable={added === undefined}
      keyboard={added === undefined}
      onCancel={giveUp}
    >
      <Steps
        size="small"
        responsive={false}
        titlePlacement="vertical"
        current={stage.step}
        className="xm-steps"
        items={steps.map((step) => ({ title: t(`add.step.${step}`) }))}
      />
      {stage.step === 0 && (
        <PickAddress onPick={(address, suggested) => setStage({ step: 1, address, suggested })} />
      )}
      {stage.step === 1 && (
        <PickModel
          models={[...now.models.values()]}
          address={stage.address}
          suggested={stage.suggested}
          taken={now.devices.map(({ name }) => name)}
          busy={add.isPending}
          onBack={() => setStage({ step: 0 })}
          onPick={(body) =>
            saving(async () => {
              const { id } = await add.mutateAsync({ body });
              setStage({ step: 2, deviceId: id });
            })
          }
        />
      )}
      {stage.step === 2 && device && (
        <Try
          device={device}
          model={model}
          onGiveUp={giveUp}
          onNext={() => {
            if (placed) return setStage({ ...stage, step: 3 });
            done();
            if (bus) onBus(device.id);
          }}
        />
      )}
      {stage.step === 3 && device && <PlaceReader now={now} device={device} onDone={done} />}
    </Modal>
  );
}

function Try({
  device,
  model,
  onGiveUp,
  onNext,
}: {
  device: Device;
  model: DeviceModel | undefined;
  onGiveUp: () => void;
  onNext: () => void;
}) {
  const { t } = useTranslation('gates');
  const canWatch = useCan('credentials.manage');
  const isBus = model?.bus !== undefined;
  const isReader = model?.kind === 'reader' && !isBus;
  return (
    <div className="xm-block xm-device">
      <DeviceState device={device} model={model} />
      {isReader && canWatch && <TestSwipe device={device} model={model} />}
      {!isReader && (
        <p>
          {t(
            isBus
              ? 'add.line'
              : model?.kind === 'document-reader' || model?.kind === 'printer'
                ? 'add.no-lane'
                : 'add.wire-it',
          )}
        </p>
      )}
      <div className="xm-drawer-foot">
        <Button danger className="xm-foot-start" onClick={onGiveUp}>
          {t('add.give-up')}
        </Button>
        <Button type="primary" onClick={onNext}>
          {isBus ? t('add.connect') : isReader ? t('add.next') : t('add.finish')}
        </Button>
      </div>
    </div>
  );
}
