import { useTranslation } from 'react-i18next';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { StatusTag } from '../../ui/StatusTag.tsx';
import { useTimeLeft } from '../../ui/use-time-left.ts';
import { busReaderWords } from './bus-words.ts';

/** How a reader is, as tags; of `brief` only what keeps it from its work. */
export function BusReaderTags({ status, brief = false }: { status: BusReaderStatus; brief?: boolean }) {
  const { t } = useTranslation('gates');
  const left = useTimeLeft(status.enrolUntil);
  return (
    <>
      {busReaderWords(status, brief).map(({ key, tone }) => (
        <StatusTag key={key} tone={tone}>
          {t(`bus.${key}`)}
        </StatusTag>
      ))}
      {!brief && left !== undefined && <StatusTag tone="info">{t('bus.enrolling', { left })}</StatusTag>}
    </>
  );
}
