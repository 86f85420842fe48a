/** The other ways through the kiosk: pairing, a code at the camera, who was here before, and signing out. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import type { Language } from '../../server/contract/words.ts';
import { png } from '../../server/http/test-http.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType, codeOf, register, scanned } from '../visits.ts';
import { hands, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
let plain: string;
const pictures = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(readFileSync(wasm)).buffer } });
  [campus, kiosks] = await Promise.all([
    startCampus({ readerModel: { model: 'text-line', options: {} }, doors: false }),
    openKiosks(),
  ]);
  plain = await addType(campus, {
    names: { 'zh-CN': '常客', en: 'Regular' },
    fields: { phone: 'required', idNumber: 'optional', host: 'required', signature: 'required' },
    approvals: [],
    notice: 'Keep to the marked paths.',
  });
  await campus.as('host');
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

const languages: Language[] = ['en', 'zh-CN'];

it('is paired by the code that the administrator sees, and stays paired', async () => {
  const boss = await campus.as('administrator');
  const { code } = await boss('kiosks.add', { body: { name: 'Gatehouse' } });
  const kiosk = await kiosks.open(campus, { paired: false });
  const { page, button, field, text } = kiosk;
  await button('pairing.pair').waitFor();
  await field('pairing.code').fill('0000 0000');
  await button('pairing.pair').tap();
  await page
    .getByRole('alert')
    .filter({ hasText: text('fault.pairing-code') })
    .waitFor();
  expect(await seriousFaults(page)).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/pairing.png` });
  await field('pairing.code').fill(code);
  await page.keyboard.press('Enter');
  await kiosk.untilTitle('start.title');
  await page.reload();
  await kiosk.untilTitle('start.title');
  const [paired] = (await boss('kiosks.list')).filter(({ name }) => name === 'Gatehouse');
  expect(paired?.state).toBe('online');
});

for (const language of languages) {
  it(`a booked visitor shows the code to the camera, and the pass opens the lane (${language})`, async () => {
    const host = await campus.as('host');
    const typeId = await addType(campus, { approvals: [] });
    const { link } = await host('visits.invite', {
      body: { typeId, name: 'Anna Test', phone: '13800138000', expectedFrom: campus.clock.now() },
    });
    kiosks.show(await codeOf(campus, { link, visitId: '', passId: '' }));
    const kiosk = await kiosks.open(campus, { language });
    const { page, button, text } = kiosk;
    const hand = hands(page);
    hand.screen();
    await hand.tap(button('start.appointment'));
    hand.screen();
    hand.showCode();
    await kiosk.untilTitle('result.welcome-title', { name: 'Anna Test' });
    hand.screen();
    const picture = page.getByRole('img', { name: text('result.qr') });
    await picture.waitFor();
    // Read off the screen by another program than the one that drew it.
    const [read] = await readBarcodes(await picture.screenshot(), { formats: ['QRCode'] });
    const before = (await campus.events('passage.granted')).length;
    await campus.clock.advanceAsync(5_000);
    await campus.swipe(scanned(read?.text ?? ''));
    expect((await campus.events('passage.granted')).length).toBe(before + 1);
    console.log(`booked, ${language}:`, hand.count());
    expect(hand.count().seconds).toBeLessThanOrEqual(10);
  });

  it(`who was here before is asked "is this you" and registered within 20 seconds (${language})`, async () => {
    const name = language === 'en' ? 'Wang Fang' : '王芳';
    await register(campus, plain, {
      ...{ name, phone: '13800138000', idKind: 'resident-id', idNumber: '11010519491231002X' },
      ...{ hostId: (await (await campus.as('host'))('session.get')).account.id, noticeVersion: 1 },
      pictures: { signature: Buffer.from(png).toString('base64') },
    });
    const kiosk = await kiosks.open(campus, { language });
    const { page, button, field } = kiosk;
    const hand = hands(page);
    hand.screen();
    await hand.tap(button('start.register'));
    hand.screen();
    await hand.tap(button('type.been-here'));
    hand.screen();
    await kiosk.untilTitle('known.title');
    await hand.type(name);
    await hand.tap(field('known.last-digits'));
    await hand.digits(page, '8000');
    await kiosk.untilTitle('known.is-it-you');
    hand.screen();
    const told = await page.locator('main').innerText();
    expect(told).toContain('*******8000');
    expect(told).not.toMatch(/13800138000|11010519491231002X|Wang Fang|王芳/);
    expect(await seriousFaults(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/is-it-you-${language}.png` });
    await hand.tap(button('known.yes'));
    await kiosk.untilTitle('type.title');
    hand.screen();
    await hand.tap(page.getByRole('button', { name: language === 'en' ? 'Regular' : '常客' }));
    await kiosk.untilTitle('visit.title');
    hand.screen();
    await hand.type('Te');
    await hand.tap(page.getByRole('button', { name: 'Test host' }));
    await hand.tap(button('next'));
    await kiosk.untilTitle('confirm.title');
    hand.screen();
    await hand.sign(page);
    await hand.tap(button('confirm.send'));
    await kiosk.untilTitle('result.welcome-title', { name });
    hand.screen();
    console.log(`returning, ${language}:`, hand.count());
    expect(hand.count().seconds).toBeLessThanOrEqual(20);
  });

  it(`signs out by the code in three seconds (${language})`, async () => {
    const typeId = await addType(campus, { approvals: [] });
    const code = await codeOf(campus, await register(campus, typeId));
    await campus.clock.advanceAsync(5_000);
    await campus.swipe(scanned(code));
    await campus.clock.advanceAsync(5_000);
    await campus.app.campus.settled();
    kiosks.show(code);
    const kiosk = await kiosks.open(campus, { language });
    const hand = hands(kiosk.page);
    await hand.tap(kiosk.button('start.sign-out'));
    hand.showCode();
    await kiosk.untilTitle('result.left-title');
    if (pictures) await kiosk.page.screenshot({ path: `${pictures}/left-${language}.png` });
    expect(await seriousFaults(kiosk.page)).toEqual([]);
    console.log(`sign-out, ${language}:`, hand.count());
    expect(hand.count().seconds).toBeLessThanOrEqual(3);
  });
}

it('a scanner that types is heard on the start screen, and a code of nobody is told so', async () => {
  const kiosk = await kiosks.open(campus);
  const { page, text } = kiosk;
  // As fast as a scanner: all in one task of the browser.
  const scan = (code: string) =>
    page.evaluate((typed) => {
      for (const key of [...typed, 'Enter']) dispatchEvent(new KeyboardEvent('keydown', { key }));
    }, code);
  await scan('XM:NOT-A-PASS');
  await page
    .getByRole('alert')
    .filter({ hasText: text('fault.code-unknown') })
    .waitFor();
  await page.getByRole('button', { name: text('code.by-number') }).tap();
  expect(await seriousFaults(page)).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/by-number.png` });
});

it('who waits is let in on the screen that stands, once the host has said yes', async () => {
  const names = { 'zh-CN': '来宾', en: 'Waiting guest' };
  await addType(campus, { names, approvals: ['host'], fields: { host: 'required' } });
  const kiosk = await kiosks.open(campus);
  const { page, button, field } = kiosk;
  await button('start.register').tap();
  await page.getByRole('button', { name: names.en }).tap();
  await field('field.name').fill('Lin Waiting');
  await button('next').tap();
  await field('field.host').fill('Test ho');
  await page.getByRole('button', { name: 'Test host' }).tap();
  await button('next').tap();
  await kiosk.untilTitle('result.wait-title');
  expect(await seriousFaults(page)).toEqual([]);
  if (pictures) await page.screenshot({ path: `${pictures}/wait.png` });
  const host = await campus.as('host');
  const { visits } = await host('visits.mine', { query: { show: 'waiting' } });
  const { id = '' } = visits.find(({ visitor }) => visitor.name === 'Lin Waiting') ?? {};
  await host('visits.approve', { params: { id }, body: {} });
  await kiosk.untilTitle('result.welcome-title', { name: 'Lin Waiting' });
});

it.each([
  ['thermal-80', 80, 130, true],
  ['sticker', 100, 70, true],
  ['sticker', 100, 70, false],
  ['a4', 210, 297, true],
] as const)(
  'prints the badge alone, on one %s of %i × %i mm (photo: %s)',
  async (paper, width, height, face) => {
    const names = { 'zh-CN': `访客 ${paper} ${face}`, en: `Guest ${paper} ${face}` };
    const fields = face ? ({ photo: 'required' } as const) : {};
    await addType(campus, { names, colour: 'purple', approvals: [], escort: true, fields });
    const kiosk = await kiosks.open(campus, { query: `?paper=${paper}` });
    const { page, button, field, text } = kiosk;
    await button('start.register').tap();
    await page.getByRole('button', { name: names.en }).tap();
    await field('field.name').fill('Wang Fang');
    await button('next').tap();
    if (face) {
      await page.locator('.k-photo button[aria-disabled=false]').tap();
      await button('confirm.retake').waitFor();
      await button('confirm.send').tap();
    }
    await page.locator('.badge-code').waitFor({ state: 'attached' });
    await page.emulateMedia({ media: 'print' });
    const badge = await page.locator('.badge').innerText();
    for (const said of [
      'Wang Fang',
      names.en,
      text('badge.escort'),
      text('badge.emergency'),
      'Small School',
    ]) {
      expect(badge).toContain(said);
    }
    expect(await page.locator('.k-head').isVisible()).toBe(false);
    if (pictures) await page.screenshot({ path: `${pictures}/badge-${paper}-${face}.png` });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, wide, high]) =>
      [wide, high].map((points) => Math.round((Number(points) / 72) * 25.4)),
    );
    expect(sizes).toEqual([[width, height]]);
  },
);
