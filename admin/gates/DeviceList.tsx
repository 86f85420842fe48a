import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usesOf } from '../campus/campus-tree.ts';
import type { CampusNow } from '../campus/use-campus.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { DeviceCard } from './DeviceCard.tsx';
import { DeviceDrawer } from './DeviceDrawer.tsx';

const order = { offline: 0, connecting: 1, online: 2 } as const;

/** Every device, what is wrong first. */
export function DeviceList({ now, onAdd }: { now: CampusNow; onAdd: (() => void) | undefined }) {
  const { t } = useTranslation('gates');
  const [openId, setOpenId] = useState<string>();
  const open = now.devices.find(({ id }) => id === openId);
  if (now.devices.length === 0)
    return (
      <EmptyState
        title={t('device.none')}
        hint={t('device.none-hint')}
        action={
          onAdd && (
            <Button type="primary" onClick={onAdd}>
              {t('device.add')}
            </Button>
          )
        }
      />
    );
  const sorted = [...now.devices].sort(
    (a, b) =>
      order[a.status?.state ?? 'online'] - order[b.status?.state ?? 'online'] || a.name.localeCompare(b.name),
  );
  return (
    <>
      <div className="xm-lanes">
        {sorted.map((device) => (
          <DeviceCard
            key={device.id}
            device={device}
            model={now.models.get(device.model)}
            uses={usesOf(device.id, now.campus)}
            onOpen={() => setOpenId(device.id)}
          />
        ))}
      </div>
      {open && <DeviceDrawer now={now} device={open} onClose={() => setOpenId(undefined)} />}
    </>
  );
}
