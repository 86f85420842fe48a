import { App, Button, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cardholder } from '../../server/contract/people.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { EnrolBySwipe } from './EnrolBySwipe.tsx';
import { EnrolByTyping } from './EnrolByTyping.tsx';
import { type Enrolment, type LostCard, lostCardOf } from './enrolment.ts';

/** Gives a person a card: by holding it to a reader, or by typing what is printed on it. */
export function EnrolCard({ person, onClose }: { person: Cardholder; onClose: () => void }) {
  const { t } = useTranslation(['people', 'common']);
  const { message } = App.useApp();
  const tell = useTellProblem();
  const [how, setHow] = useState<'swipe' | 'type'>('swipe');
  const [asking, setAsking] = useState<{ body: Enrolment; lost: LostCard }>();
  const enrol = useChange('credentials.enrol', ['people.get', 'people.list']);
  const onEnrol = (body: Enrolment) =>
    enrol.mutate(
      { params: { id: person.id }, body },
      {
        onSuccess: () => {
          void message.success(t('enrol.done', { name: person.name }));
          onClose();
        },
        onError: (error) => {
          const lost = lostCardOf(error);
          setAsking(lost && { body, lost });
          if (!lost) tell(error);
        },
      },
    );
  const names = { from: asking?.lost.name, to: person.name };
  const parts = { person, busy: enrol.isPending, onEnrol };
  return (
    <section className="xm-card xm-enrol" aria-label={t('enrol.start')}>
      <Segmented
        block
        value={how}
        options={[
          { value: 'swipe' as const, label: t('enrol.swipe') },
          { value: 'type' as const, label: t('enrol.type') },
        ]}
        onChange={setHow}
      />
      {how === 'swipe' ? <EnrolBySwipe {...parts} /> : <EnrolByTyping {...parts} />}
      <div>
        <Button onClick={onClose}>{t('common:cancel')}</Button>
      </div>
      {asking && (
        <ReasonModal
          open
          title={t('enrol.give-title')}
          okText={t('enrol.give-do', names)}
          busy={enrol.isPending}
          suggestions={[t('enrol.give-found'), t('enrol.give-left')]}
          onConfirm={(reason) =>
            onEnrol({ ...asking.body, lost: { credentialId: asking.lost.credentialId, reason } })
          }
          onCancel={() => setAsking(undefined)}
        >
          <p>{t('enrol.give', names)}</p>
          <p className="xm-soft">{t('enrol.give-means', names)}</p>
        </ReasonModal>
      )}
    </section>
  );
}
