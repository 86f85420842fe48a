import { useTranslation } from 'react-i18next';
import type { Reader } from '../../../server/contract/gates.ts';
import type { BusReaderStatus } from '../../../server/contract/readers.ts';
import { useChange } from '../../api.ts';
import { ReasonModal } from '../../ui/ReasonModal.tsx';
import { useSaving } from '../../ui/use-saving.ts';
import { strayedWay } from './bus-words.ts';
import { useOutcome } from './use-outcome.ts';

export type Strayed = NonNullable<BusReaderStatus['strayed']>;

/** A reader that went where the bus can't follow it is told to come back. */
export function BringBack({
  reader,
  strayed,
  taken,
  onClose,
}: {
  reader: Reader;
  strayed: Strayed;
  taken: readonly Reader[];
  onClose: () => void;
}) {
  const { t } = useTranslation('gates');
  const bring = useChange('readers.bring-back', ['devices.list']);
  const saving = useSaving();
  const tell = useOutcome();
  return (
    <ReasonModal
      open
      title={t('bus.back.of', { name: reader.name })}
      okText={t('bus.back.do')}
      busy={bring.isPending}
      suggestions={[t('bus.back.why')]}
      onConfirm={(reason) =>
        void saving(async () => {
          tell(await bring.mutateAsync({ params: { id: reader.id }, body: { reason } }));
        }, onClose)
      }
      onCancel={onClose}
    >
      <StrayedText reader={reader} strayed={strayed} taken={taken} />
    </ReasonModal>
  );
}

/** Where it is, and what a person has to do about it. @param taken the readers of its bus. */
export function StrayedText({
  reader,
  strayed,
  taken,
}: {
  reader: Reader;
  strayed: Strayed;
  taken: readonly Reader[];
}) {
  const { t } = useTranslation('gates');
  const { way, other } = strayedWay(reader, strayed, taken);
  const { address, baudRate: rate } = strayed;
  return <p>{t(`bus.back.way.${way}`, { address, rate, name: other?.name })}</p>;
}
