/** From where a request comes. Express asks its own `trust proxy`, which says the same; sockets ask here. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** A proxy of this machine says for whom it asks; what anyone else claims is not believed. */
export function clientAddress(request: IncomingMessage, behindProxy: boolean): string {
  const peer = request.socket.remoteAddress ?? '';
  if (!behindProxy) return peer;
  const claimed = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
  // The nearest stands last; the first that is not ours is the one whom our proxy saw.
  const nearestFirst = [peer, ...claimed.reverse()];
  return nearestFirst.find((each) => !isLoopback(each)) ?? nearestFirst.at(-1) ?? peer;
}

function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 6 ? 'ipv6' : 'ipv4');
}
