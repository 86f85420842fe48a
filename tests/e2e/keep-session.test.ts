/** Whose session lasts: a lane screen's as long as it is seen, an office page's as long as somebody works with it. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus(), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

/** A page whose timers the test moves, and how often it asked for its session since it is there. */
async function open(path: string): Promise<{ page: Page; asked: () => number }> {
  const page = await visitors.visit(campus, '/sign-in', { as: 'guard' });
  await page.clock.install();
  await page.goto(campus.url + path);
  await page.getByRole('main').waitFor();
  await page.waitForLoadState('networkidle');
  let count = 0;
  page.on('request', (request) => {
    if (new URL(request.url()).pathname === '/api/session') count++;
  });
  return { page, asked: () => count };
}

/** Ten minutes and a little; resolves when what they brought about has been asked. */
async function tenMinutes(page: Page): Promise<void> {
  await page.clock.fastForward(10 * 60_000 + 1_000);
  await page.evaluate(() => fetch('/api/front').then((answer) => answer.text()));
}

const hide = (page: Page, state: 'hidden' | 'visible') =>
  page.evaluate(
    (to) => Object.defineProperty(document, 'visibilityState', { value: to, configurable: true }),
    state,
  );

it('a lane screen asks for its session every ten minutes while it is seen', async () => {
  const { page, asked } = await open(`/lanes/${ids.lane}`);
  await tenMinutes(page);
  expect(asked()).toBe(1);
  await hide(page, 'hidden');
  await tenMinutes(page);
  expect(asked()).toBe(1);
  await hide(page, 'visible');
  await tenMinutes(page);
  expect(asked()).toBe(2);
});

it('an office page asks for it only after somebody has touched it', async () => {
  const { page, asked } = await open('/');
  await heading(page, 'Live log');
  await tenMinutes(page);
  expect(asked()).toBe(0);
  await page.keyboard.press('Tab');
  await tenMinutes(page);
  expect(asked()).toBe(1);
  await tenMinutes(page);
  expect(asked()).toBe(1);
});
