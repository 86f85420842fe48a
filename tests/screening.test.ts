/** Deny list and watch list: one neutral answer for the visitor, the reason for guard and responder, a decision on record. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cookieClient, startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
});
afterEach(() => campus.close());

const reason = 'a court order';
const number = '11010519491231002X';

async function put(
  entry: { list: 'deny' | 'watch'; name: string } & Record<string, unknown>,
): Promise<string> {
  const boss = await campus.as('administrator');
  return (await boss('screening.add', { body: { entry: { reason, ...entry } } })).id;
}

const hostId = async () => (await (await campus.as('host'))('session.get')).account.id;

describe('a visitor who may be on a list', () => {
  it.each([
    ['by the number of a paper', { name: 'Other', idKind: 'resident-id', idNumber: number }, 'id-number'],
    ['by a telephone number', { name: 'Other', phone: '138-0013-8000' }, 'phone'],
    ['by the name', { name: 'jonathan  TEST' }, 'name'],
    ['by another name', { name: 'Other', aliases: ['Johnathan Test'] }, 'close-name'],
  ])('is held %s', async (_, entry, how) => {
    await put({ list: 'deny', ...entry });
    const typeId = await addType(campus, { approvals: [] });
    const paper = { idKind: 'resident-id', idNumber: number, phone: '138 0013 8000' };
    const guest = await register(campus, typeId, { name: 'Jonathan Test', ...paper });
    const guard = await campus.as('guard');
    const params = { id: guest.visitId };
    expect(await guard('visits.get', { params })).toMatchObject({ state: 'waiting', pending: ['screening'] });
    expect(await codeOf(campus, guest)).toBe('');
    expect(await guard('visits.holds', { params })).toMatchObject([{ how, entry: { reason } }]);
    expect(JSON.stringify(await campus.events())).not.toContain(reason);
  });

  it('is not held for a name that is only alike, nor when the entry was removed', async () => {
    await put({ list: 'deny', name: '张四' });
    const id = await put({ list: 'deny', name: '张三' });
    const boss = await campus.as('administrator');
    await boss('screening.remove', { params: { id }, body: { reason: 'order lifted' } });
    await register(campus, await addType(campus, { approvals: [] }), { name: '张三' });
    expect(await campus.events('visit.held')).toEqual([]);
  });

  it('waits for the guard like anybody else, at the kiosk and before the host; the responder sees why', async () => {
    const boss = await campus.as('administrator');
    const { code } = await boss('kiosks.add', { body: { name: 'Lobby' } });
    const kiosk = cookieClient(campus.url).client;
    await kiosk('kiosk.pair', { body: { code } });
    const typeId = await addType(campus);
    await put({ list: 'watch', name: 'Anna Test', responderId: await hostId() });
    const body = { typeId, hostId: await hostId() };
    const keys = ['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002'] as const;
    const plain = await kiosk('kiosk.register', { body: { ...body, key: keys[0], name: 'Paul Other' } });
    const held = await kiosk('kiosk.register', { body: { ...body, key: keys[1], name: 'Anna Test' } });
    expect({ ...held, visitor: '' }).toEqual({ ...plain, visitor: '' });
    const host = await campus.as('host');
    const mine = async (name: string) =>
      (await host('visits.mine')).visits.filter(({ visitor }) => visitor.name.startsWith(name));
    const visits = await mine('Anna');
    expect(visits[0]?.pending).toEqual(['guard', 'host']);
    const params = { id: visits[0]?.id ?? '' };
    expect(await host('visits.holds', { params })).toMatchObject([{ entry: { reason } }]);
    const [other] = await mine('Paul');
    await expect(host('visits.holds', { params: { id: other?.id ?? '' } })).rejects.toMatchObject({
      problem: { code: 'not-allowed' },
    });
    // The host's word alone lets nobody in who is held.
    await host('visits.approve', { params, body: {} });
    expect((await kiosk('kiosk.visit', { params: { key: keys[1] } })).state).toBe('wait');
    const guard = await campus.as('guard');
    const decided = await guard('visits.screen', {
      params,
      body: { outcome: 'escort', reason: 'known to us' },
    });
    expect(decided).toMatchObject({ state: 'approved', escort: true });
    const { pass } = await kiosk('kiosk.visit', { params: { key: keys[1] } });
    await campus.swipe(scanned(pass?.token ?? ''));
    expect((await campus.events('passage.granted')).length).toBe(1);
  });

  it('of the deny list is admitted by an override alone, on record with its reason; a guard may refuse', async () => {
    await put({ list: 'deny', name: 'Anna Test' });
    const guest = await register(campus, await addType(campus, { approvals: [] }), { name: 'Anna Test' });
    const [guard, boss] = [await campus.as('guard'), await campus.as('administrator')];
    const params = { id: guest.visitId };
    const admit = { params, body: { outcome: 'admit', reason: 'another Anna' } } as const;
    await expect(guard('visits.screen', admit)).rejects.toMatchObject({
      problem: { why: 'screening.override' },
    });
    // Nor by a guard's ordinary word.
    await expect(guard('visits.approve', { params, body: { reason: 'please' } })).rejects.toMatchObject({
      problem: { why: 'visit.needs-no-word' },
    });
    await guard('visits.screen', { params, body: { outcome: 'refuse', reason: 'on the list' } });
    expect((await boss('visits.screen', admit)).state).toBe('approved');
    const told = await campus.events('visit.screened');
    expect(told.map(({ data, note }) => [data, note])).toMatchObject([
      [{ outcome: 'refuse', to: 'refused' }, 'on the list'],
      [{ outcome: 'admit', to: 'approved', override: true }, 'another Anna'],
    ]);
  });
});

describe('an entry that is made later', () => {
  it('holds who is expected or approved, by whatever agrees, and opens nothing until somebody decides', async () => {
    const typeId = await addType(campus, { approvals: [] });
    const paper = { idKind: 'resident-id', idNumber: number };
    const approved = await register(campus, typeId, { name: 'Jonathan Test', ...paper });
    const other = await register(campus, typeId, { name: 'Paul Other', companions: ['Anna Test'] });
    const free = await register(campus, typeId, { name: 'Nobody Else' });
    const code = await codeOf(campus, approved);
    const entryId = await put({ list: 'deny', name: 'Somebody', idKind: 'resident-id', idNumber: number });
    await put({ list: 'watch', name: 'anna test', responderId: await hostId() });
    const held = await campus.events('visit.held');
    expect(held.map(({ data }) => data)).toMatchObject([
      { visitId: approved.visitId, entryIds: [entryId], responderIds: [] },
      { visitId: other.visitId, responderIds: [await hostId()] },
    ]);
    await campus.swipe(scanned(code));
    expect(await campus.events('passage.granted')).toEqual([]);
    const guard = await campus.as('guard');
    const params = { id: approved.visitId };
    expect(await guard('visits.get', { params })).toMatchObject({
      ...{ state: 'waiting', pending: ['screening'], waitingSince: campus.clock.now() },
    });
    expect(await guard('visits.holds', { params })).toMatchObject([{ how: 'id-number' }]);
    const untouched = await guard('visits.get', { params: { id: free.visitId } });
    expect(untouched).toMatchObject({ state: 'approved', pending: [] });
    const boss = await campus.as('administrator');
    await boss('visits.screen', { params, body: { outcome: 'admit', reason: 'another person' } });
    // Held before the same scanner, it would be the same read.
    await campus.clock.advanceAsync(10_000);
    await campus.swipe(scanned(code));
    expect((await campus.events('passage.granted')).length).toBe(1);
  });

  it('tells the guard of who is inside, by an event and an alarm, and lets them leave', async () => {
    const typeId = await addType(campus, { approvals: [] });
    const guest = await register(campus, typeId, { name: 'Anna Test' });
    const code = await codeOf(campus, guest);
    await campus.swipe(scanned(code));
    await campus.app.campus.settled();
    await put({ list: 'deny', name: 'Anna Test' });
    const guard = await campus.as('guard');
    const params = { id: guest.visitId };
    expect(await guard('visits.get', { params })).toMatchObject({ state: 'inside', pending: [] });
    expect(await campus.events('visit.held')).toEqual([]);
    expect((await campus.events('visit.listed-inside')).map(({ data }) => data)).toMatchObject([
      { visitId: guest.visitId },
    ]);
    expect(await guard('visits.holds', { params })).toMatchObject([{ how: 'name', entry: { reason } }]);
    await campus.app.campus.settled();
    const { alarms } = await guard('alarms.list');
    expect(alarms).toMatchObject([{ kind: 'visitor-listed', priority: 'high' }]);
    expect((await guard('visits.sign-out', { params, body: {} })).state).toBe('left');
  });

  it('keeps out who has left and would come again', async () => {
    const typeId = await addType(campus, { approvals: [], manyEntries: true });
    const guest = await register(campus, typeId, { name: 'Anna Test' });
    const guard = await campus.as('guard');
    const params = { id: guest.visitId };
    await guard('visits.admit', { params, body: { laneId: ids.lane, reason: 'no code' } });
    await guard('visits.sign-out', { params, body: {} });
    await put({ list: 'deny', name: 'Anna Test' });
    expect(await guard('visits.get', { params })).toMatchObject({ state: 'left', pending: ['screening'] });
    const boss = await campus.as('administrator');
    const refused = { outcome: 'refuse', reason: 'on the list' } as const;
    expect((await boss('visits.screen', { params, body: refused })).state).toBe('refused');
  });

  it('is over at its end', async () => {
    const typeId = await addType(campus, { approvals: [] });
    await put({ list: 'deny', name: 'Anna Test', validUntil: campus.clock.now() + 60_000 });
    const guard = await campus.as('guard');
    expect(await guard('screening.try', { body: { name: 'anna tset' } })).toMatchObject([
      { how: 'close-name', entry: { name: 'Anna Test' } },
    ]);
    expect(await guard('screening.try', { body: { name: 'Paul Other' } })).toEqual([]);
    await register(campus, typeId, { name: 'Anna Test' });
    campus.clock.advance(60_000);
    expect(await guard('screening.try', { body: { name: 'Anna Test' } })).toEqual([]);
    const later = await register(campus, typeId, { name: 'Anna Test' });
    expect((await guard('visits.get', { params: { id: later.visitId } })).state).toBe('approved');
    expect(await campus.events('visit.held')).toHaveLength(1);
  });
});
