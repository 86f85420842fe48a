/** A host invites one visitor, one again and again, and a group; the visitor opens the page of the link. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCampus, type TestCampus } from './harness.ts';
import { addType, codeOf, scanned } from './visits.ts';

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
