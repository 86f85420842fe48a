/** A paired kiosk in a browser with a camera, and the hands of who stands before it: taps, screens and seconds counted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Clock } from '../../hardware/ports.ts';
import en from '../../kiosk/locales/en.json' with { type: 'json' };
import zh from '../../kiosk/locales/zh-CN.json' with { type: 'json' };
import type { Language } from '../../server/contract/words.ts';
import { kioskSizes, openBrowser } from '../browser.ts';
import { cookieClient, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { film } from './camera-picture.ts';

export interface KioskPage {
  page: Page;
  context: BrowserContext;
  /** The kiosk's own text; `visit.title`. */
  text(key: string, values?: Record<string, string | number>): string;
  button(key: string): Locator;
  field(key: string): Locator;
  untilTitle(key: string, values?: Record<string, string | number>): Promise<void>;
}

export interface Kiosks {
  open(
    campus: TestCampus<Clock>,
    how?: {
      language?: Language;
      size?: keyof typeof kioskSizes;
      at?: number;
      paired?: boolean;
      query?: string;
    },
  ): Promise<KioskPage>;
  /** From the next opening of the camera on it sees this code. */
  show(code?: string): void;
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function openKiosks(): Promise<Kiosks> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-film-'));
  const file = join(folder, 'camera.y4m');
  film(file);
  const browser = await openBrowser([
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${file}`,
  ]);
  const contexts = new Set<BrowserContext>();
  const leave = async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    contexts.clear();
  };
  return {
    async open(campus, { language = 'en', size = 'portrait', at, paired = true, query = '' } = {}) {
      const context = await browser.newContext({
        viewport: kioskSizes[size],
        reducedMotion: 'reduce',
        hasTouch: true,
        permissions: ['camera'],
      });
      contexts.add(context);
      context.setDefaultTimeout(20_000);
      if (paired) await context.addCookies(await pairedCookies(campus));
      const page = await context.newPage();
      if (at !== undefined) await page.clock.install({ time: at });
      await page.goto(`${campus.url}/kiosk/${query}`);
      const kiosk = kioskPage(page, context, language);
      await page.locator('.k-tiles, input').first().waitFor();
      const other = page.locator(`.k-language[lang="${language}"]`);
      if (await other.isVisible()) await other.tap();
      return kiosk;
    },
    show: (code) => film(file, code),
    leave,
    async close() {
      await leave();
      await browser.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function pairedCookies(campus: TestCampus<Clock>) {
  const boss = await campus.as('administrator');
  const { code } = await boss('kiosks.add', { body: { name: 'Lobby', gateId: ids.gate } });
  const device = cookieClient(campus.url);
  await device.client('kiosk.pair', { body: { code } });
  return device
    .cookie()
    .split('; ')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return { name, value: value.join('='), url: campus.url };
    });
}

export function kioskPage(page: Page, context: BrowserContext, language: Language): KioskPage {
  const texts: unknown = language === 'en' ? en : zh;
  const text: KioskPage['text'] = (key, values = {}) => {
    const found = key.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], texts);
    if (typeof found !== 'string') throw new Error(`no text ${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  };
  return {
    page,
    context,
    text,
    button: (key) => page.getByRole('button', { name: text(key) }),
    field: (key) => page.getByRole('textbox', { name: text(key) }),
    untilTitle: (key, values) =>
      page.getByRole('heading', { level: 1, name: text(key, values), exact: true }).waitFor(),
  };
}

/** What a hand needs, in seconds; typing 2.5 characters a second. A Chinese character is four keys of pinyin. */
const seconds = { tap: 1, key: 0.4, signature: 3, code: 1.5 };

export interface Hands {
  tap(target: Locator): Promise<void>;
  /** Into the field that has the focus. */
  type(text: string): Promise<void>;
  /** On our own pad. */
  digits(page: Page, text: string): Promise<void>;
  sign(page: Page): Promise<void>;
  showCode(): void;
  /** A screen was reached. */
  screen(): void;
  count(): { taps: number; screens: number; seconds: number };
}

export function hands(page: Page): Hands {
  let taps = 0;
  let screens = 0;
  let spent = 0;
  return {
    async tap(target) {
      taps += 1;
      spent += seconds.tap;
      await target.tap();
    },
    async type(text) {
      spent += [...text].reduce((sum, each) => sum + (/\p{Script=Han}/u.test(each) ? 4 : 1), 0) * seconds.key;
      await page.keyboard.insertText(text);
    },
    async digits(on, text) {
      for (const digit of text) {
        spent += seconds.key;
        await on
          .locator('.k-pad')
          .getByRole('button', { name: digit, exact: true, includeHidden: true })
          .tap();
      }
    },
    async sign(on) {
      spent += seconds.signature;
      const box = await on.locator('.k-signature').boundingBox();
      if (!box) throw new Error('nowhere to sign');
      await on.mouse.move(box.x + 40, box.y + 60);
      await on.mouse.down();
      for (let step = 1; step <= 8; step += 1) {
        await on.mouse.move(box.x + 40 + step * 25, box.y + 60 + (step % 2) * 60);
      }
      await on.mouse.up();
      await on.waitForFunction(() =>
        document.querySelector('.k-signature ~ .k-chips [aria-disabled="false"]'),
      );
    },
    showCode() {
      spent += seconds.code;
    },
    screen() {
      screens += 1;
    },
    count: () => ({ taps, screens, seconds: Math.round(spent * 10) / 10 }),
  };
}
