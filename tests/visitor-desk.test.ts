/** What the guard's desk asks of the server: passes that are shown, photos, and identity documents laid on a reader. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SeenDocument } from '../server/contract/documents.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, type LiveSocket, liveSocket } from './live-socket.ts';
import { addType, codeOf, register } from './visits.ts';

let campus: TestCampus;
let typeId: string;
const sockets: LiveSocket[] = [];

beforeEach(async () => {
  campus = await startCampus({ doors: false });
  typeId = await addType(campus, { approvals: [] });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await campus.close();
});

it('finds a visit by the code of its pass and by the number on its badge, and says why a code is none', async () => {
  const guest = await register(campus, typeId);
  const [guard, host] = [await campus.as('guard'), await campus.as('host')];
  const token = await codeOf(campus, guest);
  const byToken = await guard('visits.find', { body: { token } });
  expect(byToken.visit?.id).toBe(guest.visitId);
  const number = byToken.visit?.pass?.number ?? 0;
  expect((await guard('visits.find', { body: { number } })).visit?.id).toBe(guest.visitId);
  expect(await guard('visits.find', { body: { number: number + 1 } })).toEqual({ visit: null });
  expect(await guard('visits.find', { body: { token: 'https://example.invalid' } })).toEqual({
    ...{ visit: null, fault: 'pass-malformed' },
  });
  const last = token.at(-1) === '0' ? '1' : '0';
  expect((await guard('visits.find', { body: { token: token.slice(0, -1) + last } })).fault).toMatch(
    /^pass-/,
  );
  await guard('passes.revoke', { params: { id: guest.passId }, body: { reason: 'badge lost' } });
  expect((await guard('visits.find', { body: { token } })).visit?.pass?.revokedAt).toEqual(
    expect.any(Number),
  );
  await expect(host('visits.find', { body: { number } })).rejects.toMatchObject({
    problem: { code: 'not-allowed' },
  });
});

it('lists as expected today who comes before midnight, and counts them', async () => {
  const host = await campus.as('host');
  const guard = await campus.as('guard');
  const now = campus.clock.now();
  const invite = (name: string, hours: number) =>
    host('visits.invite', { body: { typeId, name, expectedFrom: now + hours * 3_600_000 } });
  // It is half past seven in the morning in Shanghai.
  await invite('Today', 16);
  await invite('Tomorrow', 17);
  const today = await guard('visits.list', { query: { show: 'today' } });
  expect(today.visits.map(({ visitor }) => visitor.name)).toEqual(['Today']);
  expect(today.counts).toMatchObject({ expected: 2, today: 1 });
});

it('keeps a photo taken at the gate, and asks for a reason before it takes the place of another', async () => {
  const { visitId } = await register(campus, typeId);
  const guard = await campus.as('guard');
  const body = new Blob([new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46])], {
    type: 'image/jpeg',
  });
  const params = { id: visitId };
  const { photoId } = await guard('visits.photo', { params, body });
  expect(photoId).not.toBeNull();
  await expect(guard('visits.photo', { params, body })).rejects.toMatchObject({
    problem: { why: 'photo.no-reason' },
  });
  const again = await guard('visits.photo', { params, query: { reason: 'eyes shut' }, body });
  expect(again.photoId).not.toBe(photoId);
  await expect(
    guard('visits.photo', { params, body: new Blob(['no picture'], { type: 'image/jpeg' }) }),
  ).rejects.toMatchObject({ problem: { code: 'unsupported-media-type' } });
});

it('hands an identity card to the one desk that waits for it, and leaves nothing of it anywhere', async () => {
  const boss = await campus.as('administrator');
  const { id: deviceId } = await boss('devices.add', {
    body: { name: 'Desk', model: 'sam-v', address: { kind: 'sim' } },
  });
  await campus.clock.advanceAsync(200);
  const cookies = await campus.browserCookies('guard');
  const socket = liveSocket(campus.url, cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  sockets.push(socket);
  await connected(socket);
  expect(await socket.emitWithAck('document:watch', { deviceId })).toEqual({ ok: true });
  const seen = new Promise<SeenDocument>((resolve) => socket.once('document:read', resolve));
  const card = { name: '测试访客', number: '11010519491231002X' };
  await boss('devices.simulate', { params: { id: deviceId }, body: { card } });
  await campus.clock.advanceAsync(1_000);
  expect(await seen).toMatchObject({
    ...{ deviceId, idKind: 'resident-id', name: card.name, idNumber: card.number },
  });
  const record = JSON.stringify(await campus.events());
  expect(record).toContain('"action":"card"');
  expect(record).not.toContain(card.name);
  expect(record).not.toContain(card.number);
  await expect(
    boss('devices.simulate', { params: { id: 'device-reader-in' }, body: { card } }),
  ).rejects.toMatchObject({ problem: { why: 'device.no-document-reader' } });
});
