/** A kiosk over HTTP, as the device sees it: paired once, and everything that a visitor does there. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../server/contract/client.ts';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';
import { addType, scanned } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
});
afterEach(() => campus.close());

const problem = (why: string) => ({ problem: { why } });
const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const phone = '138 0013 8000';

async function paired(): Promise<{ kiosk: Client; id: string; cookie(): string }> {
  const boss = await campus.as('administrator');
  const { code, kiosk: added } = await boss('kiosks.add', { body: { name: 'Lobby', gateId: ids.gate } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code: `${code.slice(0, 4)} ${code.slice(4)}` } });
  return { kiosk: device.client, id: added.id, cookie: device.cookie };
}

async function hostId(): Promise<string> {
  return (await (await campus.as('host'))('session.get')).account.id;
}

describe('a device', () => {
  it('is paired by a code that is good once and for ten minutes, and is forgotten when it is revoked', async () => {
    const boss = await campus.as('administrator');
    const { code, kiosk: added } = await boss('kiosks.add', { body: { name: 'Lobby' } });
    const device = cookieClient(campus.url);
    await expect(device.client('kiosk.get')).rejects.toMatchObject({ problem: { code: 'not-signed-in' } });
    await device.client('kiosk.pair', { body: { code } });
    expect(await device.client('kiosk.get')).toMatchObject({
      kiosk: { name: 'Lobby' },
      school: { language: 'en' },
    });
    const again = cookieClient(campus.url).client('kiosk.pair', { body: { code } });
    await expect(again).rejects.toMatchObject(problem('kiosk.bad-code'));
    const params = { id: added.id };
    const later = await boss('kiosks.show-code', { params, body: {} });
    await campus.clock.advanceAsync(10 * 60_000);
    await expect(campus.anyone('kiosk.pair', { body: { code: later.code } })).rejects.toMatchObject(
      problem('kiosk.bad-code'),
    );
    // The device is still paired, over a restart too: a code alone changes nothing.
    await campus.restart();
    const same = cookieClient(campus.url, device.cookie()).client;
    await same('kiosk.get');
    expect(
      (await (await campus.as('administrator'))('kiosks.revoke', { params, body: { reason: 'stolen' } }))
        .state,
    ).toBe('revoked');
    await expect(same('kiosk.get')).rejects.toMatchObject({ problem: { code: 'not-signed-in' } });
    const told = await campus.events('kiosk.paired', 'kiosk.revoked');
    expect(told.map(({ note }) => note)).toEqual([undefined, 'stolen']);
  });

  it('tells how it is, and counts as away when it is silent', async () => {
    const { kiosk } = await paired();
    const guard = await campus.as('guard');
    const report = { printer: 'ready', camera: 'fault', waiting: 2, version: '1' } as const;
    await kiosk('kiosk.report', { body: report });
    expect(await guard('kiosks.list')).toMatchObject([{ state: 'online', ...report }]);
    await campus.clock.advanceAsync(91_000);
    expect(await guard('kiosks.list')).toMatchObject([{ state: 'offline' }]);
  });

  it('opens nothing else of the server, and nobody else opens what is the kiosk’s', async () => {
    const { kiosk } = await paired();
    await expect(kiosk('visits.list')).rejects.toMatchObject({ problem: { code: 'not-signed-in' } });
    await expect((await campus.as('guard'))('kiosk.types')).rejects.toMatchObject({
      problem: { code: 'not-allowed' },
    });
  });
});

describe('a visitor', () => {
  it('registers once however often it is sent, waits for the host, and gets the pass that opens the lane', async () => {
    const { kiosk, id: kioskId } = await paired();
    const typeId = await addType(campus);
    const host = await campus.as('host');
    expect(await kiosk('kiosk.hosts', { query: { text: 'Test ho' } })).toEqual([
      { id: await hostId(), name: 'Test host' },
    ]);
    for (const text of ['__', '%%', '%e', '. .'])
      expect(await kiosk('kiosk.hosts', { query: { text } })).toEqual([]);
    const body = { key: key(1), typeId, name: 'Walk In', phone, hostId: await hostId() };
    const first = await kiosk('kiosk.register', { body });
    expect(first).toMatchObject({ state: 'wait', visitor: 'Walk In', host: 'Test host' });
    expect(first.pass).toBeUndefined();
    expect(await kiosk('kiosk.register', { body })).toEqual(first);
    const [added, ...more] = await campus.events('visit.added');
    expect(more).toEqual([]);
    expect(added).toMatchObject({ actorId: kioskId, data: { kioskId } });
    const { visits } = await host('visits.mine', { query: { show: 'waiting' } });
    await host('visits.approve', { params: { id: visits[0]?.id ?? '' }, body: {} });
    const { state, pass } = await kiosk('kiosk.visit', { params: { key: key(1) } });
    expect(state).toBe('welcome');
    await campus.swipe(scanned(pass?.token ?? ''));
    expect((await campus.events('passage.granted')).length).toBe(1);
    await campus.clock.advanceAsync(2_000);
    await campus.app.campus.settled();
    const shown = { number: pass?.number ?? 0, lastDigits: '8000' };
    expect((await kiosk('kiosk.sign-out', { body: shown })).state).toBe('left');
    await expect(kiosk('kiosk.sign-out', { body: shown })).rejects.toMatchObject(problem('visit.not-inside'));
    await expect(kiosk('kiosk.sign-out', { body: { ...shown, lastDigits: '1111' } })).rejects.toMatchObject(
      problem('pass.not-found'),
    );
  });

  it('who was refused is told no other words than who waits', async () => {
    const { kiosk } = await paired();
    const body = { key: key(1), typeId: await addType(campus), name: 'Walk In', hostId: await hostId() };
    const first = await kiosk('kiosk.register', { body });
    const host = await campus.as('host');
    const { visits } = await host('visits.mine');
    await host('visits.refuse', { params: { id: visits[0]?.id ?? '' }, body: { reason: 'unknown to me' } });
    expect(await kiosk('kiosk.visit', { params: { key: key(1) } })).toEqual(first);
  });

  it('who was registered while the server was away has been there when they were', async () => {
    const { kiosk } = await paired();
    const typeId = await addType(campus, { approvals: [], stayMinutes: 60 });
    const madeAt = campus.clock.now() - 20 * 60_000;
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
    const picture = Buffer.from(png).toString('base64');
    const pictures = { photo: picture, signature: picture };
    await kiosk('kiosk.register', { body: { key: key(1), typeId, name: 'Walk In', madeAt, pictures } });
    const [added] = await campus.events('visit.added');
    expect(added?.data).toMatchObject({ madeAt });
    const { visits } = await (await campus.as('guard'))('visits.list');
    expect(visits[0]).toMatchObject({ expectedFrom: madeAt, expectedUntil: madeAt + 3_600_000 });
    const photo = await (await campus.as('guard'))('photos.get', {
      params: { id: visits[0]?.photoId ?? '' },
    });
    expect(new Uint8Array(await photo.arrayBuffer())).toEqual(png);
    expect(visits[0]?.signatureId).not.toBeNull();
    const old = madeAt - 3 * 3_600_000;
    await kiosk('kiosk.register', { body: { key: key(2), typeId, name: 'Gone', madeAt: old } });
  });

  it('who was here before knows themselves by what is masked, and fills in nothing again', async () => {
    const { kiosk } = await paired();
    const fields = { phone: 'required', idNumber: 'required' } as const;
    const typeId = await addType(campus, { approvals: [], fields });
    const paper = { idKind: 'resident-id', idNumber: '11010519491231002x' } as const;
    await kiosk('kiosk.register', { body: { key: key(1), typeId, name: '张三', phone, ...paper } });
    const known = await kiosk('kiosk.known', { body: { name: '张三', lastDigits: '8000' } });
    expect(known).toMatchObject({ name: '张*', phone: '*******8000', idNumber: '1****************X' });
    expect(await kiosk('kiosk.known', { body: { name: '张三', lastDigits: '8001' } })).toBeNull();
    const again = { key: key(2), typeId, name: '张三', visitorId: known?.visitorId ?? '' };
    await kiosk('kiosk.register', { body: { ...again, lastDigits: '8000' } });
    const guess = kiosk('kiosk.register', { body: { ...again, key: key(3), lastDigits: '8001' } });
    await expect(guess).rejects.toMatchObject({ problem: { code: 'not-found' } });
    const { visits } = await (await campus.as('guard'))('visits.list');
    expect(visits.map(({ visitor }) => visitor.id)).toEqual([known?.visitorId, known?.visitorId]);
  });

  it('a passport’s machine-readable lines are its number, and wrong ones are refused', async () => {
    const { kiosk } = await paired();
    const typeId = await addType(campus, { approvals: [], fields: { idNumber: 'required' } });
    const lines =
      'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10';
    const body = { key: key(1), typeId, name: 'Anna Eriksson', idKind: 'passport', idNumber: lines } as const;
    const wrong = { ...body, idNumber: lines.replace('C36', 'C37') };
    await expect(kiosk('kiosk.register', { body: wrong })).rejects.toMatchObject(problem('visit.form'));
    await kiosk('kiosk.register', { body });
    const { visits } = await (await campus.as('guard'))('visits.list');
    expect(visits.map(({ visitor }) => visitor.idNumber)).toEqual(['L*******3']);
  });

  it('who is expected shows the code and fills in only what is missing', async () => {
    const { kiosk } = await paired();
    const fields = { plate: 'required', purpose: 'optional' } as const;
    const typeId = await addType(campus, {
      fields,
      notice: 'Keep to the paths.',
      approvals: ['host', 'guard'],
    });
    const from = campus.clock.now() + 600_000;
    const host = await campus.as('host');
    const { visit, link } = await host('visits.invite', {
      body: { typeId, name: 'Anna Test', phone, expectedFrom: from },
    });
    expect((await campus.anyone('passes.page', { body: { link } })).token).toBeUndefined();
    const shown = { number: visit.pass?.number ?? 0, lastDigits: '8000' };
    const expected = await kiosk('kiosk.expected', { body: shown });
    expect(expected).toMatchObject({ visitor: 'A********', missing: ['plate'], notice: { version: 1 } });
    const arrive = (form: object) => kiosk('kiosk.arrive', { body: { key: key(1), shown, form } });
    await expect(arrive({ plate: '京A12345' })).rejects.toMatchObject(problem('visit.form'));
    const form = { plate: '京A12345', noticeVersion: 1 };
    expect((await arrive(form)).state).toBe('wait');
    expect((await arrive(form)).state).toBe('wait');
    expect((await campus.events('visit.arrived')).length).toBe(1);
    const guard = await campus.as('guard');
    await guard('visits.approve', { params: { id: visit.id }, body: {} });
    const { pass } = await kiosk('kiosk.visit', { params: { key: key(1) } });
    expect(pass?.token).toMatch(/^XM:/);
    expect((await guard('visits.get', { params: { id: visit.id } })).plate).toBe('京A12345');
  });

  it('what was filled in without the server names the host in words, and has read the notice of then', async () => {
    const { kiosk } = await paired();
    const boss = await campus.as('administrator');
    const fields = { host: 'required' } as const;
    const typeId = await addType(campus, { fields, approvals: ['host'], notice: 'Keep to the paths.' });
    await boss('visitor-types.change', {
      params: { id: typeId },
      body: { notice: 'Keep to the paths, please.', reason: 'politer' },
    });
    const madeAt = campus.clock.now() - 3_600_000;
    const form = { key: key(1), typeId, name: 'Anna Test', noticeVersion: 1, department: 'Ms Example, 3A' };
    const send = (more: object) => kiosk('kiosk.register', { body: { ...form, ...more } });
    // At once, a host can be searched, and the notice read as it is.
    await expect(send({})).rejects.toMatchObject(problem('visit.form'));
    await expect(send({ noticeVersion: 2 })).rejects.toMatchObject(problem('visit.form'));
    await expect(send({ madeAt, department: undefined })).rejects.toMatchObject(problem('visit.form'));
    await expect(send({ madeAt, noticeVersion: 3 })).rejects.toMatchObject(problem('visit.form'));
    await expect(send({ madeAt, noticeVersion: undefined })).rejects.toMatchObject(problem('visit.form'));
    expect((await send({ madeAt })).state).toBe('wait');
    const { visits } = await (await campus.as('guard'))('visits.list');
    expect(visits).toMatchObject([
      { host: null, department: 'Ms Example, 3A', notice: { version: 1 }, pending: ['host'] },
    ]);
  });

  it('who is expected can fill in whatever is asked of them', async () => {
    const { kiosk } = await paired();
    const asked = ['purpose', 'department', 'companions', 'organisation', 'items'] as const;
    const fields = Object.fromEntries(asked.map((field) => [field, 'required']));
    const typeId = await addType(campus, { fields });
    const host = await campus.as('host');
    const { visit } = await host('visits.invite', {
      body: { typeId, name: 'Anna Test', phone, expectedFrom: campus.clock.now() },
    });
    const shown = { number: visit.pass?.number ?? 0, lastDigits: '8000' };
    const { missing } = await kiosk('kiosk.expected', { body: shown });
    expect(missing.toSorted()).toEqual(asked.toSorted());
    const form = {
      ...{ purpose: 'Repair', department: 'Office', companions: ['Paul Other'] },
      ...{ organisation: 'Test Ltd', items: 'a drill' },
      // The host has invited them; nobody puts another there.
      hostId: 'nobody',
    };
    expect((await kiosk('kiosk.arrive', { body: { key: key(1), shown, form } })).state).toBe('welcome');
    const guard = await campus.as('guard');
    expect(await guard('visits.get', { params: { id: visit.id } })).toMatchObject({
      ...{ purpose: 'Repair', department: 'Office', companions: ['Paul Other'], items: 'a drill' },
      host: { id: visit.host?.id },
    });
  });

  it('who was announced with companions keeps them where the kiosk asks for none', async () => {
    const { kiosk } = await paired();
    const typeId = await addType(campus, { fields: { companions: 'optional' } });
    const host = await campus.as('host');
    const { visit } = await host('visits.invite', {
      body: {
        typeId,
        name: 'Anna Test',
        phone,
        expectedFrom: campus.clock.now(),
        companions: ['Paul Other'],
      },
    });
    const shown = { number: visit.pass?.number ?? 0, lastDigits: '8000' };
    await kiosk('kiosk.arrive', { body: { key: key(1), shown, form: {} } });
    const guard = await campus.as('guard');
    const arrived = await guard('visits.get', { params: { id: visit.id } });
    expect(arrived.companions).toEqual(['Paul Other']);
  });
});
