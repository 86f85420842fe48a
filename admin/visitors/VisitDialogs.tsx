import { App, Checkbox, type CheckboxRef, Modal } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useChange } from '../api.ts';
import { ReasonModal } from '../ui/ReasonModal.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { stale, useDesk } from './desk.ts';
import { PrintBadge } from './PrintBadge.tsx';
import { RevealId } from './RevealId.tsx';
import { TakePhoto } from './TakePhoto.tsx';
import { useReasons } from './use-reasons.ts';
import type { Acts } from './visit-acts.ts';

const outcomes = {
  'screen-admit': 'admit',
  'screen-escort': 'escort',
  'screen-refuse': 'refuse',
} as const;

/** The one that is open, if any. */
export function VisitDialogs({ visit, acts }: { visit: Visit; acts: Acts }) {
  const { dialog } = useDesk();
  switch (dialog) {
    case 'print':
      return <PrintBadge visit={visit} />;
    case 'photo':
      return <TakePhoto visit={visit} />;
    case 'reveal':
      return acts.reveal ? <RevealId visit={visit} /> : null;
    case 'depart':
      return <Depart visit={visit} />;
    case undefined:
    case 'register':
      return null;
    default:
      return <WithReason visit={visit} what={dialog} />;
  }
}

type Reasoned = 'approve' | 'refuse' | 'revoke' | keyof typeof outcomes;

/** Acts that say why. */
function WithReason({ visit, what }: { visit: Visit; what: Reasoned }) {
  const { t } = useTranslation('visitors');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const desk = useDesk();
  const reasons = useReasons(`ask.${what}`);
  const approve = useChange('visits.approve', stale);
  const refuse = useChange('visits.refuse', stale);
  const revoke = useChange('passes.revoke', stale);
  const screen = useChange('visits.screen', stale);
  const params = { id: visit.id };
  const name = visit.visitor.name;

  function act(reason: string): void {
    const told = {
      onSuccess: () => {
        void message.success(t(`ask.${what}.done`, { name }));
        desk.done();
      },
      onError: tell,
    };
    const body = { reason };
    if (what === 'approve') approve.mutate({ params, body }, told);
    else if (what === 'refuse') refuse.mutate({ params, body }, told);
    else if (what === 'revoke') revoke.mutate({ params: { id: visit.pass?.id ?? '' }, body }, told);
    else screen.mutate({ params, body: { outcome: outcomes[what], reason } }, told);
  }

  return (
    <ReasonModal
      open
      title={t(`ask.${what}.title`, { name })}
      okText={t(`ask.${what}.do`)}
      danger={what === 'refuse' || what === 'revoke' || what === 'screen-refuse'}
      busy={approve.isPending || refuse.isPending || revoke.isPending || screen.isPending}
      suggestions={reasons}
      onConfirm={act}
      onCancel={desk.done}
    />
  );
}

/** Out with what was brought in: the guard looks at it first. */
function Depart({ visit }: { visit: Visit }) {
  const { t } = useTranslation(['visitors', 'common']);
  const { message } = App.useApp();
  const tell = useTellProblem();
  const desk = useDesk();
  const check = useChange('visits.receipt', stale);
  const depart = useChange('visits.sign-out', stale);
  const [checked, setChecked] = useState(false);
  const box = useRef<CheckboxRef>(null);
  const params = { id: visit.id };
  async function go(): Promise<void> {
    try {
      if (checked) await check.mutateAsync({ params, body: { receipt: 'items' } });
      await depart.mutateAsync({ params, body: {} });
    } catch (error) {
      return tell(error);
    }
    void message.success(t('done.departed', { name: visit.visitor.name }));
    desk.done();
  }
  return (
    <Modal
      open
      title={t('depart.title', { name: visit.visitor.name })}
      okText={t(checked ? 'depart.do' : 'depart.do-unchecked')}
      cancelText={t('common:cancel')}
      okButtonProps={{ danger: !checked, htmlType: 'submit', form: 'xm-depart' }}
      confirmLoading={check.isPending || depart.isPending}
      onCancel={desk.done}
      afterOpenChange={(shown) => shown && box.current?.focus()}
    >
      <p>{t('depart.hint')}</p>
      <p className="xm-depart-items">{visit.items}</p>
      <form
        id="xm-depart"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        <Checkbox ref={box} checked={checked} onChange={({ target }) => setChecked(target.checked)}>
          {t('depart.checked')}
        </Checkbox>
      </form>
    </Modal>
  );
}
