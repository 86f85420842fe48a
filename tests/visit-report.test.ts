/** Visits counted, and taken away as a file: harmless in a spreadsheet, and on record. */
import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  const readers = { readerModel: { model: 'text-line', options: {} }, readerOutModel: 'text-line' };
  campus = await startCampus({ ...readers, doors: false });
});
afterEach(() => campus.close());

const number = '11010519491231002X';

it('counts by day, kind, host, purpose and duration', async () => {
  const start = campus.clock.now();
  const host = await campus.as('host');
  const { account } = await host('session.get');
  const typeId = await addType(campus, { approvals: [] });
  const guest = await register(campus, typeId, { hostId: account.id, purpose: 'A talk' });
  await register(campus, typeId, { purpose: 'Never came' });
  const code = await codeOf(campus, guest);
  await campus.swipe(scanned(code));
  await campus.clock.advanceAsync(20 * 60_000);
  await campus.swipe(scanned(code), ids.readerOut);
  await campus.clock.advanceAsync(2_000);
  await campus.app.campus.settled();
  const auditor = await campus.as('auditor');
  const report = await auditor('visits.report', { query: { from: start, to: start + 86_400_000 } });
  expect(report).toMatchObject({
    ...{ announced: 2, came: 1, days: [{ date: '2026-09-02', count: 1 }], types: [{ typeId, count: 1 }] },
    ...{ hosts: [{ host: { name: 'Test host' }, count: 1 }], purposes: [{ purpose: 'A talk', count: 1 }] },
  });
  expect(report.durations.filter(({ count }) => count > 0)).toEqual([{ upToMinutes: 30, count: 1 }]);
  const among = (state: 'left' | 'approved') =>
    auditor('visits.report', { query: { from: start, to: start + 86_400_000, state } });
  expect(await among('left')).toMatchObject({ announced: 1, came: 1 });
  expect(await among('approved')).toMatchObject({ announced: 1, came: 0, days: [] });
  const none = await auditor('visits.report', { query: { from: start - 2, to: start - 1 } });
  expect(none).toMatchObject({ announced: 0, came: 0, days: [] });
});

it('exports page after page, with nothing that is calculated and only the ends of numbers, and says who did', async () => {
  const start = campus.clock.now();
  const typeId = await addType(campus, { approvals: [] });
  const paper = { idKind: 'resident-id', idNumber: number };
  await register(campus, typeId, { name: '=HYPERLINK("http://x")', ...paper });
  // More than a page of the store.
  for (let n = 0; n < 205; n += 1) await register(campus, typeId, { name: `Visitor ${n}` });
  const auditor = await campus.as('auditor');
  const body = { from: start, to: start + 60_000, format: 'csv', language: 'zh-CN' } as const;
  const text = await (await auditor('visits.export', { body: { ...body, reason: 'inspection' } })).text();
  const bytes = new Uint8Array(await (await auditor('visits.export', { body })).arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const none = await (await auditor('visits.export', { body: { ...body, state: 'left' } })).text();
  expect(none.trim().split('\n')).toHaveLength(1);
  const rows: string[][] = parse(text, { bom: true });
  expect(rows.length).toBe(207);
  expect(rows[0]?.slice(0, 4)).toEqual(['通行证号', '状态', '访客类型', '姓名']);
  const line = rows.find(([pass]) => pass === '1');
  expect(line).toEqual(expect.arrayContaining([`'=HYPERLINK("http://x")`, '家长', '1****************X']));
  expect(new Set(rows.map(([pass]) => pass)).size).toBe(207);
  const [exported] = await campus.events('visits.exported');
  expect(exported).toMatchObject({
    data: { format: 'csv', rows: 206, idNumbers: false },
    note: 'inspection',
  });

  const withNumbers = { ...body, idNumbers: true };
  await expect(auditor('visits.export', { body: withNumbers })).rejects.toMatchObject({
    problem: { why: 'export.no-id-numbers' },
  });
  const boss = await campus.as('administrator');
  await expect(boss('visits.export', { body: withNumbers })).rejects.toMatchObject({
    problem: { why: 'export.why' },
  });
  const said = { ...withNumbers, reason: 'asked by the police' };
  expect(await (await boss('visits.export', { body: said })).text()).toContain(number);
  const book = await boss('visits.export', { body: { ...body, format: 'xlsx' } });
  expect(new TextDecoder().decode((await book.arrayBuffer()).slice(0, 2))).toBe('PK');
});
