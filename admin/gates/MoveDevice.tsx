import { App, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceAddress, DeviceModel } from '../../server/contract/devices.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useSaving } from '../ui/use-saving.ts';
import { PickAddress } from './PickAddress.tsx';

/** Says where a device is plugged in now: at another socket, or which of several alike it is. */
export function MoveDevice({
  device,
  model,
  onClose,
}: {
  device: Device;
  model: DeviceModel;
  onClose: () => void;
}) {
  const { t } = useTranslation(['gates', 'common']);
  const { message } = App.useApp();
  const change = useChange('devices.change', ['devices.list', 'devices.scan']);
  const saving = useSaving();
  const [picked, setPicked] = useState<DeviceAddress>();
  if (picked)
    return (
      <ReasonModal
        open
        title={t('move.title', { name: device.name })}
        okText={t('move.do')}
        busy={change.isPending}
        suggestions={[t('move.why')]}
        onConfirm={(reason) =>
          void saving(
            () => change.mutateAsync({ params: { id: device.id }, body: { address: picked, reason } }),
            () => {
              void message.success(t('common:saved'));
              onClose();
            },
          )
        }
        onCancel={() => setPicked(undefined)}
      />
    );
  return (
    <Modal open width={640} title={t('move.title', { name: device.name })} footer={null} onCancel={onClose}>
      <PickAddress moving={{ id: device.id, kinds: model.addressKinds }} onPick={setPicked} />
    </Modal>
  );
}
