/** What an administrator sets up for visitors: kiosks are paired, kinds edited, people put on lists, visits counted. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { addType, register } from '../visits.ts';
import { type Kiosks, openKiosks } from './kiosk-page.ts';
import { choose, heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<Clock>;
let visitors: Visitors;
let kiosks: Kiosks;
beforeAll(async () => {
  [campus, visitors, kiosks] = await Promise.all([
    startCampus({ clock: systemClock }),
    openVisitors(),
    openKiosks(),
  ]);
});
afterEach(() => Promise.all([visitors.leave(), kiosks.leave()]));
afterAll(async () => {
  await visitors?.close();
  await kiosks?.close();
  await campus?.close();
});

const dialog = (page: Page, name: string | RegExp): Locator => page.getByRole('dialog', { name });

/** Gives the reason that is asked for, and confirms. */
async function because(within: Locator, reason: string, button: string): Promise<void> {
  await within.getByLabel('Reason').fill(reason);
  await within.getByRole('button', { name: button, exact: true }).click();
}

it('pairs a kiosk by the code that is shown, and takes it out of service', async () => {
  const page = await visitors.visit(campus, '/kiosks');
  await heading(page, 'Kiosks');
  await page.getByText('There is no kiosk yet').waitFor();
  await page.getByRole('button', { name: 'Add a kiosk' }).click();
  const adding = dialog(page, 'Add a kiosk');
  await adding.getByLabel('Name').fill('Lobby');
  await choose(adding, 'Gate', 'Gate');
  await adding.getByRole('button', { name: 'Add and show its code' }).click();
  const pairing = dialog(page, 'Pair Lobby');
  await pairing.getByText(`${campus.url}/kiosk/`).waitFor();
  await pairing.getByText(/^Good for (10:00|9:\d\d) more/).waitFor();
  expect(await seriousFaults(page, '.ant-modal')).toEqual([]);
  const code = await pairing.locator('.xm-pairing-code').innerText();
  expect(code).toMatch(/^\d{4} \d{4}$/);

  const device = await kiosks.open(campus, { paired: false });
  await device.field('pairing.code').fill(code);
  await device.page.keyboard.press('Enter');
  await device.untilTitle('start.title');
  await pairing.getByText('Lobby is paired.').waitFor();
  expect(await pairing.locator('.xm-pairing-code').count()).toBe(0);
  await pairing.getByRole('button', { name: 'Done' }).click();
  const card = page.getByRole('article', { name: 'Lobby' });
  await card.getByText('Online', { exact: true }).waitFor();
  await card.getByText('No printer').waitFor();

  await card.getByRole('button', { name: 'Take out of service' }).click();
  await because(dialog(page, 'Take Lobby out of service?'), 'stolen', 'Take out of service');
  await card.waitFor({ state: 'detached' });
  await page.getByText('1 kiosk out of service').click();
  await page.getByText('Out of service', { exact: true }).waitFor();
  expect((await campus.events('kiosk.revoked')).map(({ note }) => note)).toEqual(['stolen']);
});

it('edits a kind of visitors, which the kiosk then offers like that', async () => {
  const page = await visitors.visit(campus, '/visitor-types');
  await heading(page, 'Visitor types');
  await page.getByRole('button', { name: 'Add a visitor type' }).click();
  const editor = dialog(page, 'Add a visitor type');
  await editor.getByRole('button', { name: 'Add a visitor type' }).click();
  await editor.getByText('Please fill this in').first().waitFor();
  await editor.getByLabel('Name in Chinese').fill('维修');
  await editor.getByLabel('Name in English').fill('Repair');
  await editor.getByRole('radio', { name: 'Orange' }).check();
  const preview = editor.getByRole('figure', { name: 'How pass and badge look' });
  await preview.getByText('White on this colour: 5.0 : 1, easy to read').waitFor();
  expect(await preview.getByText('Repair').count()).toBe(2);
  await editor.getByRole('radiogroup', { name: 'Purpose' }).getByRole('radio', { name: 'Must' }).check();
  await editor.getByLabel('Notice that visitors read and agree to').fill('Keep to the paths.');
  expect(await seriousFaults(page, '.ant-drawer')).toEqual([]);
  await editor.getByRole('button', { name: 'Add a visitor type' }).click();
  await editor.waitFor({ state: 'detached' });

  const boss = await campus.as('administrator');
  const added = (await boss('visitor-types.list')).at(-1);
  expect(added).toMatchObject({ colour: 'orange', fields: { purpose: 'required' }, noticeVersion: 1 });
  await page.getByRole('button', { name: 'Edit Repair' }).click();
  const editing = dialog(page, 'Repair');
  await editing.getByLabel('Name in English').fill('Electrician');
  await editing.getByRole('radio', { name: 'Only some lanes' }).check();
  await choose(editing, 'Which lanes', 'Lane');
  await page.keyboard.press('Escape');
  await editing.getByRole('checkbox', { name: 'For who collects a child' }).check();
  await editing.getByLabel('Notice that visitors read and agree to').fill('Keep to the paths, please.');
  await editing.getByLabel('Place in the list').fill('0');
  await because(editing, 'as the office wishes', 'Save');
  await editing.waitFor({ state: 'detached' });
  const [changed] = await boss('visitor-types.list');
  expect(changed).toMatchObject({
    ...{ names: { en: 'Electrician' }, guardians: true, noticeVersion: 2, stayMinutes: 120 },
    laneIds: [expect.any(String)],
  });
  const told = await campus.events('visitor-type.changed');
  expect(told.map(({ note, data }) => [note, data])).toEqual([
    [
      'as the office wishes',
      expect.objectContaining({
        fields: ['names', 'laneIds', 'guardians', 'notice', 'position', 'noticeVersion'],
      }),
    ],
  ]);

  const device = await kiosks.open(campus);
  await device.button('start.register').tap();
  await device.page.getByRole('button', { name: 'Electrician' }).waitFor();
  await device.page.reload();
  await device.button('start.guardian').tap();
  await device.untilTitle('person.title');
  // Parents, who came first before, are asked for it.
  expect(await device.page.getByLabel('Phone').count()).toBe(0);
});

it('signs passes with a new key, and says why', async () => {
  const page = await visitors.visit(campus, '/visitor-types');
  await page.getByRole('button', { name: 'Use a new key' }).click();
  const asking = dialog(page, 'Signing key of passes');
  await asking.getByRole('checkbox', { name: /come into other hands/ }).check();
  await because(asking, 'a disk was stolen', 'Use a new key, void the former');
  await page.getByText(/^Passes are signed with key \d+ now$/).waitFor();
  expect((await campus.events('pass-key.added')).at(-1)?.note).toBe('a disk was stolen');
});

it('holds who is put on a list, and shows beforehand whom a name would be taken for', async () => {
  const guest = await register(campus, await addType(campus, { approvals: [] }), { name: 'Jonathan Sample' });
  const page = await visitors.visit(campus, '/screening');
  await heading(page, 'Screening lists');
  await page.getByRole('button', { name: 'Put somebody on a list' }).click();
  const adding = dialog(page, 'Put somebody on a list');
  await adding.getByRole('button', { name: 'Put on the list' }).click();
  await adding.getByText('Please fill this in').first().waitFor();
  await adding.getByLabel('Name', { exact: true }).fill('J. Sample');
  await adding.getByLabel('Other names').fill('Johnathan Sample');
  await page.keyboard.press('Enter');
  await adding.getByLabel('Why they are on the list').fill('a court order');
  await choose(adding, 'Call', 'Test Administrator');
  expect(await seriousFaults(page, '.ant-modal')).toEqual([]);
  await adding.getByRole('button', { name: 'Put on the list' }).click();
  await adding.waitFor({ state: 'detached' });
  const entry = page.getByRole('listitem').filter({ hasText: 'a court order' });
  await entry.getByText('Johnathan Sample').waitFor();
  await entry.getByText('Test Administrator').waitFor();
  const guard = await campus.as('guard');
  const params = { id: guest.visitId };
  expect(await guard('visits.get', { params })).toMatchObject({ state: 'waiting', pending: ['screening'] });

  await page.getByLabel('Name of a visitor').fill('Jonathan Sampel');
  await page.getByRole('button', { name: 'Try', exact: true }).click();
  await page.getByRole('status').filter({ hasText: 'Similar name' }).getByText('J. Sample').waitFor();
  await page.getByLabel('Name of a visitor').fill('Nobody Else');
  await page.keyboard.press('Enter');
  await page.getByText('This name would not be held').waitFor();

  await entry.getByRole('button', { name: 'Take off the list' }).click();
  await because(dialog(page, 'Take J. Sample off the list?'), 'order lifted', 'Take off the list');
  await entry.waitFor({ state: 'detached' });
  expect((await campus.events('screening.removed')).map(({ note }) => note)).toEqual(['order lifted']);
});

it('counts visits, and gives them as files with what the filter holds', async () => {
  const typeId = await addType(campus, { names: { 'zh-CN': '演讲', en: 'Speaker' }, approvals: [] });
  const host = await campus.as('host');
  const { account } = await host('session.get');
  const guest = await register(campus, typeId, {
    name: '=Paul Other',
    hostId: account.id,
    purpose: 'A talk',
  });
  const guard = await campus.as('guard');
  const params = { id: guest.visitId };
  await guard('visits.admit', { params, body: { laneId: ids.lane, reason: 'no code' } });
  const page = await visitors.visit(campus, '/visit-reports');
  await heading(page, 'Visit reports');
  await page.getByRole('row', { name: 'Speaker 1' }).waitFor();
  await page.getByRole('row', { name: 'A talk 1' }).waitFor();
  await page.getByRole('button', { name: '7 days' }).click();
  await page.getByText('As a table').click();
  expect(await page.locator('.xm-columns tbody tr').count()).toBe(7);
  await choose(page, 'State now', 'Left');
  await page.getByText('Nothing in this time').first().waitFor();
  await choose(page, 'State now', 'Inside');
  await choose(page, 'Visitor type', 'Speaker');
  await choose(page, 'Host', account.name);
  await page.getByRole('row', { name: 'A talk 1' }).waitFor();

  const exported = async (format: string, more: () => Promise<void> = async () => {}) => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const asking = dialog(page, 'Export visits');
    await asking.getByRole('radio', { name: format }).check();
    await more();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      asking.getByRole('button', { name: 'Make the file' }).click(),
    ]);
    await asking.waitFor({ state: 'detached' });
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };
  const csv = await exported('Text with commas');
  expect(csv.name).toMatch(/^visits_\d{4}-\d\d-\d\d_\d{4}-\d\d-\d\d\.csv$/);
  const rows: string[][] = parse(csv.bytes, { bom: true });
  expect(csv.bytes.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(rows.map(([, state, type, name]) => [state, type, name])).toEqual([
    ['State', 'Type', 'Name'],
    ['Inside', 'Speaker', "'=Paul Other"],
  ]);
  const workbook = await exported('Excel workbook', async () => {
    await page.getByRole('checkbox', { name: 'With whole identity numbers' }).check();
    await page.getByLabel('Reason').fill('inspection');
  });
  // A zip.
  expect(workbook.bytes.subarray(0, 4).toString('latin1')).toBe('PK\u0003\u0004');
  const told = await campus.events('visits.exported');
  expect(told.map(({ note, data }) => [note, data])).toMatchObject([
    [undefined, { format: 'csv', rows: 1, idNumbers: false, state: 'inside', typeId, hostId: account.id }],
    ['inspection', { format: 'xlsx', rows: 1, idNumbers: true }],
  ]);

  // The server refuses: what it says stands in the dialog, and the filter stays.
  await page.route('**/api/visits/exports', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      json: {
        ...{ type: 'about:blank', title: 'Invalid request', status: 400, code: 'invalid-request' },
        ...{ detail: 'too many', why: 'export.too-long', params: { count: 20_000 } },
      },
    }),
  );
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await dialog(page, 'Export visits').getByRole('button', { name: 'Make the file' }).click();
  await page.getByRole('alert').getByText('A workbook holds 20000 visits at most.').waitFor();
});
