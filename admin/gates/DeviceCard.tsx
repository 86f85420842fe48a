import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import type { DeviceUse } from '../campus/campus-tree.ts';
import { addressText } from './address.ts';
import { DeviceState } from './DeviceState.tsx';
import { useModelWords } from './use-model-words.ts';

export function DeviceCard({
  device,
  model,
  uses,
  onOpen,
}: {
  device: Device;
  model: DeviceModel | undefined;
  uses: DeviceUse[];
  onOpen: () => void;
}) {
  const { t } = useTranslation('gates');
  const models = useModelWords();
  return (
    <article className="xm-card xm-device" aria-labelledby={`device-${device.id}`}>
      <header>
        <h2 id={`device-${device.id}`}>{device.name}</h2>
        <p className="xm-soft">
          {models.label(device.model, model)}
          {' · '}
          {device.address.kind === 'sim' ? t('device.simulated') : addressText(device.address)}
        </p>
      </header>
      <DeviceState device={device} model={model} />
      <p>{uses.length === 0 ? t('use.none') : <Uses uses={uses} />}</p>
      <footer className="xm-lane-actions">
        <Button onClick={onOpen} aria-label={t('device.open-of', { name: device.name })}>
          {t('device.open')}
        </Button>
      </footer>
    </article>
  );
}

export function Uses({ uses }: { uses: DeviceUse[] }) {
  const { t } = useTranslation(['gates', 'campus']);
  return uses
    .map(({ as, lane, reader, number }) =>
      t(`use.${as}`, {
        lane: lane?.name ?? t('use.no-lane'),
        reader,
        number: as === 'output' || as === 'reader' ? number : number + 1,
      }),
    )
    .join(t('use.comma'));
}
