/** The guard's desk in a browser: scan, let in, sign out; somebody on hold; a card on the reader; all of it by keys. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType, codeOf, register } from '../visits.ts';
import { scanKeys } from './scan-keys.ts';
import { choose, heading, openVisitors, untilFaultAt, type Visit, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;
let deskReader: string;
const pictures = process.env.DESK_PICTURES;

beforeAll(async () => {
  visitors = await openVisitors(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
});
beforeEach(async () => {
  campus = await startCampus({ doors: false });
  await addType(campus, {
    names: { 'zh-CN': '来宾', en: 'Guest' },
    fields: {
      phone: 'required',
      idNumber: 'required',
      host: 'required',
      plate: 'optional',
      items: 'optional',
    },
    notice: 'Keep to the marked paths.',
  });
  const boss = await campus.as('administrator');
  const reader = { name: 'Desk reader', model: 'sam-v', address: { kind: 'sim' } as const };
  deskReader = (await boss('devices.add', { body: reader })).id;
  await campus.clock.advanceAsync(500);
});
afterEach(async () => {
  await visitors.leave();
  await campus.close();
});
afterAll(() => visitors?.close());

/** Every address that the page asks for. */
const asked: string[] = [];

async function desk(how: Visit = { as: 'guard' }): Promise<Page> {
  const page = await visitors.visit(campus, '/visitors', how);
  asked.length = 0;
  page.on('request', (request) => asked.push(request.url()));
  await heading(page, how.language === 'zh-CN' ? '访客' : 'Visitors');
  await untilField(page);
  return page;
}

/** The one field has the focus. */
const untilField = (page: Page) =>
  page.waitForFunction(() => document.activeElement?.id === 'xm-scan').then(() => undefined);

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const card = (page: Page, name: string) => page.getByRole('article', { name });
const mark = (page: Page, name: string, word: string) =>
  card(page, name).getByRole('status').filter({ hasText: word }).waitFor();
const count = (page: Page, list: string, number: number) =>
  page.getByRole('button', { name: `${number} ${list}` }).waitFor();
const picture = async (page: Page, name: string) => {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
};

/** A kind of visitor of whom nothing is asked, and who needs nobody's word. */
const plain = () =>
  addType(campus, { names: { 'zh-CN': '校友', en: 'Alumnus' }, approvals: [], colour: 'green' });

it('finds who shows a pass, lets them in and signs them out with what they carry, by keys alone', async () => {
  const guest = await register(campus, await plain(), { name: 'Anna Test', items: 'Toolbox, ladder' });
  const token = await codeOf(campus, guest);
  const page = await desk();
  await scan(page, token);
  await card(page, 'Anna Test').waitFor();
  await mark(page, 'Anna Test', 'May come in');
  expect(await seriousFaults(page)).toEqual([]);
  await picture(page, 'may-come-in');
  await untilField(page);
  await page.keyboard.press('F4');
  await mark(page, 'Anna Test', 'Inside');
  await count(page, 'Inside', 1);
  expect((await campus.events('visit.admitted', 'lane.opened')).map(({ type }) => type)).toEqual([
    ...['visit.admitted', 'lane.opened'],
  ]);
  await untilField(page);
  await page.keyboard.press('F4');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Toolbox, ladder').waitFor();
  await picture(page, 'sign-out');
  expect(await seriousFaults(page, '[role="dialog"]')).toEqual([]);
  await page.keyboard.press('Space');
  await page.keyboard.press('Enter');
  await mark(page, 'Anna Test', 'Left');
  await untilField(page);
  const guard = await campus.as('guard');
  const visit = await guard('visits.get', { params: { id: guest.visitId } });
  expect([visit.state, visit.itemsAt !== null]).toEqual(['left', true]);
  // Not a word of the code has stood in an address.
  expect(asked.filter((url) => /XM(:|%3A)/i.test(url) || url.includes(token.slice(10, 20)))).toEqual([]);
});

it('takes a code that is shown while a question is open for the next visitor, and for no answer', async () => {
  const type = await plain();
  const first = await register(campus, type, { name: 'First Leaves', items: 'Toolbox' });
  const second = await register(campus, type, { name: 'Second Comes' });
  const page = await desk();
  await scan(page, await codeOf(campus, first));
  await mark(page, 'First Leaves', 'May come in');
  await page.keyboard.press('F4');
  await mark(page, 'First Leaves', 'Inside');
  await untilField(page);
  await page.keyboard.press('F4');
  await page.getByRole('dialog').getByText('Toolbox').waitFor();
  await scanKeys(page, await codeOf(campus, second));
  await card(page, 'Second Comes').waitFor();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await untilField(page);
  const visit = await (await campus.as('guard'))('visits.get', { params: { id: first.visitId } });
  expect([visit.state, visit.itemsAt]).toEqual(['inside', null]);
});

it('finds a badge by its number, and says what is wrong with what is none', async () => {
  const guest = await register(campus, await plain(), { name: 'Anna Test' });
  const guard = await campus.as('guard');
  const number = (await guard('visits.get', { params: { id: guest.visitId } })).pass?.number ?? 0;
  const page = await desk();
  await scan(page, `No. ${number}`);
  await card(page, 'Anna Test').waitFor();
  await scan(page, '11010519491231002X');
  await page.getByText('Nobody was found').waitFor();
  expect(asked.filter((url) => url.includes('11010519491231002'))).toEqual([]);
  await scan(page, '987654');
  await page.getByRole('alert').filter({ hasText: 'There is no pass no. 987654' }).waitFor();
  await picture(page, 'no-pass');
  expect(await seriousFaults(page)).toEqual([]);
  await scan(page, `XM:${'A'.repeat(128)}`);
  await page.getByRole('alert').filter({ hasText: 'visitor code' }).waitFor();
  // A scanner is heard wherever the focus is.
  await page.getByRole('button', { name: 'Register' }).focus();
  await scan(page, String(number));
  await card(page, 'Anna Test').waitFor();
  // A name is searched for, a press on the page gives the focus back.
  await scan(page, 'anna');
  await page.getByText('Found for “anna”').waitFor();
  await page.getByRole('option', { name: 'Anna Test' }).click();
  await card(page, 'Anna Test').waitFor();
  await untilField(page);
});

it('is walked through by the arrows, and shows at once who comes', async () => {
  const page = await desk();
  await page.getByText('Nobody more is expected today').waitFor();
  const type = await addType(campus, { names: { 'zh-CN': '供应商', en: 'Supplier' }, approvals: ['guard'] });
  await register(campus, type, { name: 'First One' });
  await campus.clock.advanceAsync(60_000);
  await register(campus, type, { name: 'Second One' });
  await count(page, 'Waiting', 2);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('option', { name: 'First One' }).waitFor();
  await page.getByRole('option', { name: 'Second One' }).waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await card(page, 'Second One').waitFor();
  await page.keyboard.press('F4');
  await mark(page, 'Second One', 'May come in');
  await card(page, 'Second One').getByText('Guard: Test guard agreed').waitFor();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await card(page, 'First One').waitFor();
  await page.keyboard.press('F8');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('no appointment');
  // To the button below: a line break is part of a reason.
  await page.getByRole('dialog').getByRole('button', { name: 'Refuse' }).press('Enter');
  await mark(page, 'First One', 'Refused');
  await untilField(page);
  await page.keyboard.press('Escape');
  await page.getByText('Ready to scan').waitFor();
});

it('tells why somebody is on hold to who may decide about it alone, and lets the guard admit with an escort', async () => {
  const boss = await campus.as('administrator');
  const entry = (name: string, list: 'deny' | 'watch') => ({
    entry: { name, list, reason: `Reason for ${name}`, aliases: [] },
  });
  await boss('screening.add', { body: entry('Watched Person', 'watch') });
  await boss('screening.add', { body: entry('Denied Person', 'deny') });
  const type = await plain();
  await register(campus, type, { name: 'Watched Person' });
  await register(campus, type, { name: 'Denied Person' });
  const page = await desk();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('option', { name: 'Denied Person' }).click();
  await card(page, 'Denied Person').getByText('Reason for Denied Person').waitFor();
  expect(await page.getByRole('button', { name: 'Admit', exact: true }).isDisabled()).toBe(true);
  await picture(page, 'on-hold');
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByRole('option', { name: 'Watched Person' }).click();
  await card(page, 'Watched Person').getByText('Reason for Watched Person').waitFor();
  await page.getByRole('button', { name: 'Admit with an escort' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Guard comes along' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Admit with an escort' }).click();
  await mark(page, 'Watched Person', 'May come in');
  await card(page, 'Watched Person').getByText('With an escort only').waitFor();
  await untilField(page);
  const auditor = await desk({ as: 'auditor' });
  await auditor.keyboard.press('ArrowRight');
  await auditor.getByRole('option', { name: 'Denied Person' }).click();
  await mark(auditor, 'Denied Person', 'Waiting');
  expect(await auditor.locator('body').innerText()).not.toMatch(/Reason for|On hold|Screening/);
});

it('registers by a card on the reader: filled in, told at the field what is wrong, with a photo', async () => {
  await campus.as('host');
  const page = await desk();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Guest' }).click();
  await dialog.getByText('Lay the identity card on the reader').waitFor();
  // Enough for all that travels to have arrived: the watch at the server.
  await choose(dialog, 'Host', 'Test host');
  const reader = campus.app.campus.hardware.simulated(deskReader);
  const number = '11010519491231002X';
  reader?.layCard?.({ kind: 'resident-card', name: '张三', number, validUntil: 'long-term' });
  await campus.clock.advanceAsync(1_000);
  await dialog.getByText('Read from the card').waitFor();
  const field = (name: string) => dialog.getByRole('textbox', { name });
  expect(await field('Name').inputValue()).toBe('张三');
  expect(await field('Number of the paper').inputValue()).toBe(number);
  await picture(page, 'register');
  expect(await seriousFaults(page, '[role="dialog"]')).toEqual([]);
  await field('Number of the paper').fill('110105194912310021');
  await field('Phone').fill('call me');
  await field('Phone').press('Enter');
  await untilFaultAt(field('Number of the paper'), 'A digit is wrong');
  await untilFaultAt(field('Phone'), 'Digits, with +');
  await dialog.getByText('read the notice and agree to it').waitFor();
  await picture(page, 'register-wrong');
  await field('Number of the paper').fill(number);
  await field('Phone').fill('138 0013 8000');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Take the photo' }).click();
  await dialog.getByRole('img', { name: 'The photo that was taken' }).waitFor();
  await field('Phone').press('Enter');
  await card(page, '张三').locator('img').waitFor();
  await mark(page, '张三', 'Waiting for agreement');
  await untilField(page);
  await picture(page, 'registered');
  const record = JSON.stringify(await campus.events());
  expect(record).not.toMatch(/张三|11010519491231002X|13800138000/);
});

it('the reader is one desk’s at a time, and can be taken back', async () => {
  const [first, second] = [await desk(), await desk({ as: 'administrator' })];
  await first.keyboard.press('F2');
  await first.getByText('Lay the identity card on the reader').waitFor();
  await second.keyboard.press('F2');
  await first.getByText('Another screen uses the reader').waitFor();
  await first.getByRole('button', { name: 'Use it here' }).click();
  await second.getByText('Another screen uses the reader').waitFor();
  await second.getByText('Simulated card').click();
  await second.getByRole('button', { name: 'Lay it on' }).click();
  await second.getByText('The card lies on the reader').waitFor();
  await campus.clock.advanceAsync(1_000);
  await first.getByText('Read from the card').waitFor();
  expect(await second.getByRole('textbox', { name: 'Name', exact: true }).inputValue()).toBe('');
});

it('shows a whole number for a reason, prints the badge alone, and takes a pass back', async () => {
  const paper = { idKind: 'resident-id', idNumber: '11010519491231002X' };
  const type = await addType(campus, { approvals: [], fields: { idNumber: 'required' }, colour: 'purple' });
  await register(campus, type, { name: 'Anna Test', ...paper });
  const page = await desk({ as: 'administrator' });
  await scan(page, '1');
  await card(page, 'Anna Test').waitFor();
  await page.getByRole('button', { name: 'Show ID number' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Police enquiry' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Show' }).click();
  await page.getByText('11010519491231002X').waitFor();
  await page.keyboard.press('Escape');
  await untilField(page);
  expect(await page.locator('body').innerText()).not.toContain('11010519491231002X');
  expect(await campus.events('visit.id-revealed')).toHaveLength(1);

  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', 'yes');
  });
  await page.keyboard.press('F9');
  await page.getByRole('dialog').getByText('80 mm roll').waitFor();
  await picture(page, 'print');
  await page.waitForFunction(() => document.activeElement?.id === 'xm-print-do');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.body.dataset.printed === 'yes');
  await page.emulateMedia({ media: 'print' });
  const seen = await page.evaluate(() => ({
    text: document.body.innerText,
    code: document.querySelector('.badge-code')?.getBoundingClientRect().width ?? 0,
    root: document.querySelector('#root')?.getBoundingClientRect().height,
  }));
  expect(seen.text).toContain('Anna Test');
  expect(seen.text).not.toContain('Visitors');
  expect([seen.code > 100, seen.root]).toEqual([true, 0]);
  await picture(page, 'badge');
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  const papers = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) =>
    [wide, high].map((points) => Math.round((Number(points) / 72) * 25.4)),
  );
  expect(papers).toEqual([[80, 130]]);
  await page.emulateMedia({ media: 'screen' });
  await page.keyboard.press('Escape');
  await untilField(page);

  await page.getByRole('button', { name: 'Take pass back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Badge lost' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await mark(page, 'Anna Test', 'Pass taken back');
});

it('speaks Chinese, and gives the host’s word in their place for a reason', async () => {
  const host = await campus.as('host');
  const { account } = await host('session.get');
  await register(campus, await addType(campus), { name: '王芳', hostId: account.id });
  const page = await desk({ as: 'guard', language: 'zh-CN' });
  await page.keyboard.press('ArrowRight');
  await page.getByRole('option', { name: '王芳' }).waitFor();
  await page.keyboard.press('Enter');
  await mark(page, '王芳', '等待同意');
  await picture(page, 'zh-waiting');
  await page.keyboard.press('F4');
  await page.getByRole('dialog').getByRole('button', { name: '被访人电话同意' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click();
  await mark(page, '王芳', '可以进入');
  await untilField(page);
});

it('prints the badge at a receipt printer of the school, and says why when none comes out', async () => {
  const boss = await campus.as('administrator');
  const body = { name: 'Gatehouse printer', model: 'escpos', address: { kind: 'sim' as const } };
  const { id } = await boss('devices.add', { body });
  await campus.clock.advanceAsync(1_000);
  const guest = await register(campus, await plain(), { name: 'Anna Test' });
  const page = await desk();
  await scan(page, await codeOf(campus, guest));
  await card(page, 'Anna Test').waitFor();
  await page.keyboard.press('F9');
  const dialog = page.getByRole('dialog');
  // More than three places stand below each other.
  await choose(dialog, 'Paper', 'Gatehouse printer');
  const print = async (says: string) => {
    await dialog.getByRole('button', { name: 'Print' }).click();
    const said = dialog.getByRole('status').filter({ hasText: says });
    while (!(await said.isVisible())) await campus.clock.advanceAsync(50);
  };
  await print('Printed.');
  const printer = campus.app.campus.hardware.simulated(id);
  expect(printer?.printed?.()).toHaveLength(1);
  await picture(page, 'printed');
  expect(await seriousFaults(page, '[role="dialog"]')).toEqual([]);
  printer?.setPrinter?.('paper-out');
  await print('Gatehouse printer has not printed: out of paper.');
  expect(printer?.printed?.()).toHaveLength(1);
});
