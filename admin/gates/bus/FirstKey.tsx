import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { useLiveRows } from '../../LiveProvider.tsx';
import { Waiting } from '../../reads/Waiting.tsx';
import { useCan } from '../../session.tsx';
import { BusReaderTags } from './BusReaderTags.tsx';
import { EnrolmentWindow } from './EnrolmentWindow.tsx';
import { WizardFoot } from './WizardFoot.tsx';

/** Waits for the new reader to answer, and lets it be given its key. */
export function FirstKey({
  reader,
  status,
  onGiveUp,
  onNext,
}: {
  reader: Reader;
  status: BusReaderStatus | undefined;
  onGiveUp: () => void;
  onNext: () => void;
}) {
  const { t } = useTranslation('gates');
  const canSecure = useCan('readers.secure');
  const [refused, setRefused] = useState(false);
  useLiveRows((rows) => {
    for (const { event } of rows) {
      if (event.data.readerId !== reader.id) continue;
      if (event.type === 'reader.key-refused') setRefused(true);
      if (event.type === 'reader.enrolment-opened') setRefused(false);
    }
  });
  const answers = status?.state === 'online';
  const secured = answers && status.secure;
  return (
    <div className="xm-block">
      <p className="xm-tags" aria-live="polite">
        {status && <BusReaderTags status={status} />}
      </p>
      {!answers && <Waiting text={t('bus.wizard.waiting', { address: reader.number })} />}
      {secured && <p>{t('bus.wizard.key-set')}</p>}
      {answers && !secured && (
        <>
          <p>{t('bus.wizard.answers')}</p>
          {refused && <p className="xm-fault">{t('bus.wizard.key-refused')}</p>}
          <p className="xm-soft">{t('bus.window.none')}</p>
          {canSecure && <EnrolmentWindow reader={reader} status={status} />}
          <p className="xm-soft">{t('bus.wizard.skip-hint')}</p>
        </>
      )}
      <WizardFoot onGiveUp={onGiveUp}>
        <Button type={secured ? 'primary' : 'default'} disabled={!answers} onClick={onNext}>
          {t(secured ? 'add.next' : 'bus.wizard.skip')}
        </Button>
      </WizardFoot>
    </div>
  );
}
