/** A host invites one visitor, one again and again, and a group; the visitor opens the page of the link. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false });
});
afterEach(() => campus.close());

const day = 86_400_000;

it('one visitor on several days: a pass a day, each good on its own', async () => {
  const host = await campus.as('host');
  const typeId = await addType(campus, { stayMinutes: 60 });
  const now = campus.clock.now();
  const times = [0, 1, 7].map((days) => ({ expectedFrom: now + days * day }));
  const added = await host('visits.invite-series', { body: { typeId, name: 'Anna Test', times } });
  expect(new Set(added.map(({ visit }) => visit.seriesId)).size).toBe(1);
  expect(added.map(({ visit }) => visit.pass?.number)).toEqual([1, 2, 3]);
  const codes = await Promise.all(added.map(({ link }) => codeOf(campus, { link, visitId: '', passId: '' })));
  expect(new Set(codes).size).toBe(3);
  await campus.swipe(scanned(codes[1] ?? ''));
  await campus.clock.advanceAsync(2_000);
  await campus.swipe(scanned(codes[0] ?? ''));
  const told = await campus.events('passage.granted', 'passage.denied');
  expect(told.map(({ data }) => ('reason' in data ? data.reason : 'granted'))).toEqual([
    'pass-not-yet-valid',
    'granted',
  ]);
});

it('a group from a list, all of it or nothing', async () => {
  const host = await campus.as('host');
  const typeId = await addType(campus);
  const body = { typeId, purpose: 'Open day', expectedFrom: campus.clock.now() + day };
  const wrong = 'name,phone,plate\nAnna Test,13800138000,\nPaul Test,x,京A1\n';
  const refused = await host('visits.invite-group', { body: { ...body, list: wrong } });
  expect(refused).toMatchObject({ added: [], faults: [{ line: 3, field: 'phone', fault: 'field' }] });
  const plate = await host('visits.invite-group', { body: { ...body, list: 'name,plate\nPaul,京A1\n' } });
  expect(plate.faults).toEqual([{ line: 2, field: 'plate', fault: 'field' }]);
  const list = '姓名,电话\n张三,13800138000\n李四,\n';
  const tried = await host('visits.invite-group', { body: { ...body, list, tryOut: true } });
  expect(tried).toEqual({
    guests: [
      { line: 2, name: '张三' },
      { line: 3, name: '李四' },
    ],
    faults: [],
    added: [],
  });
  expect(await campus.events('visit.added')).toEqual([]);
  const { added } = await host('visits.invite-group', { body: { ...body, list } });
  expect(added.map(({ visit }) => [visit.visitor.name, visit.purpose])).toEqual([
    ['张三', 'Open day'],
    ['李四', 'Open day'],
  ]);
  expect((await campus.events('visit.added')).length).toBe(2);
});

it('nobody finds a page without its link, and the host can send it again', async () => {
  const host = await campus.as('host');
  const typeId = await addType(campus);
  const { visit, link } = await host('visits.invite', {
    body: { typeId, name: 'Anna Test', expectedFrom: campus.clock.now() },
  });
  expect(await host('visits.link', { params: { id: visit.id } })).toEqual({ link });
  const page = await campus.anyone('passes.page', { body: { link } });
  expect(page).toMatchObject({ visitor: 'Anna Test', host: 'Test host', state: 'expected', number: 1 });
  const [id, code = ''] = link.split('.');
  for (const other of [
    '',
    visit.id,
    `${id}.`,
    `${id}.${code.slice(1)}`,
    `${id}.${code.split('').reverse().join('')}`,
  ]) {
    await expect(campus.anyone('passes.page', { body: { link: other || 'x' } })).rejects.toMatchObject({
      problem: { code: 'not-found' },
    });
  }
});

it('the page says what the pass is good for, and shows no code that opens nothing', async () => {
  const [host, guard] = [await campus.as('host'), await campus.as('guard')];
  const typeId = await addType(campus, { laneIds: [ids.lane], approvals: ['host', 'guard'] });
  const { visit, link } = await host('visits.invite', {
    body: { typeId, name: 'Anna Test', expectedFrom: campus.clock.now() },
  });
  const page = () => campus.anyone('passes.page', { body: { link } });
  const lanes = [{ gate: 'Main gate', lane: 'Lane 1' }];
  expect(await page()).toMatchObject({ cleared: false, revoked: false, liveCode: false, lanes });
  expect((await page()).token).toBeUndefined();
  await guard('visits.approve', { params: { id: visit.id }, body: {} });
  expect(await page()).toMatchObject({ cleared: true, now: campus.clock.now(), timeZone: 'Asia/Shanghai' });
  expect((await page()).token).toMatch(/^XM:/);
  await guard('visits.admit', { params: { id: visit.id }, body: { laneId: ids.lane } });
  expect((await page()).token).toMatch(/^XM:/);
  await host('visits.sign-out', { params: { id: visit.id }, body: {} });
  // In once and out once: it is used.
  expect(await page()).toMatchObject({ state: 'left', cleared: true, manyEntries: false });
  expect((await page()).token).toBeUndefined();

  const again = await host('visits.invite', {
    body: { typeId: await addType(campus), name: 'Anna Test', expectedFrom: campus.clock.now() },
  });
  const passId = again.visit.pass?.id ?? '';
  await guard('passes.revoke', { params: { id: passId }, body: { reason: 'a test' } });
  const revoked = await campus.anyone('passes.page', { body: { link: again.link } });
  expect(revoked).toMatchObject({ revoked: true, cleared: true, lanes: null });
  expect(revoked.token).toBeUndefined();
});

it('a host lets the guard decide about one who waits, once, and of their own alone', async () => {
  const [host, guard] = [await campus.as('host'), await campus.as('guard')];
  const typeId = await addType(campus);
  const { account } = await host('session.get');
  const { visitId: id } = await register(campus, typeId, { hostId: account.id });
  const other = await register(campus, typeId);
  const handOver = (visitId: string) => host('visits.hand-over', { params: { id: visitId }, body: {} });
  await expect(handOver(other.visitId)).rejects.toMatchObject({ problem: { why: 'visit.not-own' } });
  expect(await handOver(id)).toMatchObject({ state: 'waiting', lapsedAt: campus.clock.now() });
  await expect(handOver(id)).rejects.toMatchObject({ problem: { why: 'visit.needs-no-word' } });
  expect((await campus.events('visit.handed-over')).map(({ data }) => data)).toEqual([{ visitId: id }]);
  // Without a reason: the host has let them.
  expect(await guard('visits.approve', { params: { id }, body: {} })).toMatchObject({ state: 'approved' });
});
