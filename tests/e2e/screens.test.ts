/**
 * Every screen of the administration, in both languages, at a desk's and a phone's size: it shows, nothing on it
 * overflows, axe-core finds no serious fault, and the browser's console stays silent.
 */
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { openBrowser, seriousFaults, sizes } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { addType, register } from '../visits.ts';

let campus: TestCampus<Clock>;
let fresh: TestCampus<Clock>;
let browser: Browser;
let visitId: string;

beforeAll(async () => {
  [campus, fresh, browser] = await Promise.all([
    startCampus({ clock: systemClock }),
    startCampus({ clock: systemClock, school: 'none' }),
    openBrowser(),
  ]);
  const typeId = await addType(campus, { approvals: ['guard'], escort: true });
  const more = { phone: '13800138000', items: 'Toolbox', plate: '京A12345', companions: ['Second Visitor'] };
  visitId = (await register(campus, typeId, { name: 'First Visitor', ...more })).visitId;
  await campus.swipe('ok');
  await campus.swipe('lost');
  await campus.swipe('unknown');
  const boss = await campus.as('administrator');
  const invitedTypeId = await addType(campus);
  for (const days of [0, 3]) {
    const expectedFrom = campus.clock.now() + days * 86_400_000;
    await boss('visits.invite', {
      body: { typeId: invitedTypeId, name: 'Anna Test', purpose: 'Repairs', expectedFrom },
    });
  }
  const inputs = campus.app.campus.hardware.simulated(ids.inputs);
  // A door that opens by itself: an alarm for the list.
  inputs?.setInput?.(0, true);
  await campus.app.campus.settled();
  inputs?.setInput?.(0, false);
  await campus.app.campus.settled();
});

afterAll(async () => {
  await browser?.close();
  await campus?.close();
  await fresh?.close();
});

interface Screen {
  name: string;
  path: string;
  /** Not signed in. */
  outside?: true;
  /** On a server that is not set up yet. */
  fresh?: true;
}

const screens: Screen[] = [
  { name: 'set-up', path: '/setup', outside: true, fresh: true },
  { name: 'sign-in', path: '/sign-in', outside: true },
  { name: 'live log', path: '/' },
  { name: 'choose a lane', path: '/lanes' },
  { name: 'lane screen', path: `/lanes/${ids.lane}` },
  { name: 'gates', path: '/gates' },
  { name: 'devices', path: '/gates?tab=devices' },
  { name: 'reader signals', path: '/gates?tab=feedback' },
  { name: 'people', path: '/people' },
  { name: 'one person', path: '/people?person=person-ok' },
  { name: 'visitors', path: '/visitors' },
  { name: 'one visitor', path: '/visitors?visit=:visit' },
  { name: 'alarms', path: '/alarms' },
  { name: 'my visitors', path: '/my-visitors' },
  { name: 'my visitors to come', path: '/my-visitors?tab=coming' },
  { name: 'my past visitors', path: '/my-visitors?tab=past' },
  { name: 'access', path: '/access' },
  { name: 'kiosks', path: '/kiosks' },
  { name: 'visitor types', path: '/visitor-types' },
  { name: 'a new visitor type', path: '/visitor-types?type=new' },
  { name: 'screening lists', path: '/screening' },
  { name: 'visit reports', path: '/visit-reports' },
  { name: 'accounts', path: '/accounts' },
  { name: 'change password', path: '/change-password' },
  { name: 'no such screen', path: '/nowhere' },
];
const languages = ['zh-CN', 'en'] as const;

/** One for all screens of a kind, so that the code of the screens is fetched and compiled once. */
const contexts = new Map<string, Promise<BrowserContext>>();

async function openContext(language: string, size: keyof typeof sizes, outside: boolean) {
  const context = await browser.newContext({
    locale: language,
    viewport: sizes[size],
    reducedMotion: 'reduce',
  });
  if (!outside) await context.addCookies(await campus.browserCookies('administrator'));
  return context;
}

async function open(screen: Screen, language: string, size: keyof typeof sizes) {
  const { outside = false } = screen;
  const kind = `${language} ${size} ${outside}`;
  const opened = contexts.get(kind) ?? openContext(language, size, outside);
  contexts.set(kind, opened);
  const page = await (await opened).newPage();
  const target = screen.fresh ? fresh : campus;
  const complaints: string[] = [];
  page.on('console', (message) => {
    // Asking who is signed in before anyone is, is how a page finds out.
    if (message.type() === 'error' && !(screen.outside && message.text().includes('401')))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = screen.fresh
    ? (target.app.setupUrl ?? '')
    : target.url + screen.path.replace(':visit', visitId);
  await page.goto(address);
  await page.getByRole('heading').first().waitFor();
  await settled(page);
  return { page, complaints, close: () => page.close() };
}

/** Nothing is loading any more and the fonts are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('.ant-spin-spinning, .ant-skeleton-active, [aria-busy="true"]') === null,
  );
  await page.evaluate(() => document.fonts.ready);
}

describe.each(languages)('in %s', (language) => {
  describe.each(Object.keys(sizes) as (keyof typeof sizes)[])('at the size of a %s', (size) => {
    it.each(screens)('$name', async (screen) => {
      const { page, complaints, close } = await open(screen, language, size);
      try {
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, 'pixels wider than the screen').toBeLessThanOrEqual(0);
        expect(await seriousFaults(page)).toEqual([]);
        // A key instead of its text: `gates.title`.
        const raw = await page.evaluate(() => document.body.innerText.match(/\b[a-z]+(\.[a-zA-Z-]+){2,}\b/g));
        expect(raw?.filter((text) => !/\.(js|ts|db|com)\b/.test(text)) ?? []).toEqual([]);
        expect(complaints).toEqual([]);
      } finally {
        await close();
      }
    });
  });
});
