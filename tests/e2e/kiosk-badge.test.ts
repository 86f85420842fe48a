/** A kiosk with a printer of the school's own: the badge comes out by itself, and the screen says what to do if not. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<Clock>;
let kiosks: Kiosks;
let printerId: string;
const guest = { 'zh-CN': '试印访客', en: 'Guest on paper' };
const pictures = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ clock: systemClock, doors: false }), openKiosks()]);
  const boss = await campus.as('administrator');
  // As fast as a line can be: what the screens do is tested here.
  const options = { baudRate: 115200 };
  const body = { name: 'Badges', model: 'escpos', address: { kind: 'sim' as const }, options };
  printerId = (await boss('devices.add', { body })).id;
  await addType(campus, { names: guest, approvals: [], fields: {} });
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

const printer = () => campus.app.campus.hardware.simulated(printerId);

/** A paired kiosk, which may have the printer, with somebody who has just registered at it. */
async function registered(language: Language, withPrinter: boolean): Promise<KioskPage> {
  const kiosk = await kiosks.open(campus, { language });
  const boss = await campus.as('administrator');
  for (const { id } of withPrinter ? await boss('kiosks.list') : []) {
    await boss('kiosks.change', { params: { id }, body: { printerId, reason: 'a printer was bought' } });
  }
  await kiosk.button('start.register').tap();
  await kiosk.page.getByRole('button', { name: guest[language] }).tap();
  await kiosk.field('field.name').fill('Wang Fang');
  await kiosk.button('next').tap();
  await kiosk.untilTitle('result.welcome-title', { name: 'Wang Fang' });
  return kiosk;
}

it('lets the browser print while it has none', async () => {
  const { button } = await registered('en', false);
  await button('result.print').waitFor();
  expect(printer()?.printed?.()).toEqual([]);
});

it.each<Language>(['en', 'zh-CN'])('prints one badge by itself, and says so: %s', async (language) => {
  const before = printer()?.printed?.().length ?? 0;
  const { page, text, button } = await registered(language, true);
  await page.getByText(text('result.printed')).waitFor();
  expect(await button('result.print').count()).toBe(0);
  expect(printer()?.printed?.().length).toBe(before + 1);
  expect(printer()?.printed?.().at(-1)?.lines).toContain('Wang Fang');
  expect(await seriousFaults(page)).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/badge-printed-${language}.png` });
});

it('sends to the guard for it when there is no paper', async () => {
  printer()?.setPrinter?.('paper-out');
  const { page, text } = await registered('zh-CN', true);
  await page.getByText(text('result.ask-guard')).waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/badge-ask-guard.png` });
  printer()?.setPrinter?.('ready');
});
