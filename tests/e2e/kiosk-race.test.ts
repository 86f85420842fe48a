/** Two kiosks and one code, and a child that is collected. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType, codeOf } from '../visits.ts';
import { hands, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
const pictures = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ doors: false }), openKiosks()]);
  await campus.as('host');
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

it('of two kiosks that see one code at once, one welcomes and the other says so', async () => {
  const host = await campus.as('host');
  const names = { 'zh-CN': '车客', en: 'Car guest' };
  const typeId = await addType(campus, { names, approvals: [], fields: { plate: 'required' } });
  const body = { typeId, name: 'Anna Test', expectedFrom: campus.clock.now() };
  const { link } = await host('visits.invite', { body });
  kiosks.show(await codeOf(campus, { link, visitId: '', passId: '' }));
  const two = await Promise.all([kiosks.open(campus), kiosks.open(campus)]);
  for (const { button, untilTitle, field } of two) {
    await button('start.appointment').tap();
    await untilTitle('visit.title');
    await field('field.plate').fill('京A12345');
  }
  await Promise.all(two.map(({ button }) => button('next').tap()));
  const said = await Promise.all(
    two.map(({ page, text }) =>
      Promise.race([
        page
          .getByRole('heading', { name: text('result.welcome-title', { name: 'Anna Test' }) })
          .waitFor()
          .then(() => 'welcome'),
        page
          .getByRole('alert')
          .filter({ hasText: text('fault.not-expected') })
          .waitFor()
          .then(() => 'told'),
      ]),
    ),
  );
  expect(said.sort()).toEqual(['told', 'welcome']);
  expect(await campus.events('visit.arrived')).toHaveLength(1);
});

const languages: Language[] = ['en', 'zh-CN'];
it.each(languages)(
  'who collects a child is asked as a guardian, and let in by the host (%s)',
  async (language) => {
    const kiosk = await kiosks.open(campus, { language });
    const { page, button, field, text } = kiosk;
    const hand = hands(page);
    const name = `Li Collects ${language}`;
    hand.screen();
    await hand.tap(button('start.guardian'));
    await kiosk.untilTitle('person.title');
    hand.screen();
    await hand.type(name);
    await hand.tap(field('field.phone'));
    await hand.digits(page, '13800138000');
    await hand.tap(field('field.idNumber'));
    await hand.digits(page, '11010519491231002X');
    await hand.tap(button('next'));
    await kiosk.untilTitle('visit.title');
    hand.screen();
    // Why they come is known.
    expect(await field('field.purpose').inputValue()).toBe(text('start.guardian-purpose'));
    await hand.type('Test');
    await hand.tap(page.getByRole('button', { name: 'Test host' }));
    expect(await seriousFaults(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/guardian-${language}.png` });
    await hand.tap(button('next'));
    await kiosk.untilTitle('confirm.title');
    hand.screen();
    await hand.tap(page.locator('.k-photo button[aria-disabled=false]'));
    await button('confirm.retake').waitFor();
    await hand.tap(button('confirm.send'));
    await kiosk.untilTitle('result.wait-title');
    hand.screen();
    const host = await campus.as('host');
    const { visits } = await host('visits.mine', { query: { show: 'waiting' } });
    const visit = visits.find(({ visitor }) => visitor.name === name);
    expect(visit?.purpose).toBe(text('start.guardian-purpose'));
    await host('visits.approve', { params: { id: visit?.id ?? '' }, body: {} });
    await kiosk.untilTitle('result.welcome-title', { name });
    console.log(`collects a child, ${language}:`, hand.count());
    expect(hand.count().screens).toBeLessThanOrEqual(6);
    expect(hand.count().seconds).toBeLessThanOrEqual(60);
  },
);
