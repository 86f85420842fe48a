/** What a connection may hear, each checked by the contract's table. */
import type { DefaultEventsMap, Socket } from 'socket.io';
import type { Actor } from '../accounts/actor.ts';
import { type Capability, can } from '../contract/capabilities.ts';
import type { DeviceStatus, SeenRead } from '../contract/devices.ts';
import { documentWatch } from '../contract/documents.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { LaneState } from '../contract/gates.ts';
import type { LogRow } from '../contract/log.ts';
import type { BusProgress } from '../contract/readers.ts';
import { isSilent } from '../contract/silent.ts';
import {
  type Ack,
  type ClientToServer,
  type DropReason,
  liveSubscribe,
  readsWatch,
  type ServerToClient,
  socketCapabilities,
} from '../contract/socket.ts';
import type { LiveFeed } from '../events/live-feed.ts';
import type { AddressedNotice } from '../visits/visit-notices.ts';
import { answer, parsed } from './acks.ts';
import { seesNumbers } from './card-numbers.ts';
import { countWithin } from './count-within.ts';
import type { DocumentDesk } from './document-desk.ts';
import { limitEvents } from './limit-events.ts';

export type Cancel = () => void;

/** The part of a clock that connections need. */
interface Timers {
  monotonic(): number;
  after(ms: number, run: () => void): Cancel;
}

export interface WatchDeps {
  feed: Pick<LiveFeed, 'subscribe'>;
  /** `whole`: with the numbers of enrolled cards. */
  rowOf(event: LoggedEvent, whole: boolean): LogRow;
  /** The present states, and each change. */
  states: {
    devices(): DeviceStatus[];
    lanes(): LaneState[];
    onDevice(listener: (status: DeviceStatus) => void): Cancel;
    onProgress(listener: (progress: BusProgress) => void): Cancel;
    onLane(listener: (state: LaneState) => void): Cancel;
  };
  onRead(listener: (read: SeenRead) => void): Cancel;
  onVisit(listener: (notice: AddressedNotice) => void): Cancel;
  clock: Timers;
  /** How long a screen may take to acknowledge rows; the feed drops it a little earlier, as slow. */
  ackMs?: number;
}

export interface SocketData {
  actor: Actor;
  headers: Headers;
}
export type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

/** Reads that one screen is shown in a second: a reader that chatters must not pile up before a slow one. */
const readsPerSecond = 20;
/** A screen sends a few. */
const maxEventsPerMinute = 120;

type Watched = 'live' | 'states' | 'reads' | 'document' | 'visits';

export function serveWatches(socket: LiveSocket, deps: WatchDeps, desk: DocumentDesk): void {
  const { feed, rowOf, states, onRead, onVisit, clock, ackMs = 6000 } = deps;
  const watching = new Map<Watched, Cancel>();
  limitEvents(socket, maxEventsPerMinute, clock);

  /** One of each kind per socket: asked again, the old one ends. */
  function watch(kind: Watched, cancel?: Cancel): void {
    watching.get(kind)?.();
    watching.delete(kind);
    if (cancel) watching.set(kind, cancel);
  }

  /** Whether this socket may; tells it if not. */
  function may(event: keyof typeof socketCapabilities, ack: (answer: Ack) => void): boolean {
    const needed: Capability = socketCapabilities[event];
    if (can(socket.data.actor.role, needed)) return true;
    answer(ack, { ok: false, code: 'not-allowed' });
    return false;
  }

  socket.on('live:subscribe', (request, ack) => {
    if (!may('live:subscribe', ack)) return;
    const asked = parsed(liveSubscribe, request, ack);
    if (!asked) return;
    watch('live');
    answer(ack, { ok: true });
    const { cancel } = feed.subscribe({
      cursor: asked.cursor ?? 'now',
      async send(events) {
        // The next batch waits for this acknowledgement: a slow screen holds back itself alone.
        const { actor } = socket.data;
        const seen = can(actor.role, 'alarms.silent') ? events : events.filter((event) => !isSilent(event));
        if (seen.length === 0) return;
        const rows = seen.map((event) => rowOf(event, seesNumbers(actor)));
        await socket.timeout(ackMs).emitWithAck('live:rows', rows);
      },
      onDropped(reason) {
        const told: DropReason = reason === 'send-failed' ? 'slow' : reason;
        socket.emit('live:dropped', told);
      },
    });
    watch('live', cancel);
  });
  socket.on('live:unsubscribe', () => watch('live'));

  socket.on('states:watch', (ack) => {
    if (!may('states:watch', ack)) return;
    answer(ack, { ok: true });
    const cancels = [
      states.onDevice((status) => socket.emit('states:devices', [status])),
      states.onProgress((progress) => socket.emit('states:progress', progress)),
      states.onLane((state) => socket.emit('states:lanes', [state])),
    ];
    watch('states', () => {
      for (const cancel of cancels) cancel();
    });
    socket.emit('states:devices', states.devices());
    socket.emit('states:lanes', states.lanes());
  });

  socket.on('reads:watch', (request, ack) => {
    if (!may('reads:watch', ack)) return;
    const asked = parsed(readsWatch, request, ack);
    if (!asked) return;
    answer(ack, { ok: true });
    const { deviceId } = asked;
    const isTooMuch = countWithin(1000, readsPerSecond, clock);
    watch(
      'reads',
      onRead((read) => {
        if (deviceId !== null && read.deviceId !== deviceId) return;
        if (!isTooMuch()) socket.emit('reads:read', read);
      }),
    );
  });
  socket.on('reads:unwatch', () => watch('reads'));

  socket.on('document:watch', (request, ack) => {
    if (!may('document:watch', ack)) return;
    const asked = parsed(documentWatch, request, ack);
    if (!asked) return;
    watch('document');
    const { deviceId } = asked;
    const cancel = desk.wait(deviceId, {
      read: (document) => socket.emit('document:read', document),
      taken: () => socket.emit('document:taken', { deviceId }),
    });
    answer(ack, cancel ? { ok: true } : { ok: false, code: 'not-allowed' });
    watch('document', cancel);
  });
  socket.on('document:unwatch', () => watch('document'));

  socket.on('visits:watch', (ack) => {
    if (!may('visits:watch', ack)) return;
    answer(ack, { ok: true });
    const { role, accountId } = socket.data.actor;
    const all = can(role, 'visits.read');
    watch(
      'visits',
      onVisit(({ to, ...notice }) => {
        if (all || to.includes(accountId)) socket.emit('visits:news', notice);
      }),
    );
  });

  socket.on('disconnect', () => {
    for (const cancel of watching.values()) cancel();
    watching.clear();
  });
}
