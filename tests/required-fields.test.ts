/** What a kind of visitor must give, wherever the person stands: at the desk and at a kiosk alike, by the server's word. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Client } from '../server/contract/client.ts';
import { png } from '../server/http/test-http.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { addType } from './visits.ts';

const picture = Buffer.from(png).toString('base64');
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const refusedAt = (...paths: string[]) => ({
  problem: { why: 'visit.form', errors: paths.map((path) => ({ path })) },
});

let campus: TestCampus;
let typeId: string;
beforeEach(async () => {
  campus = await startCampus({ doors: false });
  const fields = { phone: 'required', photo: 'required', signature: 'required', plate: 'optional' } as const;
  typeId = await addType(campus, { approvals: [], fields });
});
afterEach(() => campus.close());

async function paired(): Promise<Client> {
  const { code } = await (await campus.as('administrator'))('kiosks.add', { body: { name: 'Lobby' } });
  const { client } = cookieClient(campus.url);
  await client('kiosk.pair', { body: { code } });
  return client;
}
const whole = { phone: '13800138000', pictures: { photo: picture, signature: picture } };

it('at the desk nobody is taken down without a photo, a signature or a field that is required', async () => {
  const guard = await campus.as('guard');
  const body = { typeId, name: 'Test Visitor' };
  await expect(guard('visits.register', { body })).rejects.toMatchObject(
    refusedAt('phone', 'photo', 'signature'),
  );
  const unsigned = { ...body, phone: whole.phone, pictures: { photo: picture } };
  await expect(guard('visits.register', { body: unsigned })).rejects.toMatchObject(refusedAt('signature'));
  expect(await campus.events('visit.added')).toEqual([]);
  const { visit } = await guard('visits.register', { body: { ...body, ...whole } });
  expect(visit).toMatchObject({
    state: 'approved',
    photoId: expect.any(String),
    signatureId: expect.any(String),
  });
  const seen = await guard('photos.get', { params: { id: visit.photoId ?? '' } });
  expect(new Uint8Array(await seen.arrayBuffer())).toEqual(png);
  const taken = await campus.events('visit.photo-taken', 'visit.signed');
  expect(taken.map(({ type, data }) => ({ type, ...data }))).toMatchObject([
    { type: 'visit.photo-taken', visitId: visit.id },
    { type: 'visit.signed', visitId: visit.id },
  ]);
});

it('at a kiosk neither, and who was invited is asked there for what the invitation could not have', async () => {
  const kiosk = await paired();
  const body = { key: key(1), typeId, name: 'Test Visitor', phone: whole.phone };
  await expect(kiosk('kiosk.register', { body })).rejects.toMatchObject(refusedAt('photo', 'signature'));
  await kiosk('kiosk.register', { body: { ...body, ...whole } });

  const host = await campus.as('host');
  const invited = { typeId, name: 'Invited', phone: whole.phone, expectedFrom: campus.clock.now() + 60_000 };
  const { visit } = await host('visits.invite', { body: invited });
  const shown = { number: visit.pass?.number ?? 0, lastDigits: '8000' };
  expect((await kiosk('kiosk.expected', { body: shown })).missing.toSorted()).toEqual(['photo', 'signature']);
  const arrival = { key: key(2), shown, form: {} };
  await expect(kiosk('kiosk.arrive', { body: arrival })).rejects.toMatchObject(
    refusedAt('photo', 'signature'),
  );
  expect(await kiosk('kiosk.arrive', { body: { ...arrival, pictures: whole.pictures } })).toMatchObject({
    state: 'welcome',
  });
});

it('a picture has to be one', async () => {
  const guard = await campus.as('guard');
  const pictures = { ...whole.pictures, photo: Buffer.from('no picture').toString('base64') };
  const body = { typeId, name: 'Test Visitor', ...whole, pictures };
  await expect(guard('visits.register', { body })).rejects.toMatchObject({
    problem: { code: 'unsupported-media-type', why: 'photo.no-picture' },
  });
});

it('who may override goes on without what is missing, with a reason, and not with what is wrong', async () => {
  const body = { typeId, name: 'Test Visitor', waive: true, reason: 'camera out of order' };
  await expect((await campus.as('guard'))('visits.register', { body })).rejects.toMatchObject({
    problem: { code: 'not-allowed', why: 'visit.no-waiver' },
  });
  const boss = await campus.as('administrator');
  const { reason: _, ...silent } = body;
  await expect(boss('visits.register', { body: silent })).rejects.toMatchObject({
    problem: { why: 'visit.waiver-why' },
  });
  await expect(boss('visits.register', { body: { ...body, plate: 'ABC' } })).rejects.toMatchObject(
    refusedAt('plate'),
  );
  const { visit } = await boss('visits.register', { body });
  const [waived, ...more] = await campus.events('visit.waived');
  expect(more).toEqual([]);
  expect(waived).toMatchObject({
    data: { visitId: visit.id, fields: ['phone', 'photo', 'signature'] },
    note: 'camera out of order',
  });
  // Nothing is waived where nothing is missing.
  await boss('visits.register', { body: { ...body, ...whole } });
  expect((await campus.events('visit.waived')).length).toBe(1);
});
