import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useApi } from '../api.ts';
import { useConnection, useLaneStates } from '../LiveProvider.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNow } from '../ui/use-now.ts';
import { useZone } from '../ui/zone.tsx';
import { IdlePanel } from './IdlePanel.tsx';
import { LaneTop } from './LaneTop.tsx';
import { LostPanel } from './LostPanel.tsx';
import { currentOf, laneFilter, recentOf, soundOf } from './lane-view.ts';
import { RecentStrip } from './RecentStrip.tsx';
import { ResultPanel } from './ResultPanel.tsx';
import { useLaneView } from './use-lane-view.ts';
import { useSounds } from './use-sounds.ts';
import './lane-screen.css';

/** The guard's screen of one lane, or of all lanes of a gate: whose card it was, and what came of it. */
export function LaneScreenPage() {
  const { t } = useTranslation('lane-screen');
  const { laneId, gateId } = useParams();
  const campus = useApi('campus.get');
  const states = useLaneStates();
  const connection = useConnection();
  const sounds = useSounds();
  const { ahead } = useZone();
  const now = useNow(500);
  const { view, error } = useLaneView(laneFilter({ laneId, gateId }), (rows) => {
    const tone = soundOf(rows);
    if (tone) sounds.play(tone);
  });

  const lane = campus.data?.lanes.find(({ id }) => id === laneId);
  const gate = campus.data?.gates.find(({ id }) => id === (lane?.gateId ?? gateId));
  const title = [gate?.name, lane?.name].filter(Boolean).join(' · ');
  useEffect(() => {
    if (title) document.title = `${title} · 校门 Xiaomen`;
  }, [title]);

  if (campus.error && !campus.data)
    return <ErrorState error={campus.error} onRetry={() => void campus.refetch()} />;
  if (!campus.data) return <Loading />;
  if (gate === undefined) return <EmptyState title={t('no-lane')} hint={t('no-lane-hint')} />;

  const current = currentOf(view, now);
  const state = lane && (states.get(lane.id) ?? campus.data.states.find((each) => each.laneId === lane.id));
  return (
    <div className="xm-lane">
      <LaneTop title={title} lane={lane} state={state} now={now + ahead} sounds={sounds} />
      <section className="xm-lane-main" aria-label={t('result')}>
        {connection.state === 'lost' ? (
          <LostPanel />
        ) : current ? (
          <ResultPanel key={current.row.event.seq} moment={current} whichLane={lane === undefined} />
        ) : (
          <IdlePanel posture={state?.posture ?? lane?.posture} alarm={state?.alarm} />
        )}
      </section>
      {error !== undefined && view.length === 0 ? (
        <ErrorState error={error} />
      ) : (
        <RecentStrip moments={recentOf(view, current)} whichLane={lane === undefined} />
      )}
    </div>
  );
}
