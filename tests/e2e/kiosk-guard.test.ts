/** A guard at the kiosk: in by PIN, over a hold with a reason, out again; and nothing of it stays. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType, register } from '../visits.ts';
import { hands, type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
let typeId: string;
const pictures = process.env.KIOSK_PICTURES;
const pin = '730152';

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ doors: false }), openKiosks()]);
  const guard = await campus.as('guard');
  await guard('kiosks.set-own-pin', { body: { pin, password: 'own password of guard' } });
  typeId = await addType(campus, { approvals: ['guard'] });
  const boss = await campus.as('administrator');
  const entry = { list: 'watch', name: 'Held Person', reason: 'asked for pupils before' } as const;
  await boss('screening.add', { body: { entry } });
  const host = await campus.as('host');
  const expectedFrom = campus.clock.now() + 3_600_000;
  await host('visits.invite', { body: { typeId, name: 'Expected Person', expectedFrom } });
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

const languages: Language[] = ['en', 'zh-CN'];

async function picture({ page }: KioskPage, name: string, language: Language): Promise<void> {
  if (pictures)
    await page.screenshot({ path: `${pictures}/${name}-${language}-${page.viewportSize()?.width}.png` });
  expect(await seriousFaults(page), name).toEqual([]);
}

for (const [language, size] of languages.flatMap(
  (each) =>
    [
      [each, 'portrait'],
      [each, 'landscape'],
    ] as const,
)) {
  it(`admits over a hold, saying why, and signs out (${language}, ${size})`, async () => {
    await register(campus, typeId, { name: 'Held Person' });
    const kiosk = await kiosks.open(campus, { language, size });
    const { page, button, text } = kiosk;
    const hand = hands(page);
    const mode = page.locator('[data-mode=guard]');
    hand.screen();
    await hand.tap(button('guard.pin-title'));
    await kiosk.untilTitle('guard.pin-title');
    hand.screen();
    await picture(kiosk, 'guard-1-pin', language);
    await hand.digits(page, '999999');
    await hand.tap(button('guard.sign-in'));
    await page
      .getByRole('alert')
      .filter({ hasText: text('fault.guard-pin') })
      .waitFor();
    expect(await mode.count()).toBe(0);
    await hand.digits(page, pin);
    await hand.tap(button('guard.sign-in'));
    await kiosk.untilTitle('guard.title');
    await mode.getByText(text('guard.mode', { name: 'Test guard' })).waitFor();
    await page.getByText('Expected Person').waitFor();
    hand.screen();
    await picture(kiosk, 'guard-2-list', language);
    await hand.tap(page.getByRole('button', { name: 'Held Person' }).first());
    hand.screen();
    await page.getByText('asked for pupils before').waitFor();
    await hand.tap(button('guard.escort'));
    await page.getByText(text('guard.reason-needed')).waitFor();
    await picture(kiosk, 'guard-3-visit', language);
    await hand.tap(page.locator('.k-chips .k-chip').first());
    await hand.tap(button('guard.escort'));
    await page.getByText(text('guard.waiting-none')).waitFor();
    console.log(`guard over a hold, ${language}, ${size}:`, hand.count());
    await hand.tap(button('guard.sign-out'));
    // In the school's language again.
    await page.locator('.k-start').waitFor();
    await campus.app.campus.settled();
    expect(await mode.count()).toBe(0);
    expect(await page.content()).not.toMatch(/Held Person|Expected Person|asked for pupils|Test guard/);
    expect(
      await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])),
    ).not.toMatch(/Person|pupils|Test guard/);
    const [screened] = (await campus.events('visit.screened')).slice(-1);
    expect(screened).toMatchObject({ data: { outcome: 'escort' } });
    expect(screened?.note).toBeTruthy();
  });
}

it('ends by itself when nobody touches it, and says so before', async () => {
  const at = campus.clock.now();
  const kiosk = await kiosks.open(campus, { at });
  const { page, button, text } = kiosk;
  await button('guard.pin-title').tap();
  await hands(page).digits(page, pin);
  await button('guard.sign-in').tap();
  await kiosk.untilTitle('guard.title');
  const before = (await campus.events('kiosk-guard.signed-out')).length;
  await page.clock.runFor(50_000);
  await page.getByText(text('idle.guard-text')).waitFor();
  await page.clock.runFor(16_000);
  await kiosk.untilTitle('start.title');
  expect(await page.locator('[data-mode=guard]').count()).toBe(0);
  await page.waitForLoadState('networkidle');
  expect((await campus.events('kiosk-guard.signed-out')).length).toBe(before + 1);
});
