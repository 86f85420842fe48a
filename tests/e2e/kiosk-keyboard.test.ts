/** The whole walk-in by keyboard alone: what has the focus is seen, has a name, and comes in the order of the screen. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { type Kiosks, openKiosks } from './kiosk-page.ts';
import { scanKeys } from './scan-keys.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ doors: false }), openKiosks()]);
  await campus.as('host');
  await addType(campus, {
    names: { 'zh-CN': '电工', en: 'Electrician' },
    fields: {
      ...{ phone: 'required', idNumber: 'required', host: 'required', purpose: 'required' },
      ...{ companions: 'optional', photo: 'required', signature: 'required' },
    },
    approvals: [],
    notice: 'Keep to the marked paths.',
  });
});
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

interface Stop {
  name: string;
  role: string;
  /** Drawn around what has the focus, and within the screen. */
  seen: boolean;
  top: number;
  left: number;
  /** Within `main`: the head and the foot have an order of their own. */
  main: boolean;
}

/** What has the focus, as a person and a screen reader find it. */
function focused(): Stop {
  const at = document.activeElement as HTMLElement;
  const box = at.getBoundingClientRect();
  const label = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map((each) => each.innerText) : [];
  const named = at.getAttribute('aria-labelledby');
  const name =
    at.getAttribute('aria-label') ??
    (named ? document.getElementById(named)?.innerText : undefined) ??
    (label.join(' ') || at.innerText);
  const style = getComputedStyle(at);
  return {
    name: name.trim(),
    role: at.tagName,
    seen:
      at === document.body ||
      (style.outlineStyle !== 'none' &&
        Number.parseFloat(style.outlineWidth) >= 3 &&
        box.top >= 0 &&
        box.bottom <= innerHeight),
    top: Math.round(box.top + (document.querySelector('.k-main')?.scrollTop ?? 0)),
    left: Math.round(box.left),
    main: at.closest('main') !== null,
  };
}

/** Presses Tab until this has the focus; every stop on the way is sound. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  let last: Stop | undefined;
  for (let presses = 0; presses < 40; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(focused);
    if (stop.role === 'BODY') {
      last = undefined;
      continue;
    }
    expect(stop.name, JSON.stringify(stop)).not.toBe('');
    expect(stop.seen, `the focus is seen: ${JSON.stringify(stop)}`).toBe(true);
    if (last?.main && stop.main)
      expect(stop.top, `${last.name} → ${stop.name}`).toBeGreaterThanOrEqual(last.top - 60);
    if (name.test(stop.name)) return;
    last = stop;
  }
  throw new Error(`no stop is named ${name}`);
}

/** As a person types: slower than a scanner. */
const type = (page: Page, text: string) => page.keyboard.type(text, { delay: 75 });
const heard = (page: Page) => page.evaluate(focused);

it('registers a walk-in without a touch', async () => {
  const kiosk = await kiosks.open(campus, { size: 'landscape' });
  const { page, text, untilTitle } = kiosk;
  const named = (key: string) => new RegExp(`^${text(key)}`);
  await tabTo(page, named('start.register'));
  await page.keyboard.press('Enter');
  await untilTitle('type.title');
  // A new screen is told from its heading on.
  expect((await heard(page)).name).toBe(text('type.title'));
  await tabTo(page, /^Electrician$/);
  await page.keyboard.press('Space');
  await untilTitle('person.title');
  expect((await heard(page)).name).toBe(text('field.name'));
  await type(page, 'Wang Fang');
  await tabTo(page, named('field.phone'));
  await type(page, '13800138000');
  await tabTo(page, named('field.idNumber'));
  await type(page, '110105194912310021');
  await tabTo(page, named('next'));
  await page.keyboard.press('Enter');
  // What is wrong is told where the focus is brought, and by what the field is described.
  await page.getByText(text('field-fault.id-check-digit')).waitFor();
  expect((await heard(page)).name).toContain(text('field.idNumber'));
  await page.keyboard.press('End');
  await page.keyboard.press('Backspace');
  await type(page, 'x');
  await page.keyboard.press('Home');
  await tabTo(page, named('next'));
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: text('person.title') }).waitFor({ state: 'detached' });
  await untilTitle('visit.title');
  await type(page, 'Test');
  await page.getByRole('button', { name: 'Test host' }).waitFor();
  await tabTo(page, /^Test host$/);
  await page.keyboard.press('Enter');
  expect((await heard(page)).name).toContain(text('field.host'));
  await tabTo(page, named('field.purpose'));
  await type(page, 'Wiring');
  await tabTo(page, named('visit.add-companion'));
  await page.keyboard.press('Enter');
  expect((await heard(page)).name).toBe(text('visit.companion', { count: 1 }));
  await type(page, 'Li Helps');
  await tabTo(page, named('next'));
  await page.keyboard.press('Enter');
  await untilTitle('confirm.title');
  await page.locator('.k-photo button[aria-disabled=false]').waitFor();
  await tabTo(page, named('confirm.take'));
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: text('confirm.retake') }).waitFor();
  expect((await heard(page)).name).toBe(text('confirm.retake'));
  await tabTo(page, named('confirm.sign-by-name'));
  await page.keyboard.press('Enter');
  await tabTo(page, named('confirm.send'));
  await page.keyboard.press('Enter');
  await untilTitle('result.welcome-title', { name: 'Wang Fang' });
  await tabTo(page, named('result.print'));
  await tabTo(page, /^Done/);
  await page.keyboard.press('Enter');
  await page.locator('.k-start').waitFor();
  const [visit] = (await (await campus.as('guard'))('visits.list')).visits;
  expect(visit).toMatchObject({ companions: ['Li Helps'], purpose: 'Wiring' });
  expect(visit?.signatureId).not.toBeNull();
});

it('the question whether anybody is there takes the keys, and gives them back', async () => {
  const kiosk = await kiosks.open(campus, { at: campus.clock.now() });
  const { page, text } = kiosk;
  await tabTo(page, new RegExp(`^${text('start.register')}`));
  await page.keyboard.press('Enter');
  await kiosk.untilTitle('type.title');
  await page.clock.runFor(46_000);
  await page.getByRole('dialog').waitFor();
  await tabTo(page, new RegExp(`^${text('idle.more')}`));
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await tabTo(page, /^Electrician$/);
});

it('a passport that a scanner types fills in the form, wherever the focus stood', async () => {
  const kiosk = await kiosks.open(campus);
  const { page, button, field, text } = kiosk;
  await button('start.register').tap();
  await page.getByRole('button', { name: 'Electrician' }).tap();
  await kiosk.untilTitle('person.title');
  await field('field.phone').fill('13800138000');
  const scan = (line: string) => scanKeys(page, line);
  const first = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<';
  const second = 'L898902C36UTO7408122F1204159ZE184226B<<<<<10';
  await field('field.phone').focus();
  await scan(first);
  expect(await field('field.phone').inputValue()).toBe('13800138000');
  await scan(second.replace('C3', 'C8'));
  await page.getByText(text('field-fault.mrz-check-digit')).waitFor();
  await scan(first);
  await scan(second);
  await page.getByText(text('field-fault.mrz-check-digit')).waitFor({ state: 'detached' });
  expect(await field('field.name').inputValue()).toBe('ERIKSSON ANNA MARIA');
  expect(await field('field.idNumber').inputValue()).toBe('L898902C3');
  expect(await field('field.phone').inputValue()).toBe('13800138000');
});
