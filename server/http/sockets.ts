/** The live side: who is connected, and until when; what each may hear is in socket-watches.ts. */
import type { IncomingMessage, Server as WebServer } from 'node:http';
import { type DefaultEventsMap, Server } from 'socket.io';
import type { Accounts } from '../accounts/accounts.ts';
import type { SeenDocument } from '../contract/documents.ts';
import type { ClientToServer, RefusedReason, ServerToClient } from '../contract/socket.ts';
import type { Log } from '../log.ts';
import { libraryHeaders } from './answer.ts';
import { clientAddress } from './client-address.ts';
import { documentDesk } from './document-desk.ts';
import { attachKioskSockets, type KioskSocketDeps } from './kiosk-sockets.ts';
import { isSameOrigin } from './same-origin.ts';
import { openAtOnce, socketLimits } from './socket-limits.ts';
import {
  type Cancel,
  type LiveSocket,
  type SocketData,
  serveWatches,
  type WatchDeps,
} from './socket-watches.ts';

export interface SocketDeps extends WatchDeps {
  accounts: Pick<Accounts, 'sessionOf' | 'onEnded'>;
  onDocument(listener: (document: SeenDocument) => void): Cancel;
  kiosks: Omit<KioskSocketDeps, 'onVisit' | 'desk' | 'clock'>;
  journal: Log;
  publicOrigin?: string;
  /** Multiplies every rate limit. */
  rateFactor?: number;
}

type LiveServer = Server<ClientToServer, ServerToClient, DefaultEventsMap, SocketData>;

/** What is used of a connection of engine.io, below socket.io. */
interface EngineConnection {
  request: IncomingMessage;
  once(event: 'close', listener: () => void): unknown;
}

const recheckMs = 60_000;
/** A connection that asks for nothing, or is refused and stays, is closed. */
const connectMs = 10_000;

export interface Sockets {
  /** Ends all connections. The web server stays. */
  close(): Promise<void>;
}

export function attachSockets(server: WebServer, deps: SocketDeps): Sockets {
  const { accounts, clock, journal } = deps;
  const desk = documentDesk(deps.onDocument, deps.kiosks.devices.ownerOf);
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
    serveWatches(socket, deps, desk);
    // The session may have ended between the check and this moment, when `onEnded` did not see the socket yet.
    void recheck(socket);
  });

  attachKioskSockets(io, { ...deps, ...deps.kiosks, desk }, ({ handshake, request }) => {
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
      desk.close();
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
