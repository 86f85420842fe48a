import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device, DeviceModel, SeenRead } from '../../server/contract/devices.ts';
import { useReads } from '../LiveProvider.tsx';
import { SeenReadCard } from '../reads/SeenReadCard.tsx';
import { Waiting } from '../reads/Waiting.tsx';
import { LooksLike } from './LooksLike.tsx';

/** Shows what a reader sends as it comes: the newest in full, whether good or not. Opens no lane by itself. */
export function TestSwipe({ device, model }: { device: Device; model: DeviceModel | undefined }) {
  const { t } = useTranslation('gates');
  const [seen, setSeen] = useState<{ read: SeenRead; count: number }>();
  const ready = useReads(device.id, (read) => setSeen((last) => ({ read, count: (last?.count ?? 0) + 1 })));
  return (
    <>
      {!seen && <Waiting ready={ready} text={t('swipe.now')} hint={t('swipe.hint')} />}
      {seen && (
        <SeenReadCard read={seen.read}>
          <LooksLike read={seen.read} device={device} model={model} />
          <p className="xm-soft">{t('swipe.count', { count: seen.count })}</p>
        </SeenReadCard>
      )}
    </>
  );
}
