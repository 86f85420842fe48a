/** A screen's end of the socket: the client that browsers use, typed by the contract. */
import { io, type Socket } from 'socket.io-client';
import type { DeviceStatus } from '../server/contract/devices.ts';
import type {
  Ack,
  ClientToServer,
  KioskToServer,
  ServerToClient,
  ServerToKiosk,
} from '../server/contract/socket.ts';

export type LiveSocket = Socket<ServerToClient, ClientToServer>;

export type KioskSocket = Socket<ServerToKiosk, KioskToServer>;

/** Not connected yet, so that nothing it is told is missed. `cookie` as browsers send it. */
export const liveSocket = (url: string, cookie?: string): LiveSocket => socketTo(url, '', cookie);
export const kioskSocket = (url: string, cookie?: string): KioskSocket => socketTo(url, '/kiosk', cookie);

function socketTo(url: string, space: string, cookie: string | undefined): Socket {
  return io(url + space, {
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    extraHeaders: { origin: url, ...(cookie ? { cookie } : {}) },
  });
}

/** Rejects with the server's word. */
export function connected(socket: {
  once(event: 'connect' | 'connect_error', listener: (error?: Error) => void): unknown;
  connect(): unknown;
}): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve());
    socket.once('connect_error', reject);
    socket.connect();
  });
}

export function disconnected(socket: LiveSocket): Promise<void> {
  return new Promise((resolve) => {
    if (!socket.connected) resolve();
    else socket.once('disconnect', () => resolve());
  });
}

export const subscribe = (socket: LiveSocket, cursor: number | null): Promise<Ack> =>
  socket.emitWithAck('live:subscribe', { cursor });

/** Resolves when all these devices have been told to be on line. */
export function untilOnline(socket: LiveSocket, deviceIds: readonly string[]): Promise<void> {
  const missing = new Set(deviceIds);
  return new Promise((resolve, reject) => {
    socket.on('states:devices', (statuses: DeviceStatus[]) => {
      for (const { deviceId, state } of statuses) if (state === 'online') missing.delete(deviceId);
      if (missing.size === 0) resolve();
    });
    socket.once('disconnect', () => reject(new Error(`not on line: ${[...missing].join(', ')}`)));
    socket.emit('states:watch', () => undefined);
  });
}

export const cookieHeader = (cookies: { name: string; value: string }[]): string =>
  cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
