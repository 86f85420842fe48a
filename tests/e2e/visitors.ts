/** People in front of browsers: one Chromium for a file of tests, a browser context of its own for each visit. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Clock } from '../../hardware/ports.ts';
import type { Role } from '../../server/contract/capabilities.ts';
import type { Language } from '../../server/contract/words.ts';
import { openBrowser, sizes } from '../browser.ts';
import type { TestCampus } from '../harness.ts';

export interface Visit {
  /** The session of this role's account; `nobody` has signed in nowhere. Default: administrator. */
  as?: Exclude<Role, 'kiosk'> | 'nobody';
  /** Language of the browser; default English. */
  language?: Language;
  viewport?: { width: number; height: number };
  /** The browser's clock stands still at this instant, until the test sets it by `page.clock`; time passes by `letPass`. */
  at?: number;
}

export interface Visitors {
  /** `path` may be a whole address. */
  visit(campus: TestCampus<Clock>, path: string, how?: Visit): Promise<Page>;
  /** Everybody leaves; for `afterEach`. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

/** Locators wait no longer than this, so that a failure names the locator and not the test's limit. */
const patienceMs = 20_000;

/** @param more arguments of Chromium, for a camera */
export async function openVisitors(more: readonly string[] = []): Promise<Visitors> {
  const browser = await openBrowser(more);
  const contexts = new Set<BrowserContext>();

  async function leave(): Promise<void> {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
  }

  return {
    async visit(campus, path, { as = 'administrator', language = 'en', viewport = sizes.desk, at } = {}) {
      const context = await browser.newContext({ locale: language, viewport, reducedMotion: 'reduce' });
      contexts.add(context);
      context.setDefaultTimeout(patienceMs);
      const url = new URL(path, campus.url);
      // Cookies know hosts, not ports.
      if (as !== 'nobody') await context.addCookies(await campus.browserCookies(as));
      const page = await context.newPage();
      if (at !== undefined) {
        await page.clock.setFixedTime(at);
        await page.addInitScript(holdTime);
      }
      await page.goto(url.href);
      return page;
    },
    leave,
    async close() {
      await leave();
      await browser.close();
    },
  };
}

/** Takes the page's `performance.now()` into the test's hand. */
function holdTime(): void {
  let now = performance.now();
  performance.now = () => now;
  (globalThis as unknown as { letPass: (ms: number) => void }).letPass = (ms) => {
    now += ms;
  };
}

/** Time passes on a page that was visited `at` an instant, however its clock is set. */
export const letPass = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => (globalThis as unknown as { letPass: (ms: number) => void }).letPass(by), ms);

/** Picks in one of antd's selects. Its options for screen readers are only the one at hand, so the drawn ones are pressed. */
export async function choose(within: Page | Locator, select: string, option: string): Promise<void> {
  const box = within.getByRole('combobox', { name: select });
  await box.click();
  // A long list is drawn in parts: those that can be searched are.
  if (await box.isEditable()) await box.fill(option);
  const page = 'page' in within ? within.page() : within;
  const list = page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)');
  await list.locator('.ant-select-item-option').filter({ hasText: option }).first().click();
}

/** Resolves when this sentence stands at the field as its fault, told to screen readers too. */
export async function untilFaultAt(field: Locator, sentence: string): Promise<void> {
  await field.page().waitForFunction(
    ([input, text]) => {
      const ids = input?.getAttribute('aria-describedby')?.split(' ') ?? [];
      const told = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      return input?.getAttribute('aria-invalid') === 'true' && told.includes(text);
    },
    [await field.elementHandle(), sentence] as const,
  );
}

/** Signs in by the form that is shown. */
export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

export const heading = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { name, exact: true, level: 1 }).waitFor();

/** Names of the screens in the menu, in their order. */
export const menuOf = (page: Page, label = 'Main menu'): Promise<string[]> =>
  page.getByRole('navigation', { name: label }).getByRole('link').locator('.xm-nav-word').allInnerTexts();
