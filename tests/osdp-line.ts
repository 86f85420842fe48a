/** Simulated OSDP readers at the end of a real line: behind a TCP port as an RS-485 server is, or on a pseudo-terminal. */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { serialOpener } from '../hardware/link/serial.ts';
import type { ByteLink } from '../hardware/ports.ts';
import type { SimulatedOsdpBus } from '../hardware/sim/osdp/bus.ts';
import { ptyPair } from './pty.ts';

export interface OsdpLine {
  readonly kind: 'tcp' | 'serial';
  /** `host:port`, or the path that a server opens. */
  readonly path: string;
  /** All that came from the server. */
  readonly heard: Uint8Array[];
  pull(): Promise<void>;
  plug(): Promise<void>;
  close(): Promise<void>;
}

export async function tcpLine(bus: SimulatedOsdpBus): Promise<OsdpLine> {
  const heard: Uint8Array[] = [];
  const sockets = new Set<Socket>();
  let port = 0;
  /** Who comes last has the bus, as with most such servers. */
  let taken: Promise<ByteLink | undefined> = Promise.resolve(undefined);
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    const opened = taken.then(async (before) => {
      await before?.close();
      const link = await bus.open();
      link.onData((bytes) => void socket.write(bytes));
      return link;
    });
    taken = opened;
    socket.on('data', (bytes) => {
      heard.push(new Uint8Array(bytes));
      void opened.then((link) => link.write(new Uint8Array(bytes)).catch(() => undefined));
    });
    socket.on('close', () => sockets.delete(socket));
  });
  const plug = () =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        port = (server.address() as AddressInfo).port;
        resolve();
      });
    });
  async function pull(): Promise<void> {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise<void>((resolve) => void server.close(() => resolve()));
  }
  await plug();
  return { kind: 'tcp', path: `127.0.0.1:${port}`, heard, pull, plug, close: pull };
}

export async function ptyLine(bus: SimulatedOsdpBus): Promise<OsdpLine> {
  const pair = await ptyPair();
  const heard: Uint8Array[] = [];
  let left: Promise<void> = Promise.resolve();
  async function join(): Promise<void> {
    await left;
    const link = await serialOpener().open({ kind: 'serial', path: pair.devicePath }, undefined, 'test');
    const end = await bus.open();
    end.onData((bytes) => void link.write(bytes).catch(() => undefined));
    link.onData((bytes) => {
      heard.push(bytes);
      void end.write(bytes);
    });
    left = new Promise((resolve) => link.onClose(() => resolve(end.close())));
  }
  await join();
  return {
    kind: 'serial',
    path: pair.hostPath,
    heard,
    pull: pair.pull,
    async plug() {
      await pair.plug();
      await join();
    },
    close: pair.close,
  };
}
