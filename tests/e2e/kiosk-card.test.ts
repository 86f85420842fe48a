/** The identity card laid on the kiosk's own reader: the form fills itself in, and nothing of it is left for the next. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { IdentityDocument } from '../../hardware/document.ts';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import type { Client } from '../../server/contract/client.ts';
import type { Language } from '../../server/contract/words.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { hands, type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
let boss: Client;
let deviceId: string;
const pictures = process.env.KIOSK_PICTURES;
const type = { 'zh-CN': '持证访客', en: 'Guest with a card' };
const number = '11010519491231002X';
const reason = 'the one at the door';

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ doors: false }), openKiosks()]);
  boss = await campus.as('administrator');
  const body = { name: 'Kiosk reader', model: 'sam-v', address: { kind: 'sim' as const } };
  deviceId = (await boss('devices.add', { body })).id;
  await campus.clock.advanceAsync(300);
  await addType(campus, {
    ...{ names: type, approvals: ['guard'] },
    fields: { phone: 'required', idNumber: 'required' },
  });
  await addType(campus, { names: { 'zh-CN': '其他', en: 'Other' }, approvals: ['guard'] });
});
afterEach(async () => {
  await kiosks.leave();
  reader()?.takeCard?.();
  await campus.clock.advanceAsync(1_000);
  for (const { id, state } of await boss('kiosks.list')) {
    if (state !== 'revoked') await boss('kiosks.revoke', { params: { id }, body: { reason } });
  }
});
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

const reader = () => campus.app.campus.hardware.simulated(deviceId);

/** A kiosk that is given the reader while it stands at its start screen. */
async function withReader(how: Parameters<Kiosks['open']>[1]): Promise<KioskPage> {
  const kiosk = await kiosks.open(campus, how);
  const mine = (await boss('kiosks.list')).find(({ state }) => state !== 'revoked');
  const body = { documentDeviceId: deviceId, reason };
  await boss('kiosks.change', { params: { id: mine?.id ?? '' }, body });
  await kiosk.page.reload();
  const other = kiosk.page.locator(`.k-language[lang="${how?.language ?? 'en'}"]`);
  await kiosk.page.locator('.k-start').waitFor();
  if (await other.isVisible()) await other.tap();
  return kiosk;
}

/** Another card, after whatever lay there. */
async function lay(document: Omit<Extract<IdentityDocument, { kind: 'resident-card' }>, 'kind'>) {
  reader()?.takeCard?.();
  await campus.clock.advanceAsync(1_000);
  reader()?.layCard?.({ kind: 'resident-card', validUntil: 'long-term', ...document });
  await campus.clock.advanceAsync(1_000);
}
/** Until the screen's question has reached the server: a card that nobody waits for is nobody's. */
async function waits(page: KioskPage['page'], open: () => Promise<void>): Promise<void> {
  const asked = new Promise<void>((resolve) => {
    // Its acknowledgement, in the space of kiosks, by whichever transport is there first.
    const told = (text: string | Buffer) => {
      if (text.toString().includes('43/kiosk,')) resolve();
    };
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => told(payload)));
    page.on('response', (response) => {
      if (response.url().includes('/socket.io/')) response.text().then(told, () => undefined);
    });
  });
  await open();
  await asked;
}
async function picture({ page }: KioskPage, name: string, language: Language): Promise<void> {
  if (pictures)
    await page.screenshot({ path: `${pictures}/${name}-${language}-${page.viewportSize()?.width}.png` });
  expect(await seriousFaults(page), name).toEqual([]);
}

for (const [language, size] of [
  ['en', 'portrait'],
  ['zh-CN', 'landscape'],
  ['zh-CN', 'portrait'],
  ['en', 'landscape'],
] as const) {
  it(`fills the form in, and knows who comes again (${language}, ${size})`, async () => {
    const kiosk = await withReader({ language, size });
    const { page, text, button, field } = kiosk;
    const hand = hands(page);
    const name = `${language === 'en' ? 'Card' : '持卡'}${size === 'portrait' ? 'A' : 'B'}`;
    hand.screen();
    await waits(page, () => hand.tap(button('start.register')));
    await page.getByText(text('card.lay')).waitFor();
    hand.screen();
    await picture(kiosk, 'card-1-type', language);
    await lay({ name, number });
    await page.getByText(text('card.read-on')).waitFor();
    await picture(kiosk, 'card-2-read', language);
    await hand.tap(page.getByRole('button', { name: type[language] }));
    await kiosk.untilTitle('person.title');
    hand.screen();
    expect(await field('field.name').inputValue()).toBe(name);
    await page.getByText(text('card.read-person')).waitFor();
    expect(await field('field.idNumber').inputValue()).toBe(number);
    await hand.tap(field('field.phone'));
    await hand.digits(page, '13800138000');
    await picture(kiosk, 'card-3-person', language);
    await hand.tap(button('next'));
    await kiosk.untilTitle('result.wait-title');
    hand.screen();
    console.log(`walk-in by card, ${language}, ${size}:`, hand.count());
    await page.getByRole('button', { name: text('done'), exact: true }).tap();

    // The same card again: it lies there no more, and is laid on anew.
    await page.locator('.k-start').waitFor();
    const other = page.locator(`.k-language[lang="${language}"]`);
    if (await other.isVisible()) await other.tap();
    const again = hands(page);
    again.screen();
    await waits(page, () => again.tap(button('start.register')));
    again.screen();
    await lay({ name, number });
    await kiosk.untilTitle('known.title');
    expect(await field('field.name').inputValue()).toBe(name);
    again.screen();
    await again.tap(field('known.last-digits'));
    await again.digits(page, '8000');
    await kiosk.untilTitle('known.is-it-you');
    again.screen();
    await picture(kiosk, 'card-4-is-it-you', language);
    await again.tap(button('known.yes'));
    await again.tap(page.getByRole('button', { name: type[language] }));
    await kiosk.untilTitle('confirm.title');
    again.screen();
    await again.tap(button('confirm.send'));
    await kiosk.untilTitle('result.wait-title');
    again.screen();
    console.log(`returning visitor by card, ${language}, ${size}:`, again.count());
    const visits = await (await campus.as('guard'))('visits.list', { query: { show: 'waiting' } });
    const mine = visits.visits.filter(({ visitor }) => visitor.name === name);
    expect(mine.map(({ visitor }) => visitor.id)).toEqual([mine[0]?.visitor.id, mine[0]?.visitor.id]);
    expect(JSON.stringify(await campus.events())).not.toMatch(new RegExp(`${number}|${name}`));
  });
}

it('tells in words what went wrong, and that a card is unknown or has run out', async () => {
  const kiosk = await withReader({ language: 'zh-CN' });
  const { page, text, button } = kiosk;
  await waits(page, () => button('start.register').tap());
  await page.getByRole('button', { name: type['zh-CN'] }).tap();
  await kiosk.untilTitle('person.title');
  const alert = (key: string) =>
    page
      .getByRole('alert')
      .filter({ hasText: text(key) })
      .waitFor();
  await lay({ name: '过期', number, validUntil: '2020-01-01' });
  await alert('fault.card-expired');
  await picture(kiosk, 'card-5-expired', 'zh-CN');
  reader()?.takeCard?.();
  await campus.clock.advanceAsync(1_000);
  reader()?.layCard?.({ kind: 'unknown-card', type: 'J' });
  await campus.clock.advanceAsync(1_000);
  await alert('fault.card-unknown');
  // A card whose number is blank.
  await lay({ name: '无号' });
  await alert('fault.card-unread');
  expect(await kiosk.field('field.name').inputValue()).toBe('');
});

it('after the idle wipe nothing of the card is left, and the one that lies there fills in nothing for the next', async () => {
  const kiosk = await withReader({ at: campus.clock.now() });
  const { page, button, field } = kiosk;
  await waits(page, () => button('start.register').tap());
  await page.getByRole('button', { name: type.en }).tap();
  await kiosk.untilTitle('person.title');
  await lay({ name: '离开的人', number });
  await expect.poll(() => field('field.name').inputValue()).toBe('离开的人');
  await page.clock.runFor(66_000);
  await kiosk.untilTitle('start.title');
  const left = await page.evaluate(async () => {
    const stores = await indexedDB.databases();
    const kept: unknown[] = [];
    for (const { name } of stores) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name ?? '');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of db.objectStoreNames) {
        const all = db.transaction(store).objectStore(store).getAll();
        kept.push(
          await new Promise((resolve) => {
            all.onsuccess = () => resolve(all.result);
          }),
        );
      }
      db.close();
    }
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, kept, history.state, location.href]);
  });
  expect(left + (await page.content())).not.toMatch(/离开的人|110105/);
  await waits(page, () => button('start.register').tap());
  await page.getByRole('button', { name: type.en }).tap();
  await kiosk.untilTitle('person.title');
  await campus.clock.advanceAsync(3_000);
  await page.waitForLoadState('networkidle');
  expect([await field('field.name').inputValue(), await field('field.idNumber').inputValue()]).toEqual([
    '',
    '',
  ]);
});
