import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeenRead } from '../../../server/contract/devices.ts';
import type { Reader } from '../../../server/contract/gates.ts';
import { useReads } from '../../LiveProvider.tsx';
import { SeenReadCard } from '../../reads/SeenReadCard.tsx';
import { Waiting } from '../../reads/Waiting.tsx';
import { WizardFoot } from './WizardFoot.tsx';

/** Shows what the new reader reads; what others on the bus read is not meant. */
export function TestCard({
  reader,
  onGiveUp,
  onNext,
}: {
  reader: Reader;
  onGiveUp: () => void;
  onNext: () => void;
}) {
  const { t } = useTranslation('gates');
  const [seen, setSeen] = useState<SeenRead>();
  const ready = useReads(reader.deviceId, (read) => {
    if (read.reader === reader.number) setSeen(read);
  });
  return (
    <div className="xm-block">
      {seen ? (
        <SeenReadCard read={seen} />
      ) : (
        <Waiting ready={ready} text={t('bus.wizard.card')} hint={t('bus.wizard.card-hint')} />
      )}
      <WizardFoot onGiveUp={onGiveUp}>
        <Button type={seen ? 'primary' : 'default'} onClick={onNext}>
          {t('add.next')}
        </Button>
      </WizardFoot>
    </div>
  );
}
