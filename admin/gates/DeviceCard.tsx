import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel, DeviceStatus } from '../../server/contract/devices.ts';
import type { DeviceUse } from '../campus/campus-tree.ts';
import { StatusTag } from '../ui/StatusTag.tsx';
import { addressText } from './address.ts';
import { busReaderWords } from './bus/bus-words.ts';
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
  const { status } = device;
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
      {model?.bus && status && <BusSummary status={status} />}
      <Uses uses={uses} bus={model?.bus !== undefined} />
      <footer className="xm-lane-actions">
        <Button onClick={onOpen} aria-label={t('device.open-of', { name: device.name })}>
          {t('device.open')}
        </Button>
      </footer>
    </article>
  );
}

/** How many readers are on a bus, and what is wrong with any of them. */
function BusSummary({ status: { readers = [] } }: { status: DeviceStatus }) {
  const { t } = useTranslation('gates');
  const online = readers.filter(({ state }) => state === 'online').length;
  const wrong = readers
    .flatMap((reader) => busReaderWords(reader, true))
    .filter(({ tone }) => tone === 'bad')
    .map(({ key }) => key);
  return (
    <p className="xm-tags">
      <span>
        {t('device.readers', { count: readers.length })}
        {readers.length > 0 && ` · ${t('device.readers-well', { count: online })}`}
      </span>
      {[...new Set(wrong)].map((key) => (
        <StatusTag key={key} tone="bad">
          {t(`bus.${key}`)}
        </StatusTag>
      ))}
    </p>
  );
}

/** What it does at which lane. Of readers on a bus that stand at none, their own list tells. */
export function Uses({ uses, bus }: { uses: DeviceUse[]; bus: boolean }) {
  const { t } = useTranslation(['gates', 'campus']);
  if (uses.length === 0) return <p>{t('use.none')}</p>;
  const told = bus ? uses.filter(({ lane }) => lane !== undefined) : uses;
  if (told.length === 0) return null;
  const words = told
    .map(({ as, lane, reader, number }) =>
      t(as !== 'reader' && reader !== undefined ? `use.${as}-of` : `use.${as}`, {
        lane: lane?.name ?? t('use.no-lane'),
        reader,
        number: as === 'output' || as === 'reader' ? number : number + 1,
      }),
    )
    .join(t('use.comma'));
  return <p>{words}</p>;
}
