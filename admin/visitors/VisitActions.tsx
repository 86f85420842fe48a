import { App, Button, Checkbox, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Visit } from '../../server/contract/visits.ts';
import { useApi, useChange } from '../api.ts';
import { useNames } from '../campus/use-campus.ts';
import { useCan } from '../session.tsx';
import { useTellProblem } from '../ui/use-tell-problem.ts';
import { stale, useDesk } from './desk.ts';
import { Key } from './Key.tsx';
import { useDeskKeys } from './use-desk-keys.ts';
import { useRemembered } from './use-remembered.ts';
import type { Acts } from './visit-acts.ts';

/** What the guard does: the one thing that comes next first, and large. */
export function VisitActions({ visit, acts }: { visit: Visit; acts: Acts }) {
  const { t } = useTranslation('visitors');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const desk = useDesk();
  const approve = useChange('visits.approve', stale);
  const depart = useChange('visits.sign-out', stale);
  const { letIn, busy, lane } = useLetIn(visit);
  const params = { id: visit.id };
  const told = (done: string) => ({
    onSuccess: () => {
      void message.success(t(done, { name: visit.visitor.name }));
      desk.done();
    },
    onError: tell,
  });
  const mains = {
    approve: () =>
      acts.word?.why ? desk.ask('approve') : approve.mutate({ params, body: {} }, told('done.approved')),
    'let-in': letIn,
    depart: () =>
      visit.items !== null && visit.itemsAt === null
        ? desk.ask('depart')
        : depart.mutate({ params, body: {} }, told('done.departed')),
  };
  const main = acts.main === undefined || acts.main === 'screen' ? undefined : acts.main;
  useDeskKeys(
    {
      F4: main && mains[main],
      F8: acts.refuse ? () => desk.ask('refuse') : undefined,
      F9: acts.print ? () => desk.ask('print') : undefined,
    },
    desk.dialog !== undefined,
  );
  const others = [
    ['print', acts.print],
    ['photo', acts.photo],
    ['reveal', acts.reveal],
    ['revoke', acts.revoke],
  ] as const;
  if (!main && !acts.refuse && others.every(([, may]) => !may)) return null;
  return (
    <div className="xm-visit-doing">
      {main === 'let-in' && lane}
      <div className="xm-visit-acts">
        {main && (
          <Button
            type="primary"
            size="large"
            className="xm-visit-do"
            loading={approve.isPending || depart.isPending || busy}
            onClick={mains[main]}
          >
            {t(main === 'let-in' && visit.state === 'left' ? 'act.let-in-again' : `act.${main}`)}
            <Key of="F4" />
          </Button>
        )}
        {acts.refuse && (
          <Button size="large" danger onClick={() => desk.ask('refuse')}>
            {t('act.refuse')}
            <Key of="F8" />
          </Button>
        )}
        {others
          .filter(([, may]) => may)
          .map(([name]) => (
            <Button key={name} size="large" onClick={() => desk.ask(name)}>
              {t(name === 'photo' && visit.photoId !== null ? 'act.photo-again' : `act.${name}`)}
              {name === 'print' && <Key of="F9" />}
            </Button>
          ))}
      </div>
    </div>
  );
}

const tones = { confirmed: 'success', sent: 'success', unknown: 'warning', fault: 'error' } as const;

/** In at a lane that the desk remembers; the lane is opened as well, where the guard may. */
function useLetIn(visit: Visit) {
  const { t } = useTranslation('visitors');
  const { message } = App.useApp();
  const tell = useTellProblem();
  const desk = useDesk();
  const names = useNames();
  const admit = useChange('visits.admit', stale);
  const open = useChange('lanes.open');
  const lanes = useApi('campus.get').data?.lanes ?? [];
  const [remembered, remember] = useRemembered('lane', '');
  const [opening, setOpening] = useRemembered('open', 'yes');
  const mayOpen = useCan('lane.open');
  const lane = lanes.find(({ id }) => id === remembered) ?? lanes[0];
  const opens = mayOpen && opening === 'yes' && lane !== undefined && lane.outputDeviceId !== null;

  async function letIn(): Promise<void> {
    if (!lane) return void message.error(t('let-in.no-lane'));
    try {
      await admit.mutateAsync({ params: { id: visit.id }, body: { laneId: lane.id } });
      void message.success(t('done.let-in', { name: visit.visitor.name, lane: names.lane(lane.id) }));
      if (opens) {
        const reason = t('let-in.reason', { number: visit.pass?.number ?? '' });
        const { relay } = await open.mutateAsync({ params: { id: lane.id }, body: { reason } });
        if (tones[relay] !== 'success') void message[tones[relay]](t(`let-in.relay-${relay}`));
      }
    } catch (error) {
      tell(error);
    }
    desk.done();
  }

  return {
    letIn: () => void letIn(),
    busy: admit.isPending || open.isPending,
    lane: (
      <div className="xm-let-in">
        <label htmlFor="xm-let-in-lane">{t('let-in.lane')}</label>
        <Select
          id="xm-let-in-lane"
          value={lane?.id ?? null}
          options={lanes.map(({ id }) => ({ value: id, label: names.lane(id) }))}
          onChange={(id) => {
            remember(id ?? '');
            desk.done();
          }}
        />
        {mayOpen && (
          <Checkbox
            checked={opening === 'yes'}
            onChange={({ target }) => setOpening(target.checked ? 'yes' : 'no')}
          >
            {t('let-in.open')}
          </Checkbox>
        )}
      </div>
    ),
  };
}
