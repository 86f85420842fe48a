import { useCallback, useEffect, useReducer, useRef, useState, useSyncExternalStore } from 'react';
import type { LogFilter, LogRow } from '../../server/contract/log.ts';
import { client } from '../api.ts';
import { useLive, useLiveRows } from '../LiveProvider.tsx';
import { emptyLog, fits, reduceLog } from './log-state.ts';

const pageRows = 100;

export interface Log {
  rows: readonly LogRow[];
  /** Rows that came while paused. */
  waiting: number;
  paused: boolean;
  loading: boolean;
  /** There is more below. */
  more: boolean;
  error: unknown;
  pause: () => void;
  resume: () => void;
  /** Somebody scrolled to older rows, or back to the newest. */
  read: (older: boolean) => void;
  loadOlder: () => void;
}

/** The log under a filter: its past page by page, then live. */
export function useLog(filter: LogFilter): Log {
  const live = useLive();
  // Pages are asked for only once the feed has its starting point: what lies between would be lost otherwise.
  const followedFrom = useSyncExternalStore(live.followedFrom.subscribe, live.followedFrom.get);
  const followFault = useSyncExternalStore(live.followFault.subscribe, live.followFault.get);
  const [state, act] = useReducer(reduceLog, emptyLog);
  const [loading, setLoading] = useState(true);
  const [error, setError] = useState<unknown>();
  /** Counts starts: an answer to an earlier filter is thrown away. */
  const round = useRef(0);
  const key = JSON.stringify(filter);

  const load = useCallback(
    async (before: number | undefined) => {
      const asked = round.current;
      setLoading(true);
      setError(undefined);
      try {
        const query = { ...(JSON.parse(key) as LogFilter), limit: pageRows, ...(before && { before }) };
        const { rows, next } = await client('log.list', { query });
        if (asked === round.current) act({ type: 'page', rows, next });
      } catch (failure) {
        if (asked === round.current) setError(failure);
      } finally {
        if (asked === round.current) setLoading(false);
      }
    },
    [key],
  );

  useEffect(() => {
    round.current++;
    act({ type: 'start' });
    setLoading(true);
    if (followedFrom !== null) void load(undefined);
  }, [followedFrom, load]);

  useLiveRows((rows) => act({ type: 'live', rows: rows.filter((row) => fits(row, filter)) }));

  /** Paused by the button: scrolling back to the top does not undo it. */
  const held = useRef(false);
  const unknown = followedFrom === null ? followFault : undefined;
  const { next } = state;
  return {
    rows: state.rows,
    waiting: state.waiting.length,
    paused: state.paused,
    loading: loading && unknown === undefined,
    more: next !== null,
    error: error ?? unknown,
    pause: useCallback(() => {
      held.current = true;
      act({ type: 'pause' });
    }, []),
    resume: useCallback(() => {
      held.current = false;
      act({ type: 'resume' });
    }, []),
    read: useCallback((older: boolean) => {
      if (older) act({ type: 'pause' });
      else if (!held.current) act({ type: 'resume' });
    }, []),
    loadOlder: useCallback(() => {
      if (!loading && next !== null && followedFrom !== null) void load(next);
    }, [load, loading, next, followedFrom]),
  };
}
