import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { type CampusNow, useCampus } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { PageHeader } from '../ui/PageHeader.tsx';
import { StatusTag } from '../ui/StatusTag.tsx';
import { TabLinks } from '../ui/TabLinks.tsx';
import { AddDevice } from './AddDevice.tsx';
import { ConnectReader } from './bus/ConnectReader.tsx';
import { DeviceList } from './DeviceList.tsx';
import { FeedbackTab } from './FeedbackTab.tsx';
import { GateList } from './GateList.tsx';
import { GateNameModal } from './GateNameModal.tsx';
import { ZoneList } from './ZoneList.tsx';
import './gates.css';

const tabs = ['gates', 'devices', 'zones', 'feedback'] as const;
type Tab = (typeof tabs)[number];

export function GatesPage() {
  const { t } = useTranslation('gates');
  const { data, error, retry } = useCampus();
  const [search] = useSearchParams();
  const tab = tabs.find((each) => each === search.get('tab')) ?? 'gates';
  const [adding, setAdding] = useState<'gate' | 'device'>();
  /** The bus that was just added. */
  const [busId, setBusId] = useState<string>();
  const bus = data?.devices.find(({ id }) => id === busId);
  const canGates = useCan('gates.manage');
  const canDevices = useCan('devices.manage');
  const actions: Record<Tab, React.ReactNode> = {
    gates: canGates && (
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding('gate')}>
        {t('gate.add')}
      </Button>
    ),
    devices: canDevices && (
      <Button type="primary" icon={<PlusOutlined aria-hidden />} onClick={() => setAdding('device')}>
        {t('device.add')}
      </Button>
    ),
    zones: null,
    feedback: null,
  };
  return (
    <div className="xm-page">
      <PageHeader title={t('title')} actions={data && actions[tab]} />
      {error !== undefined && <ErrorState error={error} onRetry={retry} />}
      {!data && error === undefined && <Loading />}
      {data && (
        <>
          <TabLinks
            label={t('title')}
            current={tab}
            first="gates"
            tabs={[
              { key: 'gates', label: t('tab.gates') },
              { key: 'devices', label: <DevicesLabel now={data} /> },
              { key: 'zones', label: t('tab.zones') },
              { key: 'feedback', label: t('tab.feedback') },
            ]}
          />
          {tab === 'gates' && <GateList now={data} onAdd={canGates ? () => setAdding('gate') : undefined} />}
          {tab === 'devices' && (
            <DeviceList now={data} onAdd={canDevices ? () => setAdding('device') : undefined} />
          )}
          {tab === 'zones' && <ZoneList campus={data.campus} />}
          {tab === 'feedback' && <FeedbackTab />}
        </>
      )}
      {adding === 'gate' && <GateNameModal onClose={() => setAdding(undefined)} />}
      {adding === 'device' && data && (
        <AddDevice now={data} onBus={setBusId} onClose={() => setAdding(undefined)} />
      )}
      {data && bus && <ConnectReader now={data} device={bus} onClose={() => setBusId(undefined)} />}
    </div>
  );
}

function DevicesLabel({ now }: { now: CampusNow }) {
  const { t } = useTranslation('gates');
  const offline = now.devices.filter(({ status }) => status?.state === 'offline').length;
  return (
    <span className="xm-tab-label">
      {t('tab.devices')}
      {offline > 0 && <StatusTag tone="bad">{t('offline-count', { count: offline })}</StatusTag>}
    </span>
  );
}
