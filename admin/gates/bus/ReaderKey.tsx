import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { EnrolmentWindow } from './EnrolmentWindow.tsx';
import { RotateKey } from './RotateKey.tsx';

/** Whether a reader holds its key, and the way to one: the first, another, or one in place of a lost one. */
export function ReaderKey({
  reader,
  status,
  onClose,
}: {
  reader: Reader;
  status: BusReaderStatus | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('gates');
  const held = status?.key === 'held';
  const words = held ? (status.secure ? 'held' : 'held-away') : (status?.key ?? 'none');
  const bad = words === 'lost' || words === 'unreadable';
  return (
    <Modal open title={t('bus.key-of', { name: reader.name })} footer={null} onCancel={onClose}>
      <div className="xm-block">
        <p className={bad ? 'xm-fault' : undefined}>{t(`bus.window.${words}`)}</p>
        {held && <RotateKey reader={reader} onDone={onClose} />}
        {!held && words !== 'unreadable' && <EnrolmentWindow reader={reader} status={status} />}
      </div>
    </Modal>
  );
}
