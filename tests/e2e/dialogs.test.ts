/**
 * Every dialog and drawer, each step of the wizard, and the lane screen in its colours: in both languages, at a
 * desk's and a phone's size, axe-core finds no serious fault, nothing overflows, and no key stands for its text.
 */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { flatTexts } from '../../admin/test-texts.ts';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { language as languages } from '../../server/contract/words.ts';
import { seriousFaults, sizes } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { choose, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([
    startCampus({ doors: false, apb: { mode: 'soft' } }),
    openVisitors(),
  ]);
  await (await campus.as('administrator'))('accounts.add', { body: { ...colleague, role: 'guard' } });
  await campus.swipe('lost');
});
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const colleague = { name: 'Bartholomew Featherstonehaugh-Cholmondeley', username: 'bartholomew' };

interface Sight {
  page: Page;
  /** The text of a key in the page's language. */
  t(key: string, values?: Record<string, string>): string;
  /** Different in each language and size. */
  own: string;
  /** The uppermost dialog, once it is there. */
  dialog(): Promise<Locator>;
  press(name: string, within?: Page | Locator): Promise<void>;
  /** Looks for faults in the dialogs as they stand. */
  check(what: string): Promise<void>;
}

async function faultsOf(page: Page, within: string, what: string): Promise<void> {
  const { wider, raw } = await page.evaluate((selector) => {
    const parts = [document.documentElement, ...document.querySelectorAll(selector)];
    const found = document
      .querySelector<HTMLElement>(selector)
      ?.innerText.match(/\b[a-z]+(\.[a-zA-Z-]+){2,}\b/g);
    return {
      wider: Math.max(...parts.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)),
      raw: (found ?? []).filter((text) => !/\.(js|ts|db|com)\b/.test(text)),
    };
  }, within);
  expect(wider, `${what}: pixels wider than its place`).toBeLessThanOrEqual(0);
  expect(raw, what).toEqual([]);
  expect(await seriousFaults(page, within), what).toEqual([]);
}

const walks: { name: string; path: string; walk(sight: Sight): Promise<void> }[] = [
  {
    name: 'a record of the log, and why it came to that',
    path: '/?result=denied',
    async walk({ page, t, press, check }) {
      await page.locator('.xm-line').first().click();
      await page.getByText(t('live-log:detail.record')).waitFor();
      await check('record');
      await press(t('live-log:explain.why-denied'));
      await page.getByRole('region', { name: t('live-log:explain.title') }).waitFor();
      await check('explanation');
    },
  },
  {
    name: 'a gate, a lane, its posture, a reader',
    path: '/gates',
    async walk({ page, t, dialog, press, check }) {
      await press(t('gates:gate.add'));
      await dialog();
      await check('gate');
      await page.keyboard.press('Escape');
      await press(t('gates:posture.change'));
      await dialog();
      await check('posture');
      await page.keyboard.press('Escape');
      await press('Lane 1 in');
      await dialog();
      await check('reader');
      await page.keyboard.press('Escape');
      await press(t('gates:lane.edit'));
      await dialog();
      await check('lane');
    },
  },
  {
    name: 'a device, and its simulated side',
    path: '/gates?tab=devices',
    async walk({ page, t, dialog, press, check }) {
      await press(t('gates:device.open-of', { name: ids.readerIn }));
      await dialog();
      await page.getByRole('heading', { name: t('gates:sim.title') }).waitFor();
      await check('device');
      await page.getByText(t('gates:sim.number'), { exact: true }).click();
      await page.getByRole('textbox', { name: t('gates:sim.number') }).fill('0007302202');
      await page.getByText('4H4H').waitFor();
      await check('simulated card');
    },
  },
  {
    name: 'the wizard for a new device',
    path: '/gates?tab=devices',
    async walk({ t, own, dialog, press, check }) {
      await press(t('gates:device.add'));
      const wizard = await dialog();
      await check('where');
      await wizard.getByRole('button', { name: t('gates:scan.simulated-hint') }).click();
      await wizard.getByLabel(t('gates:device.name')).waitFor();
      await check('what');
      await choose(wizard, t('gates:add.model'), 'RDM6300');
      await wizard.getByLabel(t('gates:device.name')).fill(own);
      await press(t('gates:add.try'), wizard);
      await wizard.getByText(t('gates:swipe.now')).waitFor();
      await wizard.getByText(t('gates:device.state.online')).waitFor();
      await check('try');
      const devices = await (await campus.as('administrator'))('devices.list');
      await campus.swipe('ok', devices.find(({ name }) => name === own)?.id);
      await wizard.getByText(t('reads:good'), { exact: true }).waitFor();
      await check('tried');
      await press(t('gates:add.next'), wizard);
      await wizard.getByLabel(t('gates:reader.name')).waitFor();
      await check('place');
    },
  },
  {
    name: 'a person, validity, a lost card, enrolment',
    path: '/people?person=person-ok',
    async walk({ page, t, dialog, press, check }) {
      await page.getByRole('heading', { name: t('people:cards.title'), exact: true }).waitFor();
      await check('person');
      await press(t('people:validity.change'));
      await dialog();
      await check('validity');
      await page.keyboard.press('Escape');
      await press(t('people:card-move.lost.do'));
      const reason = await dialog();
      await press(t('people:card-move.lost.do'), reason);
      await reason.getByText(t('common:reason.needed')).waitFor();
      await check('reason');
      await page.keyboard.press('Escape');
      await press(t('people:enrol.start'));
      // A card that another page holds to a reader may show there already.
      await page.getByRole('region', { name: t('people:enrol.start') }).waitFor();
      await check('enrolment at a reader');
      await page.getByText(t('people:enrol.type'), { exact: true }).click();
      await page.getByLabel(t('people:enrol.number')).fill('0007302202');
      await page.getByText('4H4H').last().waitFor();
      await check('enrolment by typing');
    },
  },
  {
    name: 'a new person',
    path: '/people',
    async walk({ t, dialog, press, check }) {
      await press(t('people:add'));
      const form = await dialog();
      await press(t('people:add-do'), form);
      await form.getByText(t('common:field.required')).waitFor();
      await check('fields left out');
    },
  },
  {
    name: 'a rule',
    path: '/access',
    async walk({ t, dialog, press, check }) {
      await press(t('access:rule.add'));
      await dialog();
      await check('rule');
    },
  },
  {
    name: 'a group',
    path: '/access?tab=groups',
    async walk({ t, dialog, press, check }) {
      await press(t('access:group.add'));
      await dialog();
      await check('group');
    },
  },
  {
    name: 'a schedule',
    path: '/access?tab=schedules',
    async walk({ t, dialog, press, check }) {
      await press(t('access:schedule.edit-of', { name: 'Always' }));
      await dialog();
      await check('schedule');
    },
  },
  {
    name: 'a day of the calendar',
    path: '/access?tab=calendar',
    async walk({ t, dialog, press, check }) {
      await press(t('access:calendar.add'));
      await dialog();
      await check('day');
    },
  },
  {
    name: 'an account, its role, its password',
    path: '/accounts',
    async walk({ page, t, own, dialog, press, check }) {
      const change = t('accounts:change-of', { name: colleague.name });
      await press(change);
      await page.getByRole('menuitem', { name: t('accounts:role.open') }).click();
      await dialog();
      await check('role');
      await page.keyboard.press('Escape');
      await press(change);
      await page.getByRole('menuitem', { name: t('accounts:reset.do') }).click();
      await dialog();
      await check('reset');
      await page.keyboard.press('Escape');
      await press(t('accounts:add.open'));
      const form = await dialog();
      await press(t('accounts:add.do'), form);
      await form.getByText(t('accounts:add.name-needed')).waitFor();
      await check('fields left out');
      await form.getByLabel(t('accounts:add.name'), { exact: true }).fill(colleague.name);
      await form.getByLabel(t('accounts:add.username')).fill(own);
      await press(t('accounts:add.do'), form);
      await page.getByText(t('accounts:once.warning')).waitFor();
      await check('temporary password');
    },
  },
];

type Size = keyof typeof sizes;
const everywhere = languages.options.flatMap((language) =>
  (Object.keys(sizes) as Size[]).map((size) => ({ language, size })),
);

function texts(language: string): Sight['t'] {
  const flat = flatTexts(language);
  return (key, values = {}) => {
    const text = flat.get(key);
    if (typeof text !== 'string') throw new Error(`no text for ${key}`);
    return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  };
}

function sightOf(page: Page, language: string, size: Size): Sight {
  return {
    page,
    t: texts(language),
    own: `${language.toLowerCase()}-${size}`,
    async dialog() {
      const last = page.getByRole('dialog').last();
      await last.waitFor();
      return last;
    },
    press: (name, within = page) => within.getByRole('button', { name, exact: true }).first().click(),
    check: (what) => faultsOf(page, '[role="dialog"]', what),
  };
}

/** As links lead there: the page stays, and what was open on the screen before is gone. */
async function go(page: Page, path: string): Promise<void> {
  for (const to of ['/lanes', path]) {
    await page.evaluate((address) => {
      history.pushState(null, '', address);
      dispatchEvent(new PopStateEvent('popstate'));
    }, to);
    if (to !== path) await page.locator('.xm-gates').waitFor();
  }
}

it.concurrent.each(everywhere)('dialogs in $language at the size of a $size', async ({ language, size }) => {
  const page = await visitors.visit(campus, '/lanes', { language, viewport: sizes[size] });
  const sight = sightOf(page, language, size);
  for (const { path, walk } of walks) {
    await go(page, path);
    await walk(sight);
  }
});

it('the lane screen waiting, granted, refused, flagged, and asked to open by hand', async () => {
  const screens = await Promise.all(
    everywhere.map(async ({ language, size }) => ({
      t: texts(language),
      page: await visitors.visit(campus, `/lanes/${ids.lane}`, {
        language,
        viewport: sizes[size],
        at: campus.clock.now(),
      }),
    })),
  );
  /** Both clocks go on, then everybody looks. */
  async function each(shows: string, before?: () => Promise<void>): Promise<void> {
    await campus.clock.advanceAsync(25_000);
    await before?.();
    await Promise.all(
      screens.map(async ({ page, t }) => {
        await page.clock.setFixedTime(campus.clock.now());
        await page.locator('.xm-lane-main').getByText(t(shows), { exact: true }).waitFor();
        await faultsOf(page, '.xm-lane', shows);
      }),
    );
  }
  await each('lane-screen:idle.controlled');
  await each('words:resultKind.granted', () => campus.swipe('ok'));
  await each('words:grantFlag.anti-passback-soft', () => campus.swipe('ok'));
  await each('words:denyReason.credential-lost', () => campus.swipe('lost'));
  await each('words:denyReason.unknown-credential', () => campus.swipe('unknown'));
  await Promise.all(
    screens.map(async ({ page, t }) => {
      await page.getByRole('button', { name: t('lane-screen:open.do') }).click();
      await page.getByRole('dialog').waitFor();
      await faultsOf(page, '[role="dialog"]', 'open by hand');
    }),
  );
});
