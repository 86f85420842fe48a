import { useEffect, useState, useSyncExternalStore } from 'react';
import type { LogFilter, LogRow } from '../../server/contract/log.ts';
import { resultOf } from '../../server/contract/log.ts';
import { client } from '../api.ts';
import { useLive, useLiveRows } from '../LiveProvider.tsx';
import { ageBy } from '../live-feed.ts';
import { addRows, type LaneView } from './lane-view.ts';

/** Older than this, a row that was missed is shown below, but makes no sound. */
const soundMs = 8_000;

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
      ({ rows, now }) => {
        const heard = performance.now();
        const ageOf = ({ event }: LogRow) => ageBy({ now, heard }, event.at, heard);
        if (wanted) setView((known) => addRows(known, rows, heard, ageOf));
      },
      (failure: unknown) => wanted && setError(failure),
    );
    return () => {
      wanted = false;
    };
  }, [followedFrom, laneId, gateId]);
  useLiveRows((rows, ageOf) => {
    const own = rows.filter(({ event: { type, data } }) => {
      const here = laneId === undefined ? data.gateId === gateId : data.laneId === laneId;
      return here && resultOf(type) !== 'change';
    });
    if (own.length === 0) return;
    const came = performance.now();
    setView((known) => addRows(known, own, came, ageOf));
    onNew(own.filter((row) => ageOf(row) < soundMs));
  });
  return { view, error };
}
