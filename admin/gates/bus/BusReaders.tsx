import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import type { Reader } from '../../../server/contract/gates.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useCan } from '../../session.tsx';
import { ReaderModal } from '../ReaderModal.tsx';
import { BringBack } from './BringBack.tsx';
import { BusReader, type BusReaderAct } from './BusReader.tsx';
import { busReaderOf } from './bus-words.ts';
import { ConnectReader } from './ConnectReader.tsx';
import { MoveReader } from './MoveReader.tsx';
import { ReaderKey } from './ReaderKey.tsx';
import { ReaderSignals } from './ReaderSignals.tsx';
import { SendFile } from './SendFile.tsx';
import { TraceBus } from './TraceBus.tsx';

type Doing = { act: BusReaderAct; reader: Reader } | { act: 'connect' | 'trace' };

/** The readers of one bus: how each of them is, and what can be done with it. */
export function BusReaders({ now, device }: { now: CampusNow; device: Device }) {
  const { t } = useTranslation('gates');
  const [doing, setDoing] = useState<Doing>();
  const canManage = useCan('devices.manage');
  const canSecure = useCan('readers.secure');
  const readers = now.campus.readers
    .filter(({ deviceId }) => deviceId === device.id)
    .sort((a, b) => a.number - b.number);
  const close = () => setDoing(undefined);
  // As it is now, not as it was when the button was pressed.
  const reader = doing && 'reader' in doing ? readers.find(({ id }) => id === doing.reader.id) : undefined;
  const status = reader && busReaderOf(device, reader.number);
  return (
    <section className="xm-block">
      <h2>{t('bus.title')}</h2>
      <div className="xm-lane-actions">
        {canManage && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            onClick={() => setDoing({ act: 'connect' })}
          >
            {t('bus.connect')}
          </Button>
        )}
        {canSecure && <Button onClick={() => setDoing({ act: 'trace' })}>{t('bus.trace-do')}</Button>}
      </div>
      {readers.length === 0 && <p className="xm-soft">{t('bus.none')}</p>}
      {readers.map((each) => (
        <BusReader
          key={each.id}
          now={now}
          reader={each}
          others={readers}
          status={busReaderOf(device, each.number)}
          onDo={(act) => setDoing({ act, reader: each })}
        />
      ))}
      {doing?.act === 'connect' && <ConnectReader now={now} device={device} onClose={close} />}
      {doing?.act === 'trace' && <TraceBus device={device} onClose={close} />}
      {reader && doing?.act === 'edit' && <ReaderModal now={now} target={{ reader }} onClose={close} />}
      {reader && doing?.act === 'key' && <ReaderKey reader={reader} status={status} onClose={close} />}
      {reader && doing?.act === 'move' && <MoveReader device={device} reader={reader} onClose={close} />}
      {reader && status?.strayed && doing?.act === 'back' && (
        <BringBack reader={reader} strayed={status.strayed} taken={readers} onClose={close} />
      )}
      {reader && doing?.act === 'file' && <SendFile reader={reader} onClose={close} />}
      {reader && doing?.act === 'signals' && <ReaderSignals reader={reader} onClose={close} />}
    </section>
  );
}
