/** A kiosk over the socket: it hears that its own visit has moved, and of nothing else. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../server/contract/client.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { connected, type KioskSocket, kioskSocket, liveSocket } from './live-socket.ts';
import { addType } from './visits.ts';

let campus: TestCampus;
let typeId: string;
const sockets: { disconnect(): unknown }[] = [];
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

beforeEach(async () => {
  campus = await startCampus({ doors: false });
  typeId = await addType(campus, { approvals: ['guard'] });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await campus.close();
});

async function paired(): Promise<{ kiosk: Client; cookie: string; id: string }> {
  const boss = await campus.as('administrator');
  const { code, kiosk: added } = await boss('kiosks.add', { body: { name: 'Lobby' } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  return { kiosk: device.client, cookie: device.cookie(), id: added.id };
}

async function open(cookie: string): Promise<KioskSocket> {
  const socket = kioskSocket(campus.url, cookie);
  sockets.push(socket);
  await connected(socket);
  return socket;
}

async function register(kiosk: Client, n: number): Promise<string> {
  const known = (await waiting()).map(({ id }) => id);
  await kiosk('kiosk.register', { body: { key: key(n), typeId, name: `Guest ${n}` } });
  return (await waiting()).find(({ id }) => !known.includes(id))?.id ?? '';
}
const waiting = async () => {
  const guard = await campus.as('guard');
  return (await guard('visits.list', { query: { show: 'waiting' } })).visits;
};

it('hears of the visit that it watches, and of no other', async () => {
  const { kiosk, cookie } = await paired();
  const [first, second] = [await register(kiosk, 1), await register(kiosk, 2)];
  const socket = await open(cookie);
  let news = 0;
  socket.on('visit:news', () => {
    news += 1;
  });
  expect(await socket.emitWithAck('visit:watch', { key: key(1) })).toEqual({ ok: true });
  const guard = await campus.as('guard');
  await guard('visits.approve', { params: { id: second }, body: {} });
  await guard('visits.approve', { params: { id: first }, body: {} });
  // In order after whatever was sent before it.
  expect(await socket.emitWithAck('visit:watch', { key: key(2) })).toEqual({ ok: true });
  expect(news).toBe(1);
});

it('watches nothing that another kiosk has sent, nothing after it was revoked, and no log', async () => {
  const [left, right] = [await paired(), await paired()];
  await register(left.kiosk, 1);
  const socket = await open(right.cookie);
  expect(await socket.emitWithAck('visit:watch', { key: key(1) })).toEqual({
    ok: false,
    code: 'invalid-request',
  });
  const mine = await open(left.cookie);
  const boss = await campus.as('administrator');
  await boss('kiosks.revoke', { params: { id: left.id }, body: { reason: 'stolen' } });
  expect(await mine.emitWithAck('visit:watch', { key: key(1) })).toEqual({ ok: false, code: 'not-allowed' });
  await expect(open(left.cookie)).rejects.toThrow('not-allowed');
  await expect(open('')).rejects.toThrow('not-allowed');
  await expect(connected(liveSocket(campus.url, right.cookie))).rejects.toThrow('not-signed-in');
});

it('no page opens more than four, and its cookie goes to the socket too', async () => {
  const { cookie } = await paired();
  for (let n = 0; n < 4; n += 1) await open(cookie);
  await expect(open(cookie)).rejects.toThrow('not-allowed');
  const boss = await campus.as('administrator');
  const { code } = await boss('kiosks.add', { body: { name: 'Other' } });
  const answer = await fetch(`${campus.url}/api/kiosk/pairing`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: campus.url },
    body: JSON.stringify({ code }),
  });
  const paths = answer.headers.getSetCookie().map((line) => /Path=([^;]+)/.exec(line)?.[1]);
  expect(paths).toEqual(['/api/kiosk', '/socket.io']);
});
