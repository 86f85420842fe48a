import { App, Modal, Steps } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Device } from '../../../server/contract/devices.ts';
import { useChange } from '../../api.ts';
import type { CampusNow } from '../../campus/use-campus.ts';
import { useCan } from '../../session.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { busReaderOf } from './bus-words.ts';
import { FindReader } from './FindReader.tsx';
import { FirstKey } from './FirstKey.tsx';
import { NameReader } from './NameReader.tsx';
import { PlaceBusReader } from './PlaceBusReader.tsx';
import { TestCard } from './TestCard.tsx';

const steps = ['find', 'name', 'key', 'card', 'place'] as const;

type Stage =
  | { step: 'find' }
  | { step: 'name'; address: number }
  | { step: 'key' | 'card' | 'place'; readerId: string };

/**
 * The first connection of a reader: found on the bus, set up, given its key, tried with a card, put on a lane. It is
 * kept from the third step on, because only a reader that is set up is spoken to; giving up there takes it away again.
 */
export function ConnectReader({
  now,
  device,
  onClose,
}: {
  now: CampusNow;
  device: Device;
  onClose: () => void;
}) {
  const { t } = useTranslation('gates');
  const { message } = App.useApp();
  const [stage, setStage] = useState<Stage>({ step: 'find' });
  const remove = useChange('readers.remove', ['campus.get', 'devices.list']);
  const saving = useSaving();
  const canWatch = useCan('credentials.manage');
  const reader = 'readerId' in stage ? now.campus.readers.find(({ id }) => id === stage.readerId) : undefined;
  const status = reader && busReaderOf(device, reader.number);

  function giveUp(): void {
    if (!reader) onClose();
    else
      void saving(
        () => remove.mutateAsync({ params: { id: reader.id }, body: { reason: t('bus.wizard.given-up') } }),
        onClose,
      );
  }
  function done(): void {
    void message.success(t('bus.wizard.done'));
    onClose();
  }

  return (
    <Modal
      open
      width={640}
      title={t('bus.wizard.title')}
      footer={null}
      mask={{ closable: false }}
      closable={!reader}
      keyboard={!reader}
      onCancel={giveUp}
    >
      <Steps
        size="small"
        responsive={false}
        titlePlacement="vertical"
        current={steps.indexOf(stage.step)}
        className="xm-steps"
        items={steps.map((step) => ({ title: t(`bus.wizard.step.${step}`) }))}
      />
      {stage.step === 'find' && (
        <FindReader now={now} device={device} onPick={(address) => setStage({ step: 'name', address })} />
      )}
      {stage.step === 'name' && (
        <NameReader
          now={now}
          device={device}
          address={stage.address}
          onBack={() => setStage({ step: 'find' })}
          onAdded={(readerId) => setStage({ step: 'key', readerId })}
        />
      )}
      {stage.step === 'key' && reader && (
        <FirstKey
          reader={reader}
          status={status}
          onGiveUp={giveUp}
          onNext={() => setStage({ step: canWatch ? 'card' : 'place', readerId: reader.id })}
        />
      )}
      {stage.step === 'card' && reader && (
        <TestCard
          reader={reader}
          onGiveUp={giveUp}
          onNext={() => setStage({ step: 'place', readerId: reader.id })}
        />
      )}
      {stage.step === 'place' && reader && <PlaceBusReader now={now} reader={reader} onDone={done} />}
    </Modal>
  );
}
