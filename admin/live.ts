/**
 * The live side: one socket for all screens. After any interruption the feed is asked for again from the last row
 * that was handed on, so that screens see every row once; all else that is watched is watched again by itself.
 */
import type { DeviceStatus, SeenRead } from '../server/contract/devices.ts';
import type { LaneState } from '../server/contract/gates.ts';
import type { LogRow } from '../server/contract/log.ts';
import type { BusProgress } from '../server/contract/readers.ts';
import type {
  Ack,
  ClientToServer,
  DropReason,
  RefusedReason,
  ServerToClient,
} from '../server/contract/socket.ts';
import { ageOfLive, createCursor, type Told } from './live-feed.ts';
import { type LiveVisits, liveVisits } from './live-visits.ts';
import { createStore, type Store } from './store.ts';

export type Cancel = () => void;

/** `lost` says since when (by `now`) nothing was heard; `connecting` before the first connection. */
export type Connection = { state: 'connecting' } | { state: 'online' } | { state: 'lost'; since: number };

/** `ageOf` says how many milliseconds ago a row happened, as it comes in. */
export type RowListener = (rows: LogRow[], ageOf: (row: LogRow) => number) => void;

export interface Live extends LiveVisits {
  connection: Store<Connection>;
  /** Newest status of each device and lane that was told. */
  devices: Store<ReadonlyMap<string, DeviceStatus>>;
  lanes: Store<ReadonlyMap<string, LaneState>>;
  /** The newest of each search and each file, by `progressKey`. */
  progress: Store<ReadonlyMap<string, BusProgress>>;
  /**
   * The sequence number after which listeners are told, null until it is known. A page of the log asked for after
   * that, joined by sequence number with what listeners are told, has no gap.
   */
  followedFrom: Store<number | null>;
  /** Why it is not known yet, when the log could not be asked; tried again by itself. */
  followFault: Store<unknown>;
  /** New rows in ascending order, each once. Starts with the first listener. */
  onRows(listener: RowListener): Cancel;
  /** Reads at one device, or at all (null), while somebody looks. */
  onReads(deviceId: string | null, listener: (read: SeenRead) => void): Cancel;
  /** Whether the server has said that it tells reads: before that a card held to a reader is missed. */
  reading: Store<boolean>;
  close(): void;
}

/** What is used of a socket.io client; tests hand in their own. */
export interface LiveSocket {
  readonly connected: boolean;
  /** False when the server refused or ended the connection: it will not come back by itself. */
  readonly active: boolean;
  on<E extends keyof ServerToClient>(event: E, listener: ServerToClient[E]): unknown;
  on(event: 'connect' | 'disconnect', listener: () => void): unknown;
  on(event: 'connect_error', listener: (error: Error) => void): unknown;
  emit<E extends keyof ClientToServer>(event: E, ...args: Parameters<ClientToServer[E]>): unknown;
  connect(): unknown;
  disconnect(): unknown;
}

export interface LiveNeeds {
  socket: LiveSocket;
  /** The log's newest sequence number and the server's clock now; rejects when the server can't say. */
  head: () => Promise<Omit<Told, 'heard'>>;
  /** What this account may watch. */
  may: { rows: boolean; states: boolean };
  /** The server ended or refused the connection: is the session still good? */
  onRefused: () => void;
  /** A clock that nobody can set: `performance.now()`. */
  now: () => number;
  /** 0 up to 1: screens that were told to wait must not all come back at once. */
  random: () => number;
  after: (ms: number, run: () => void) => Cancel;
}

/** @param number the reader's address on the bus, of a file. */
export function progressKey(kind: BusProgress['kind'], deviceId: string, number?: number): string {
  return `${kind} ${deviceId} ${number ?? ''}`;
}

const retryMs = 3_000;
const firstBusyMs = 5_000;
const longestBusyMs = 120_000;
const busy: RefusedReason = 'too-many-requests';

export function createLive({ socket, head, may, onRefused, now, random, after }: LiveNeeds): Live {
  const connection = createStore<Connection>({ state: 'connecting' });
  const devices = createStore<ReadonlyMap<string, DeviceStatus>>(new Map());
  const lanes = createStore<ReadonlyMap<string, LaneState>>(new Map());
  const progress = createStore<ReadonlyMap<string, BusProgress>>(new Map());
  const followedFrom = createStore<number | null>(null);
  const followFault = createStore<unknown>(undefined);
  const rowListeners = new Set<RowListener>();
  const reading = createStore(false);
  let readsAsked = 0;
  const readListeners = new Map<(read: SeenRead) => void, string | null>();
  let cursor: ReturnType<typeof createCursor> | undefined;
  let told: Told | undefined;
  let finding = false;
  let closed = false;
  /** How often in a row the server has said that it is asked too much. */
  let toldToWait = 0;
  const timers = new Set<Cancel>();

  function later(run: () => void, ms = retryMs): void {
    const cancel = after(ms, () => {
      timers.delete(cancel);
      if (!closed) run();
    });
    timers.add(cancel);
  }

  function lose(): void {
    reading.set(false);
    if (closed || connection.get().state === 'lost') return;
    connection.set({ state: 'lost', since: now() });
  }

  /** Always from a number, never "from now on": rows between two connections would be lost. */
  async function follow(): Promise<void> {
    if (!may.rows || rowListeners.size === 0 || !socket.connected || finding || closed) return;
    finding = true;
    try {
      told = { ...(await head()), heard: now() };
      const newest = told.head;
      // A log shorter than what was seen is another log: the server was set up anew or restored.
      if (cursor === undefined || newest < cursor.last()) {
        cursor = createCursor(newest);
        followedFrom.set(newest);
      }
      followFault.set(undefined);
    } catch (error) {
      followFault.set(error);
      later(() => void follow());
      return;
    } finally {
      finding = false;
    }
    // While the head was asked for, the last listener may have left or the connection may be gone.
    if (rowListeners.size === 0) forget();
    else if (socket.connected && !closed) socket.emit('live:subscribe', { cursor: cursor.last() }, refusedBy);
  }

  /** The next listener starts from then, not from here. */
  function forget(): void {
    cursor = undefined;
    followedFrom.set(null);
    if (socket.connected) socket.emit('live:unsubscribe');
  }

  function refusedBy(answer: Ack): void {
    if (!answer.ok && answer.code === 'not-allowed') onRefused();
  }

  function watchReads(): void {
    readsAsked += 1;
    reading.set(false);
    if (!socket.connected) return;
    if (readListeners.size === 0) {
      socket.emit('reads:unwatch');
      return;
    }
    const wanted = [...new Set(readListeners.values())];
    const only = wanted.length === 1 ? (wanted[0] ?? null) : null;
    const asked = readsAsked;
    socket.emit('reads:watch', { deviceId: only }, (answer) => {
      if (asked === readsAsked) reading.set(answer.ok);
      refusedBy(answer);
    });
  }

  const visits = liveVisits(socket, refusedBy);

  socket.on('connect', () => {
    connection.set({ state: 'online' });
    toldToWait = 0;
    if (may.states) socket.emit('states:watch', refusedBy);
    if (readListeners.size > 0) watchReads();
    visits.connected();
    void follow();
  });
  socket.on('disconnect', () => {
    lose();
    if (!socket.active && !closed) refused();
  });
  socket.on('connect_error', ({ message }) => {
    lose();
    if (socket.active || closed) return;
    if (message === busy) waitLonger();
    else refused();
  });

  function refused(): void {
    onRefused();
    later(() => socket.connect());
  }

  /** The session is as good as it was: to ask for it would be one more question to a server that has too many. */
  function waitLonger(): void {
    const ms = Math.min(longestBusyMs, firstBusyMs * 2 ** toldToWait);
    toldToWait += 1;
    later(() => socket.connect(), ms * (0.5 + random() / 2));
  }

  socket.on('live:rows', (rows, ack) => {
    const fresh = cursor?.take(rows) ?? [];
    const came = now();
    const ageOf = (row: LogRow) => (told ? ageOfLive(told, row, came) : Number.POSITIVE_INFINITY);
    try {
      if (fresh.length > 0) for (const listener of [...rowListeners]) listener(fresh, ageOf);
    } finally {
      ack();
    }
  });
  socket.on('live:dropped', (reason: DropReason) => {
    if (reason === 'session-ended') onRefused();
    // A stopping server closes the connection itself; `connect` follows again.
    else if (reason !== 'server-stopping') void follow();
  });
  socket.on('states:devices', (statuses) => {
    const next = new Map(devices.get());
    for (const status of statuses) next.set(status.deviceId, status);
    devices.set(next);
  });
  socket.on('states:progress', (step) => {
    const key = progressKey(step.kind, step.deviceId, step.kind === 'file' ? step.number : undefined);
    progress.set(new Map(progress.get()).set(key, step));
  });
  socket.on('states:lanes', (states) => {
    const next = new Map(lanes.get());
    for (const state of states) next.set(state.laneId, state);
    lanes.set(next);
  });
  socket.on('reads:read', (read) => {
    for (const [listener, deviceId] of [...readListeners])
      if (deviceId === null || deviceId === read.deviceId) listener(read);
  });

  socket.connect();
  return {
    connection,
    devices,
    lanes,
    progress,
    followedFrom,
    followFault,
    onRows: (listener) => {
      rowListeners.add(listener);
      if (rowListeners.size === 1) void follow();
      return () => {
        rowListeners.delete(listener);
        if (rowListeners.size === 0 && cursor !== undefined) forget();
      };
    },
    onReads: (deviceId, listener) => {
      readListeners.set(listener, deviceId);
      watchReads();
      return () => {
        readListeners.delete(listener);
        watchReads();
      };
    },
    reading,
    onVisits: visits.onVisits,
    onDocument: visits.onDocument,
    close: () => {
      closed = true;
      for (const cancel of timers) cancel();
      socket.disconnect();
    },
  };
}
