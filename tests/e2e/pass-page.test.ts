/** The page on a visitor's phone: what it shows of a pass, without an account, without the network, and as a picture. */
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import en from '../../pass/locales/en.json' with { type: 'json' };
import zh from '../../pass/locales/zh-CN.json' with { type: 'json' };
import { passPath } from '../../server/contract/passes.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { addType, codeOf, scanned } from '../visits.ts';
import { readCode } from './read-code.ts';
import { openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;
const pictures = process.env.PASS_PICTURES;
const texts = { en, 'zh-CN': zh };
const languages: Language[] = ['en', 'zh-CN'];
const hour = 3_600_000;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([
    startCampus({
      readerModel: { model: 'text-line', options: {} },
      readerOutModel: 'text-line',
      doors: false,
    }),
    openVisitors(),
  ]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

type Kind = Parameters<typeof addType>[1];

async function invite(kind: Kind = {}, more: { expectedFrom?: number; department?: string } = {}) {
  const [host, typeId] = [await campus.as('host'), await addType(campus, kind)];
  const body = { typeId, name: 'Anna Test', expectedFrom: campus.clock.now(), ...more };
  const { visit, link } = await host('visits.invite', { body });
  return { visitId: visit.id, link, passId: visit.pass?.id ?? '' };
}

/** On a phone whose clock goes with the school's. */
async function open(link: string, language: Language = 'en'): Promise<Page> {
  const page = await visitors.visit(campus, '/pass', { as: 'nobody', language, viewport: phone });
  await page.clock.install({ time: campus.clock.now() });
  await page.goto(campus.url + passPath(link));
  return page;
}
const phone = { width: 360, height: 740 };

/** The page asks again, as it does when it is looked at again. */
const lookAgain = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

const untilStanding = (page: Page, standing: keyof typeof en.standing, language: Language = 'en') =>
  page.getByRole('heading', { name: texts[language].standing[standing], exact: true }).waitFor();

async function passes(ms: number, page: Page): Promise<void> {
  await campus.clock.advanceAsync(ms);
  await page.clock.fastForward(ms);
}

/** Nothing is wider than the phone, nor cut off, and axe-core finds nothing serious. */
async function looksRight(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true });
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('main *, .top *')].flatMap((each) =>
      each.getBoundingClientRect().right > innerWidth || each.scrollWidth > each.clientWidth + 1
        ? each.outerHTML.slice(0, 120)
        : [],
    ),
  );
  expect(wide.filter((html) => !/^<(path|rect|strong|span)/.test(html))).toEqual([]);
  expect(await seriousFaults(page)).toEqual([]);
}

it.each(languages)('shows the code that lets in and out, once each, in %s', async (language) => {
  const t = texts[language];
  const guest = await invite({ laneIds: [ids.lane], escort: true }, { department: 'Grade 4 office' });
  const page = await open(guest.link, language);
  await untilStanding(page, 'good', language);
  const qr = page.getByRole('img', { name: t.code });
  const seen = await readCode(await page.screenshot());
  expect(seen).toEqual({ text: await codeOf(campus, guest), version: '6', level: 'M' });
  expect((await qr.boundingBox())?.width).toBeGreaterThan(300);
  for (const said of [
    'Small School',
    'Anna Test',
    'Test host · Grade 4 office',
    'Main gate · Lane 1',
    t.escort,
  ])
    await page.getByText(said, { exact: true }).waitFor();
  await looksRight(page, `good-${language}`);

  await campus.swipe(scanned(seen?.text ?? ''));
  await campus.clock.advanceAsync(5000);
  await campus.app.campus.settled();
  await lookAgain(page);
  await untilStanding(page, 'inside', language);
  await looksRight(page, `inside-${language}`);
  const out = await readCode(await page.screenshot());
  await campus.swipe(scanned(out?.text ?? ''), ids.readerOut);
  await campus.clock.advanceAsync(5000);
  await campus.app.campus.settled();
  await lookAgain(page);
  await untilStanding(page, 'used', language);
  expect(await qr.count()).toBe(0);
  await looksRight(page, `used-${language}`);
  const told = await campus.events('passage.granted', 'passage.denied');
  expect(told.slice(-2).map(({ type }) => type)).toEqual(['passage.granted', 'passage.granted']);
});

it.each(languages)('says why there is no code, in %s', async (language) => {
  const t = texts[language];
  const [host, guard] = [await campus.as('host'), await campus.as('guard')];
  const guest = await invite({ approvals: ['host', 'guard'] }, { expectedFrom: campus.clock.now() + hour });
  const page = await open(guest.link, language);
  const qr = page.getByRole('img', { name: t.code });
  await untilStanding(page, 'not-cleared', language);
  expect(await qr.count()).toBe(0);
  await looksRight(page, `not-cleared-${language}`);
  await guard('visits.approve', { params: { id: guest.visitId }, body: {} });
  // Somebody's word is awaited: the page asks by itself.
  await page.clock.runFor(20_000);
  await untilStanding(page, 'early', language);
  expect((await readCode(await page.screenshot()))?.text).toMatch(/^XM:/);
  await looksRight(page, `early-${language}`);
  await passes(hour, page);
  await untilStanding(page, 'good', language);
  await host('visits.refuse', { params: { id: guest.visitId }, body: { reason: 'a test' } });
  await lookAgain(page);
  await untilStanding(page, 'refused', language);
  expect(await qr.count()).toBe(0);

  const other = await invite({ stayMinutes: 60 });
  await page.goto(campus.url + passPath(other.link));
  await untilStanding(page, 'good', language);
  await passes(hour, page);
  await untilStanding(page, 'expired', language);
  expect(await qr.count()).toBe(0);
  await guard('passes.revoke', { params: { id: other.passId }, body: { reason: 'a test' } });
  await lookAgain(page);
  await untilStanding(page, 'revoked', language);
  await looksRight(page, `revoked-${language}`);

  await page.goto(campus.url + passPath('nonsense'));
  await page.getByRole('heading', { name: t.fault.gone }).waitFor();
  await looksRight(page, `gone-${language}`);
  await page.goto(`${campus.url}/pass`);
  await page.getByRole('heading', { name: t.fault['no-link'] }).waitFor();
});

it('stands in both languages, one tap apart, and keeps the screen awake', async () => {
  const { link } = await invite();
  const page = await open(link);
  await page.addInitScript(() => {
    const locks: string[] = [];
    Object.assign(globalThis, { locks });
    const request = async (what: string) => {
      locks.push(what);
      return { release: async () => undefined };
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
  });
  await page.reload();
  await untilStanding(page, 'good');
  await page.waitForFunction(() => (globalThis as unknown as { locks: string[] }).locks.includes('screen'));
  await page
    .getByRole('button', { name: en.other })
    .tap()
    .catch(() => page.getByText(en.other).click());
  await untilStanding(page, 'good', 'zh-CN');
  expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
  expect(await page.title()).toBe(zh.title);
});

it.each(languages)('is saved as a picture that opens the lane, in %s', async (language) => {
  const t = texts[language];
  const guest = await invite({ laneIds: [ids.lane], escort: true }, { department: 'Grade 4 office' });
  const page = await open(guest.link, language);
  await page.getByRole('button', { name: t.picture.make }).click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('link', { name: t.picture.save }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/\d\.png$/);
  const file = await download.path();
  if (pictures) await download.saveAs(`${pictures}/saved-${language}.png`);
  expect(await readCode(readFileSync(file))).toMatchObject({ text: await codeOf(campus, guest), level: 'M' });
  await looksRight(page, `picture-${language}`);
  await dialog.getByRole('button', { name: t.picture.close }).click();
  await dialog.waitFor({ state: 'hidden' });
});

it('renews a changing code, and offers no picture of it', async () => {
  const guest = await invite({ liveCode: true });
  const page = await open(guest.link);
  await untilStanding(page, 'good');
  const first = await readCode(await page.screenshot());
  await page.getByText(en.picture.not).waitFor();
  expect(await page.getByRole('button', { name: en.picture.make }).count()).toBe(0);
  const seconds = async () =>
    Number(/\d+/.exec(await page.locator('.countdown p').innerText())?.[0] ?? Number.NaN);
  const before = await seconds();
  await passes(5_000, page);
  await page.waitForFunction(
    (least) => Number(/\d+/.exec(document.querySelector('.countdown p')?.textContent ?? '')?.[0]) <= least,
    before - 4,
  );
  await looksRight(page, 'live');
  await passes(30_000, page);
  await untilStanding(page, 'good');
  await page.locator('.code').waitFor();
  const second = await readCode(await page.screenshot());
  expect(second?.text).toMatch(/^XM:/);
  expect(second?.text).not.toBe(first?.text);

  // Without the network the old one is not shown as if it were good.
  await page.route('**/api/passes/page', (route) => route.abort());
  await passes(31_000, page);
  await page.getByText(en.stale).waitFor();
  expect(await page.locator('.code').count()).toBe(0);
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
});

it('goes on showing the pass while the server is away, and says so', async () => {
  const guest = await invite();
  const page = await open(guest.link);
  await untilStanding(page, 'good');
  const code = await codeOf(campus, guest);
  await page.route('**/api/passes/page', (route) => route.abort());
  await lookAgain(page);
  await page.getByText(en.fault.offline).waitFor();
  expect((await readCode(await page.screenshot()))?.text).toBe(code);
  await page.reload();
  await page.getByText(en.fault.offline).waitFor();
  await untilStanding(page, 'good');
  expect((await readCode(await page.screenshot()))?.text).toBe(code);
  await looksRight(page, 'away');

  const other = await invite();
  await page.goto(campus.url + passPath(other.link));
  await page.getByRole('heading', { name: en.fault['nothing-kept'] }).waitFor();
  await page.unroute('**/api/passes/page');
  await page.getByRole('button', { name: en.again }).click();
  await untilStanding(page, 'good');
});

it('opens without any network, once it was seen', async () => {
  const guest = await invite();
  const page = await open(guest.link);
  await untilStanding(page, 'good');
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.context().setOffline(true);
  await page.reload();
  await page.getByText(en.fault.offline).waitFor();
  expect((await readCode(await page.screenshot()))?.text).toBe(await codeOf(campus, guest));
  await page.context().setOffline(false);
  await lookAgain(page);
  await page.getByText(en.fault.offline).waitFor({ state: 'hidden' });
});

it('tells the secret of the link to nobody: no address and no referrer has it', async () => {
  const guest = await invite();
  const page = await open(guest.link);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url(), request.headers().referer ?? ''));
  await page.reload();
  await untilStanding(page, 'good');
  expect(asked.length).toBeGreaterThan(4);
  const secret = guest.link.split('.')[1] ?? 'none';
  expect(asked.filter((each) => each.includes(secret) && !each.includes('#'))).toEqual([]);
});
