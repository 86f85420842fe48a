/** Every way through the kiosk in both languages, counted as a hand goes it: taps, screens and seconds. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { hands, type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
const photos = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([
    startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false }),
    openKiosks(),
  ]);
  await addType(campus, {
    names: { 'zh-CN': '电工', en: 'Electrician' },
    colour: 'orange',
    fields: {
      ...{ phone: 'required', idNumber: 'required', organisation: 'optional', host: 'required' },
      ...{ purpose: 'required', plate: 'optional', items: 'optional', companions: 'optional' },
      ...{ photo: 'required', signature: 'required' },
    },
    approvals: [],
    notice: 'Keep to the marked paths.\nDo not photograph pupils.\nYour data are kept for 180 days.',
  });
  await campus.as('host');
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

const languages: Language[] = ['en', 'zh-CN'];
const electrician = { en: 'Electrician', 'zh-CN': '电工' } as const;

/** The screen stands whole, in this language, and without a serious fault of accessibility. */
async function sound({ page }: KioskPage, name: string, language: Language): Promise<void> {
  if (photos)
    await page.screenshot({ path: `${photos}/${name}-${language}-${page.viewportSize()?.width}.png` });
  expect(await seriousFaults(page), name).toEqual([]);
  expect(await page.evaluate(narrow), name).toEqual([]);
}

/** What can be pressed and is smaller than the hand needs; or sticks out of the screen. */
function narrow(): string[] {
  const least = innerWidth === 1080 ? 83 : 44;
  return [...document.querySelectorAll<HTMLElement>('button, input:not([type=checkbox]), .k-agree')]
    .filter((each) => each.offsetParent !== null)
    .filter((each) => {
      const { width, height, right } = each.getBoundingClientRect();
      return width < least || height < least || right > innerWidth;
    })
    .map((each) => each.outerHTML.slice(0, 120));
}

for (const language of languages) {
  for (const size of ['portrait', 'landscape'] as const) {
    it(`a walk-in is registered within a minute and six screens (${language}, ${size})`, async () => {
      const kiosk = await kiosks.open(campus, { language, size });
      const { page, text, button, field } = kiosk;
      const hand = hands(page);
      const step = async (name: string) => {
        hand.screen();
        await sound(kiosk, name, language);
      };
      await step('1-start');
      await hand.tap(button('start.register'));
      await kiosk.untilTitle('type.title');
      await step('2-type');
      await hand.tap(page.getByRole('button', { name: electrician[language] }));
      await kiosk.untilTitle('person.title');
      await hand.type('Wang Fang');
      await hand.tap(field('field.phone'));
      await hand.digits(page, '13800138000');
      await hand.tap(field('field.idNumber'));
      await hand.digits(page, '11010519491231002X');
      await step('3-person');
      await hand.tap(button('next'));
      await kiosk.untilTitle('visit.title');
      await hand.type('Test');
      await hand.tap(page.getByRole('button', { name: 'Test host' }));
      await hand.tap(page.locator('.k-group .k-chip').nth(3));
      await step('4-visit');
      await hand.tap(button('next'));
      await kiosk.untilTitle('confirm.title');
      await hand.tap(page.locator('.k-photo button[aria-disabled=false]'));
      await button('confirm.retake').waitFor();
      await hand.sign(page);
      await step('5-confirm');
      await hand.tap(button('confirm.send'));
      await kiosk.untilTitle('result.welcome-title', { name: 'Wang Fang' });
      await page.getByRole('img', { name: text('result.qr') }).waitFor();
      await step('6-result');
      const count = hand.count();
      console.log(`walk-in, ${language}, ${size}:`, count);
      expect(count.screens).toBeLessThanOrEqual(6);
      expect(count.seconds).toBeLessThanOrEqual(60);
    });
  }
}
