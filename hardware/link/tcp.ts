/** Serial lines behind a server of their own on the network: raw bytes over TCP. The only file that opens a socket. */
import { connect, type Socket } from 'node:net';
import type { ByteLink, LinkFault, LinkOpener } from '../ports.ts';
import { tcpFault } from './tcp-fault.ts';

/** After so long without a word the system asks whether the other end is still there. */
const keepAliveMs = 5_000;

export function tcpOpener(): LinkOpener {
  return {
    list: async () => ({ found: [] }),
    async open(address) {
      if (address.kind !== 'tcp') {
        const fault: LinkFault = {
          code: 'unsupported',
          detail: `a ${address.kind} address is no network address`,
        };
        throw fault;
      }
      const { host, port } = address;
      return openSocket(
        connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: keepAliveMs }),
        `${host}:${port}`,
      );
    },
  };
}

async function openSocket(socket: Socket, where: string): Promise<ByteLink> {
  const listeners: ((fault?: LinkFault) => void)[] = [];
  let reason: unknown;
  let asked = false;
  let ended = false;
  const lost = (): LinkFault =>
    reason === undefined
      ? { code: 'unplugged', detail: `${where} closed the connection` }
      : tcpFault(where, reason);
  socket.on('error', (error) => {
    reason ??= error;
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('close', () => reject(lost()));
  });
  socket.on('close', () => {
    ended = true;
    for (const listener of listeners) listener(asked ? undefined : lost());
  });
  return {
    onData: (listener) => void socket.on('data', listener),
    onClose: (listener) => void listeners.push(listener),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (ended || socket.destroyed) {
          reject(lost());
          return;
        }
        socket.write(bytes, (error) => (error ? reject(tcpFault(where, error)) : resolve()));
      }),
    close: () =>
      new Promise((resolve) => {
        asked = true;
        if (ended) {
          resolve();
          return;
        }
        socket.once('close', () => resolve());
        socket.destroy();
      }),
  };
}
