/** Opens the live side while somebody is signed in, and hands it to the screens as hooks. */
import { createContext, type ReactNode, use, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { io } from 'socket.io-client';
import type { Session } from '../server/contract/accounts.ts';
import type { DeviceStatus, SeenRead } from '../server/contract/devices.ts';
import type { EventType } from '../server/contract/events.ts';
import type { LaneState } from '../server/contract/gates.ts';
import { resultOf } from '../server/contract/log.ts';
import type { BusProgress } from '../server/contract/readers.ts';
import { askAgain, client, queryClient } from './api.ts';
import {
  type Connection,
  createLive,
  type Live,
  type LiveSocket,
  progressKey,
  type RowListener,
} from './live.ts';
import type { DocumentListener, VisitListener } from './live-visits.ts';

const Context = createContext<Live | null>(null);

function openLive(session: Session): Live {
  return createLive({
    socket: io({ autoConnect: false, reconnectionDelayMax: 5000, closeOnBeforeunload: true }) as LiveSocket,
    head: () => client('log.list', { query: { limit: 1 } }),
    may: {
      rows: session.capabilities.includes('log.read'),
      states: session.capabilities.includes('gates.read'),
    },
    onRefused: () => void queryClient.invalidateQueries({ queryKey: ['session.get'] }),
    random: () => Math.random(),
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
}

/** A screen may stand on a wall all day, while somebody elsewhere changes what it shows and offers. */
function changesCampus(type: EventType): boolean {
  return /^(gate|lane|zone|reader|device)\./.test(type) && resultOf(type) === 'change';
}

/** Keyed by the account outside, so that another account gets another connection. */
export function LiveProvider({ session, children }: { session: Session; children: ReactNode }) {
  const [live, setLive] = useState<Live | null>(null);
  const opened = useRef(session);
  useEffect(() => {
    const next = openLive(opened.current);
    setLive(next);
    // A server that comes back may have another clock, and a computer that slept has lost count.
    const stop = next.connection.subscribe(() => {
      if (next.connection.get().state === 'online')
        void queryClient.invalidateQueries({ queryKey: ['front.get'] });
    });
    const stopRows = next.onRows((rows) => {
      if (rows.some(({ event }) => changesCampus(event.type))) void askAgain(['campus.get', 'devices.list']);
    });
    return () => {
      stop();
      stopRows();
      next.close();
    };
  }, []);
  return live && <Context value={live}>{children}</Context>;
}

export function useLive(): Live {
  const live = use(Context);
  if (live === null) throw new Error('outside of LiveProvider');
  return live;
}

export function useConnection(): Connection {
  const { connection } = useLive();
  return useSyncExternalStore(connection.subscribe, connection.get);
}

/** Newest status of each device, by id; empty until the server told. */
export function useDeviceStatuses(): ReadonlyMap<string, DeviceStatus> {
  const { devices } = useLive();
  return useSyncExternalStore(devices.subscribe, devices.get);
}

/** How far the newest search of a bus, or file to the reader at an address of it, is; nothing before one has begun. */
export function useBusProgress(
  kind: BusProgress['kind'],
  deviceId: string,
  number?: number,
): BusProgress | undefined {
  const { progress } = useLive();
  return useSyncExternalStore(progress.subscribe, progress.get).get(progressKey(kind, deviceId, number));
}

/** What each lane is doing now, by id; empty until the server told. */
export function useLaneStates(): ReadonlyMap<string, LaneState> {
  const { lanes } = useLive();
  return useSyncExternalStore(lanes.subscribe, lanes.get);
}

/** Calls back with new rows, ascending, each once. */
export function useLiveRows(onRows: RowListener): void {
  const live = useLive();
  const latest = useRef(onRows);
  useEffect(() => {
    latest.current = onRows;
  });
  useEffect(() => live.onRows((rows, ageOf) => latest.current(rows, ageOf)), [live]);
}

/** Calls back with reads at one device, or at all (null). Returns whether a card held to a reader now would be told. */
export function useReads(deviceId: string | null, onRead: (read: SeenRead) => void): boolean {
  const live = useLive();
  const latest = useRef(onRead);
  useEffect(() => {
    latest.current = onRead;
  });
  useEffect(() => live.onReads(deviceId, (read) => latest.current(read)), [live, deviceId]);
  return useSyncExternalStore(live.reading.subscribe, live.reading.get);
}

/** Calls back with news of visits, and with undefined when some may have been missed. */
export function useVisitNews(onNews: VisitListener): void {
  const live = useLive();
  const latest = useRef(onNews);
  useEffect(() => {
    latest.current = onNews;
  });
  useEffect(() => live.onVisits((notice) => latest.current(notice)), [live]);
}

/**
 * Calls back with identity documents laid on this reader while there is one. Another `turn` asks for the reader again,
 * after another screen has taken it.
 */
export function useDocuments(deviceId: string | undefined, turn: number, onTold: DocumentListener): void {
  const live = useLive();
  const latest = useRef(onTold);
  useEffect(() => {
    latest.current = onTold;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn is asked for by nothing but its number
  useEffect(
    () => (deviceId === undefined ? undefined : live.onDocument(deviceId, (told) => latest.current(told))),
    [live, deviceId, turn],
  );
}
