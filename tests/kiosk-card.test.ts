/** A kiosk with a reader of identity cards of its own: who hears what lies on it, and what is left of it. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { IdentityDocument } from '../hardware/document.ts';
import type { Client } from '../server/contract/client.ts';
import type { KioskDocument } from '../server/contract/documents.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { connected, type KioskSocket, kioskSocket, type LiveSocket, liveSocket } from './live-socket.ts';
import { ids } from './small-school.ts';
import { addType } from './visits.ts';

interface Paired {
  id: string;
  kiosk: Client;
  cookie: string;
}

let campus: TestCampus;
let boss: Client;
let lobby: Paired;
let other: Paired;
let deviceId: string;
const sockets: { disconnect(): unknown }[] = [];
const reason = 'a reader was bought';
const number = '11010519491231002X';
const card: IdentityDocument = {
  ...{ kind: 'resident-card', name: '测试访客', number, validUntil: 'long-term' },
};
const told = { idKind: 'resident-id', name: '测试访客', idNumber: number, known: false };

beforeEach(async () => {
  campus = await startCampus({ doors: false });
  boss = await campus.as('administrator');
  [lobby, other] = [await paired('Lobby'), await paired('Other')];
  deviceId = await addReader('Kiosk reader');
  await boss('kiosks.change', { params: { id: lobby.id }, body: { documentDeviceId: deviceId, reason } });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await campus.close();
});

async function paired(name: string): Promise<Paired> {
  const { code, kiosk } = await boss('kiosks.add', { body: { name } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  return { id: kiosk.id, kiosk: device.client, cookie: device.cookie() };
}

async function addReader(name: string): Promise<string> {
  const body = { name, model: 'sam-v', address: { kind: 'sim' as const } };
  const { id } = await boss('devices.add', { body });
  await campus.clock.advanceAsync(300);
  return id;
}

async function page({ cookie }: Paired): Promise<{ socket: KioskSocket; heard: KioskDocument[] }> {
  const socket = kioskSocket(campus.url, cookie);
  sockets.push(socket);
  await connected(socket);
  const heard: KioskDocument[] = [];
  socket.on('document:read', (document) => heard.push(document));
  return { socket, heard };
}
const watch = (socket: KioskSocket) => socket.emitWithAck('document:watch');
const reader = (id = deviceId) => campus.app.campus.hardware.simulated(id);

/** Lays it on for a second, and takes it away. */
async function lay(document: IdentityDocument = card, id = deviceId): Promise<void> {
  reader(id)?.layCard?.(document);
  await campus.clock.advanceAsync(1_000);
  reader(id)?.takeCard?.();
  await campus.clock.advanceAsync(1_000);
}
const filesBelow = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** In order after what was sent before: the answer to a question that changes nothing. */
async function arrived({ socket }: { socket: KioskSocket }): Promise<void> {
  await socket.emitWithAck('visit:watch', { key: '00000000-0000-4000-8000-000000000000' });
  await lobby.kiosk('kiosk.get');
  await socket.emitWithAck('visit:watch', { key: '00000000-0000-4000-8000-000000000000' });
}
async function until(heard: unknown[], count: number): Promise<void> {
  await expect.poll(() => heard.length).toBe(count);
}

it('is this kiosk’s alone, while its screen asks, within a second; no event and no store holds it', async () => {
  const [mine, theirs] = [await page(lobby), await page(other)];
  await lay();
  expect(await watch(theirs.socket)).toEqual({ ok: false, code: 'invalid-request' });
  expect(await watch(mine.socket)).toEqual({ ok: true });
  reader()?.layCard?.(card);
  await campus.clock.advanceAsync(1_000);
  await until(mine.heard, 1);
  expect(mine.heard).toEqual([told]);
  // It lies there still when the next visitor comes, whose page asks anew.
  mine.socket.disconnect();
  const next = await page(lobby);
  expect(await watch(next.socket)).toEqual({ ok: true });
  await campus.clock.advanceAsync(5_000);
  await arrived(next);
  expect(next.heard).toEqual([]);
  reader()?.takeCard?.();
  await campus.clock.advanceAsync(1_000);
  await lay({ ...card, name: '下一位' });
  await until(next.heard, 1);
  expect([mine.heard.length, theirs.heard]).toEqual([1, []]);
  expect(JSON.stringify(await campus.events())).not.toMatch(/测试访客|下一位|110105/);
  for (const file of filesBelow(campus.dataDir)) {
    const bytes = readFileSync(file);
    for (const word of ['测试访客', '下一位', number]) expect(bytes.includes(word), file).toBe(false);
  }
});

it('no desk hears it, and no page that is not the paired one any more', async () => {
  const cookies = await campus.browserCookies('guard');
  const desk: LiveSocket = liveSocket(
    campus.url,
    cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
  );
  sockets.push(desk);
  await connected(desk);
  expect(await desk.emitWithAck('document:watch', { deviceId })).toEqual({ ok: false, code: 'not-allowed' });
  const old = await page(lobby);
  await watch(old.socket);
  const { code } = await boss('kiosks.show-code', { params: { id: lobby.id }, body: {} });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  await lay();
  expect(await watch(old.socket)).toEqual({ ok: false, code: 'not-allowed' });
  const now = await page({ ...lobby, cookie: device.cookie() });
  await watch(now.socket);
  await boss('kiosks.revoke', { params: { id: lobby.id }, body: { reason: 'stolen' } });
  await lay();
  // It is a desk's again.
  expect(await desk.emitWithAck('document:watch', { deviceId })).toEqual({ ok: true });
  const seen = new Promise((resolve) => desk.once('document:read', resolve));
  await lay();
  expect(await seen).toMatchObject({ name: '测试访客' });
  expect([old.heard, now.heard]).toEqual([[], []]);
});

it('tells a foreigner’s card by its type, what could not be read, and that a card has run out', async () => {
  const mine = await page(lobby);
  await watch(mine.socket);
  await lay({
    kind: 'foreigner-card',
    name: 'TEST, ANNA',
    number: 'USA110088010101',
    validUntil: '2036-01-01',
  });
  await lay({ kind: 'unknown-card', type: 'J' });
  await lay({ ...card, validUntil: '2020-01-01' });
  await until(mine.heard, 3);
  expect(mine.heard).toEqual([
    { idKind: 'residence-permit', name: 'TEST, ANNA', idNumber: 'USA110088010101', known: false },
    { unread: 'unknown-card' },
    { unread: 'expired' },
  ]);
});

it('knows who was here with the same card, who then says so by the end of the telephone number', async () => {
  const fields = { phone: 'required', idNumber: 'required' } as const;
  const typeId = await addType(campus, { approvals: ['guard'], fields });
  const paper = { idKind: 'resident-id', idNumber: number } as const;
  const form = { typeId, name: '测试访客', phone: '13800138000', ...paper };
  const key = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
  await lobby.kiosk('kiosk.register', { body: { key: key(1), ...form } });
  // Another of the same name and the same end: without the card nobody can be told from the other.
  const twin = { ...form, phone: '13900138000', idNumber: '440524188001010014' };
  await lobby.kiosk('kiosk.register', { body: { key: key(2), ...twin } });
  const mine = await page(lobby);
  await watch(mine.socket);
  await lay();
  await until(mine.heard, 1);
  expect(mine.heard).toEqual([{ ...told, known: true }]);
  const asked = { name: '测试访客', lastDigits: '8000' };
  expect(await lobby.kiosk('kiosk.known', { body: asked })).toBeNull();
  const found = await lobby.kiosk('kiosk.known', { body: { ...asked, ...paper } });
  expect(found).toMatchObject({ name: '测***', phone: '*******8000' });
  expect(await lobby.kiosk('kiosk.known', { body: { ...asked, ...paper, lastDigits: '8001' } })).toBeNull();
});

it('is a setting with a reason on record, of one kiosk at a time, and a device that stays while it is one', async () => {
  const change = (id: string, documentDeviceId: string | null) =>
    boss('kiosks.change', { params: { id }, body: { documentDeviceId, reason } });
  expect(await campus.events('kiosk.changed')).toMatchObject([
    {
      data: {
        kioskId: lobby.id,
        fields: ['documentDeviceId'],
        changes: { documentDeviceId: { from: null, to: deviceId } },
      },
    },
  ]);
  await expect(change(other.id, deviceId)).rejects.toMatchObject({ problem: { why: 'kiosk.reader-taken' } });
  await expect(change(other.id, ids.relay)).rejects.toMatchObject({ problem: { why: 'choice.gone' } });
  const remove = { params: { id: deviceId }, body: { reason: 'broken' } };
  await expect(boss('devices.remove', remove)).rejects.toMatchObject({ problem: { why: 'device.of-kiosk' } });
  expect((await lobby.kiosk('kiosk.get')).parts).toEqual({ printer: 'none', documentReader: 'ready' });
  reader()?.misbehave({ unplugged: true });
  await campus.clock.advanceAsync(10_000);
  const state = async () => (await boss('kiosks.list')).find(({ id }) => id === lobby.id)?.documentReader;
  expect(await state()).toBe('fault');
  await change(lobby.id, null);
  expect(await state()).toBe('none');
  await change(other.id, deviceId);
});
