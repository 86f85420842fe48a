import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { useDesk } from './desk.ts';
import { useReasons } from './use-reasons.ts';

/** The whole identity number, after a reason that goes into the record; gone with the dialog. */
export function RevealId({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'common']);
  const desk = useDesk();
  const reasons = useReasons('reveal');
  const tell = useTellProblem();
  const reveal = useChange('visits.reveal-id');
  const name = visit.visitor.name;
  if (reveal.data)
    return (
      <Modal open title={t('reveal.title', { name })} footer={null} onCancel={desk.done}>
        <p className="xm-whole-id xm-numbers">{reveal.data.idNumber}</p>
        <p className="xm-soft">{t('reveal.recorded')}</p>
      </Modal>
    );
  return (
    <ReasonModal
      open
      title={t('reveal.title', { name })}
      okText={t('reveal.do')}
      busy={reveal.isPending}
      suggestions={reasons}
      onConfirm={(reason) => reveal.mutate({ params: { id: visit.id }, body: { reason } }, { onError: tell })}
      onCancel={desk.done}
    />
  );
}
