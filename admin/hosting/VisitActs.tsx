import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useNow } from '../ui/use-now.ts';
import { useSaving } from '../ui/use-saving.ts';
import { useZone } from '../ui/zone.tsx';
import { PassDialog } from './PassDialog.tsx';
import { type Offer, offersOf } from './standing.ts';

const reasons = ['unknown', 'no-time', 'other-day', 'not-here'] as const;
/** What stands in a list; the others stand where all of the visit is shown. */
const brieflyOffered: readonly Offer[] = ['accept', 'refuse', 'hand-over', 'met', 'parted', 'pass'];

/** What the host can do about the visit now, each one press; a refusal says why. */
export function VisitActs({ visit, brief = false }: { visit: Visit; brief?: boolean }) {
  const { t } = useTranslation('hosting');
  const { message } = App.useApp();
  const now = useNow(30_000) + useZone().ahead;
  const saving = useSaving();
  const [asking, setAsking] = useState<'refuse' | 'cancel' | 'sign-out'>();
  const [pass, setPass] = useState(false);
  const stale = ['visits.mine'] as const;
  const approve = useChange('visits.approve', stale);
  const refuse = useChange('visits.refuse', stale);
  const handOver = useChange('visits.hand-over', stale);
  const receipt = useChange('visits.receipt', stale);
  const signOut = useChange('visits.sign-out', stale);
  const busy = [approve, refuse, handOver, receipt, signOut].some(({ isPending }) => isPending);
  const params = { id: visit.id };

  const run = (done: Offer, work: () => Promise<unknown>) =>
    saving(work, () => {
      setAsking(undefined);
      void message.success(t(`done.${done}`, { name: visit.visitor.name }));
    });
  const acts: Record<Offer, () => void> = {
    accept: () => void run('accept', () => approve.mutateAsync({ params, body: {} })),
    'think-again': () => void run('think-again', () => approve.mutateAsync({ params, body: {} })),
    'hand-over': () => void run('hand-over', () => handOver.mutateAsync({ params, body: {} })),
    met: () => void run('met', () => receipt.mutateAsync({ params, body: { receipt: 'met' } })),
    parted: () => void run('parted', () => receipt.mutateAsync({ params, body: { receipt: 'parted' } })),
    pass: () => setPass(true),
    refuse: () => setAsking('refuse'),
    cancel: () => setAsking('cancel'),
    'sign-out': () => setAsking('sign-out'),
  };
  const confirmed = (reason: string) => {
    if (asking === undefined) return;
    const body = { reason };
    void run(asking, () =>
      asking === 'sign-out' ? signOut.mutateAsync({ params, body }) : refuse.mutateAsync({ params, body }),
    );
  };
  const offered = offersOf(visit, now).filter((each) => !brief || brieflyOffered.includes(each));
  if (offered.length === 0 && asking === undefined && !pass) return null;
  return (
    <div className="xm-visit-acts">
      {offered.map((offer, index) => (
        <Button
          key={offer}
          type={index === 0 && ['accept', 'met', 'parted'].includes(offer) ? 'primary' : 'default'}
          danger={offer === 'refuse' || offer === 'cancel'}
          disabled={busy}
          aria-label={t('act-of', { act: t(`act.${offer}`), name: visit.visitor.name })}
          onClick={acts[offer]}
        >
          {t(`act.${offer}`)}
        </Button>
      ))}
      <ReasonModal
        open={asking !== undefined}
        title={asking === undefined ? '' : t(`ask.${asking}`, { name: visit.visitor.name })}
        okText={asking === undefined ? '' : t(`act.${asking}`)}
        danger={asking !== 'sign-out'}
        busy={busy}
        suggestions={asking === 'sign-out' ? [] : reasons.map((each) => t(`reason.${each}`))}
        onConfirm={confirmed}
        onCancel={() => setAsking(undefined)}
      >
        {asking !== undefined && <p>{t(`ask.${asking}-hint`)}</p>}
      </ReasonModal>
      {pass && <PassDialog visit={visit} onClose={() => setPass(false)} />}
    </div>
  );
}
