/** The live side under a client that does not behave: bounded, told so, and open to everyone else. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { connectsPerMinute } from '../server/http/socket-limits.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, type LiveSocket, liveSocket, subscribe } from './live-socket.ts';

/** Connections a minute here. */
const limit = connectsPerMinute * 0.1;

let campus: TestCampus;
const sockets: LiveSocket[] = [];
beforeEach(async () => {
  campus = await startCampus({ doors: false, rateFactor: 0.1 });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await campus.close();
});

function socketOf(cookie?: string): LiveSocket {
  const socket = liveSocket(campus.url, cookie);
  sockets.push(socket);
  return socket;
}
const outcome = (socket: LiveSocket) =>
  connected(socket).then(
    () => 'connected',
    (error: Error) => error.message,
  );
const repeated = (count: number, word: string): string[] => Array.from({ length: count }, () => word);

it('an address that connects too often is told to wait, then turned away; after a minute it is served again', async () => {
  const cookie = cookieHeader(await campus.browserCookies('administrator'));
  const first = socketOf(cookie);
  expect(await outcome(first)).toBe('connected');
  const outcomes: string[] = [];
  for (let n = 1; n < 2 * limit + 2; n++) outcomes.push(await outcome(socketOf()));
  expect(outcomes).toEqual([
    ...repeated(limit - 1, 'not-signed-in'),
    ...repeated(limit, 'too-many-requests'),
    ...repeated(2, 'websocket error'),
  ]);
  // Whoever is there already is served on.
  expect(await subscribe(first, null)).toEqual({ ok: true });
  await campus.clock.advanceAsync(60_000);
  expect(await outcome(socketOf(cookie))).toBe('connected');
});

it('a connection that asks again and again costs no more look-ups than the limit, and is closed', async () => {
  const engine = `${campus.url}/socket.io/?EIO=4&transport=polling`;
  const opened = await (await fetch(engine)).text();
  const { sid } = JSON.parse(opened.slice(1)) as { sid: string };
  // Each `40` asks to be served on the connection that is already open.
  await fetch(`${engine}&sid=${sid}`, { method: 'POST', body: repeated(200, '40').join('\u001e') });
  let told = '';
  for (let over = false; !over; ) {
    const answer = await fetch(`${engine}&sid=${sid}`);
    over = answer.status !== 200;
    if (!over) told += await answer.text();
  }
  expect(told.split('not-signed-in').length - 1).toBeLessThanOrEqual(limit);
});
