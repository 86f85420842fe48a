/** The live side: who may hear what is checked once, at each socket event, by the contract's table. */
import type { IncomingMessage, Server as WebServer } from 'node:http';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type { Accounts } from '../accounts/accounts.ts';
import type { Actor } from '../accounts/actor.ts';
import { type Capability, can } from '../contract/capabilities.ts';
import type { DeviceStatus, SeenRead } from '../contract/devices.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { LaneState } from '../contract/gates.ts';
import type { LogRow } from '../contract/log.ts';
import type { BusProgress } from '../contract/readers.ts';
import {
  type Ack,
  type ClientToServer,
  type DropReason,
  liveSubscribe,
  type RefusedReason,
  readsWatch,
  type ServerToClient,
  socketCapabilities,
} from '../contract/socket.ts';
import type { LiveFeed } from '../events/live-feed.ts';
import type { Log } from '../log.ts';
import type { AddressedNotice } from '../visits/visit-notices.ts';
import { answer, parsed } from './acks.ts';
import { libraryHeaders } from './answer.ts';
import { seesNumbers } from './card-numbers.ts';
import { clientAddress } from './client-address.ts';
import { countWithin } from './count-within.ts';
import { attachKioskSockets, type KioskSocketDeps } from './kiosk-sockets.ts';
import { limitEvents } from './limit-events.ts';
import { isSameOrigin } from './same-origin.ts';
import { openAtOnce, socketLimits } from './socket-limits.ts';

type Cancel = () => void;

/** The part of a clock that connections need. */
interface Timers {
  monotonic(): number;
  after(ms: number, run: () => void): Cancel;
}

export interface SocketDeps {
  accounts: Pick<Accounts, 'sessionOf' | 'onEnded'>;
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
  kiosks: Pick<KioskSocketDeps, 'kioskOf' | 'visitOfKey'>;
  clock: Timers;
  journal: Log;
  publicOrigin?: string;
  /** Multiplies every rate limit. */
  rateFactor?: number;
  /** How long a screen may take to acknowledge rows; the feed drops it a little earlier, as slow. */
  ackMs?: number;
}

interface Data {
  actor: Actor;
  headers: Headers;
}
type LiveServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, Data>;
type LiveSocket = Socket<ClientToServer, ServerToClient, DefaultEventsMap, Data>;

/** What is used of a connection of engine.io, below socket.io. */
interface EngineConnection {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
}

const recheckMs = 60_000;
/** A connection that asks for nothing, or is refused and stays, is closed. */
const connectMs = 10_000;
/** Reads that one screen is shown in a second: a reader that chatters must not pile up before a slow one. */
const readsPerSecond = 20;
/** A screen sends a few. */
const maxEventsPerMinute = 120;

export interface Sockets {
  /** Ends all connections. The web server stays. */
  close(): Promise<void>;
}

export function attachSockets(server: WebServer, deps: SocketDeps): Sockets {
  const { accounts, clock, journal } = deps;
  const limits = socketLimits(clock, deps.rateFactor ?? 1);
  const addressOf = (request: IncomingMessage) => clientAddress(request, deps.publicOrigin !== undefined);
  const io: LiveServer = new Server(server, {
    serveClient: false,
    maxHttpBufferSize: 10_000,
    // Another site's page would otherwise connect with the cookie of whoever looks at it.
    allowRequest: (request, callback) =>
      callback(null, isSameOrigin(request.headers, deps.publicOrigin) && limits.mayEnter(addressOf(request))),
    connectTimeout: connectMs,
  });
  io.engine.on('connection', (connection: EngineConnection) => {
    const address = addressOf(connection.request);
    limits.opened(address);
    connection.once('close', () => limits.closed(address));
  });

  io.use((socket, next) => {
    authenticate(socket).then(
      () => next(),
      (error: unknown) => next(error instanceof Refused ? error : new Refused('internal')),
    );
  });
  io.on('connection', (socket) => {
    serve(socket, deps);
    // The session may have ended between the check and this moment, when `onEnded` did not see the socket yet.
    void recheck(socket);
  });

  attachKioskSockets(io, { ...deps, ...deps.kiosks }, ({ handshake, request }) => {
    const { cookie, 'user-agent': agent } = handshake.headers;
    const address = addressOf(request);
    return limits.mayAsk(address) === 'yes' ? libraryHeaders(cookie, agent, address) : undefined;
  });

  async function authenticate(socket: LiveSocket): Promise<void> {
    const { headers } = socket.handshake;
    const address = addressOf(socket.request);
    // Before anything is asked of the store.
    const may = limits.mayAsk(address);
    if (may === 'gone') socket.conn.close();
    if (may !== 'yes') throw new Refused('too-many-requests');
    const seen = libraryHeaders(headers.cookie, headers['user-agent'], address);
    const { actor } = await accounts.sessionOf(seen, { renew: false });
    if (!actor) throw new Refused('not-signed-in');
    if (actor.mustChangePassword) throw new Refused('not-allowed');
    const own = all().filter(({ data }) => data.actor.accountId === actor.accountId);
    const ofSession = own.filter(({ data }) => data.actor.sessionId === actor.sessionId);
    if (own.length >= openAtOnce.account || ofSession.length >= openAtOnce.session)
      throw new Refused('too-many-requests');
    socket.data = { actor, headers: seen };
  }

  const all = () => [...io.of('/').sockets.values()];

  function end(socket: LiveSocket): void {
    socket.emit('live:dropped', 'session-ended');
    socket.disconnect(true);
  }

  async function recheck(socket: LiveSocket): Promise<void> {
    try {
      const { actor } = await accounts.sessionOf(socket.data.headers, { renew: false });
      if (actor?.sessionId !== socket.data.actor.sessionId || actor.role !== socket.data.actor.role)
        end(socket);
    } catch (error) {
      // A store that cannot be read now ends nobody's session.
      journal.warn({ err: error }, 'the session of a live connection could not be checked');
    }
  }

  let cancelRecheck = clock.after(recheckMs, recheckAll);
  function recheckAll(): void {
    for (const socket of all()) void recheck(socket);
    cancelRecheck = clock.after(recheckMs, recheckAll);
  }

  const cancelEnded = accounts.onEnded(({ accountId, only, except }) => {
    for (const socket of all()) {
      const { actor } = socket.data;
      if (actor.accountId !== accountId || actor.sessionId === except) continue;
      if (only === undefined || actor.sessionId === only) end(socket);
    }
  });

  return {
    async close() {
      cancelRecheck();
      cancelEnded();
      for (const socket of all()) socket.emit('live:dropped', 'server-stopping');
      io.disconnectSockets(true);
      // `io.close()` would also close the web server, which answers what is in flight first.
      await new Promise<void>((resolve) => {
        io.engine.close();
        resolve();
      });
    },
  };
}

/** Reaches the client as `connect_error` with this message. */
class Refused extends Error {
  constructor(reason: RefusedReason) {
    super(reason);
  }
}

type Watched = 'live' | 'states' | 'reads' | 'visits';

function serve(socket: LiveSocket, deps: SocketDeps): void {
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
        const rows = events.map((event) => rowOf(event, seesNumbers(socket.data.actor)));
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
