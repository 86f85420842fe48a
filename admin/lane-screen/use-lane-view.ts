import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogFilter, LogRow } from '../../server/contract/log.ts';
import { resultOf } from '../../server/contract/log.ts';
import { client } from '../api.ts';
import { useLive, useLiveRows } from '../LiveProvider.tsx';
import { addRows, type LaneView } from './lane-view.ts';

/** The last passages of a lane or gate, kept up live; `onNew` hears what came, not what was there before. */
export function useLaneView(
  filter: LogFilter,
  onNew: (rows: LogRow[]) => void,
): { view: LaneView; error: unknown } {
  const live = useLive();
  const followedFrom = useSyncExternalStore(live.followedFrom.subscribe, live.followedFrom.get);
  const [view, setView] = useState<LaneView>([]);
  const [error, setError] = useState<unknown>();
  const { laneId, gateId } = filter;
  useEffect(() => {
    if (followedFrom === null) return;
    let wanted = true;
    setView([]);
    setError(undefined);
    const query = { limit: 60, ...(laneId === undefined ? { gateId } : { laneId }) };
    client('log.list', { query }).then(
      ({ rows }) => wanted && setView((now) => addRows(now, rows)),
      (failure: unknown) => wanted && setError(failure),
    );
    return () => {
      wanted = false;
    };
  }, [followedFrom, laneId, gateId]);
  useLiveRows((rows) => {
    const own = rows.filter(({ event: { type, data } }) => {
      const here = laneId === undefined ? data.gateId === gateId : data.laneId === laneId;
      return here && resultOf(type) !== 'change';
    });
    if (own.length === 0) return;
    setView((now) => addRows(now, own));
    onNew(own);
  });
  return { view, error };
}
