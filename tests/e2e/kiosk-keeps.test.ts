/** What the kiosk keeps and what it forgets: without the server, pressed twice, and after a person has gone. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { hands, type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
const secret = 'Zephyrine Quill';
const pictures = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  kiosks = await openKiosks();
});
beforeEach(async () => {
  campus = await startCampus({ doors: false });
  await addType(campus, {
    names: { 'zh-CN': '日访', en: 'Day guest' },
    fields: { phone: 'required', photo: 'required' },
    approvals: [],
  });
});
afterEach(async () => {
  await kiosks.leave();
  await campus?.close();
});
afterAll(() => kiosks?.close());

/** To the last screen, everything filled in. */
async function fill({ page, button, field, untilTitle, text }: KioskPage): Promise<void> {
  await button('start.register').tap();
  await page.getByRole('button', { name: 'Day guest' }).tap();
  await untilTitle('person.title');
  await field('field.name').fill(secret);
  await field('field.phone').tap();
  await hands(page).digits(page, '13800138000');
  await button('next').tap();
  await untilTitle('confirm.title');
  await page.locator('.k-photo button[aria-disabled=false]').tap();
  await page.getByRole('img', { name: text('confirm.your-photo') }).waitFor();
}

const added = () => campus.events('visit.added');

it('pressed twice it registers once', async () => {
  const kiosk = await kiosks.open(campus);
  await fill(kiosk);
  const send = kiosk.button('confirm.send');
  await send.evaluate((button: HTMLButtonElement) => {
    button.click();
    button.click();
    button.click();
  });
  await kiosk.untilTitle('result.welcome-title', { name: secret });
  expect((await added()).length).toBe(1);
  expect((await campus.events('visit.photo-taken')).length).toBe(1);
});

it('opens and registers while the server is away, says so, and sends it once when it answers again', async () => {
  const kiosk = await kiosks.open(campus, { at: campus.clock.now() - 600_000 });
  const { page, context, text } = kiosk;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await page.reload();
  await kiosk.untilTitle('start.title');
  await page.getByText(text('away')).waitFor();
  await fill(kiosk);
  await kiosk.button('confirm.send').tap();
  await kiosk.untilTitle('result.kept-title');
  if (pictures) await page.screenshot({ path: `${pictures}/kept.png` });
  const stored = await everythingStored(page);
  expect(stored.rows).toBe(1);
  expect(stored.text).not.toContain(secret);
  await expect(keyLeaves(page)).resolves.toBe(false);
  expect(await added()).toEqual([]);

  await page.reload();
  await kiosk.untilTitle('start.title');
  await context.setOffline(false);
  const sent = page.waitForResponse((response) => response.url().endsWith('/kiosk/visits') && response.ok());
  await page.reload();
  await sent;
  await page.waitForFunction(rowsLeft, 0);
  expect((await added()).map(({ data }) => data)).toMatchObject([{ madeAt: expect.any(Number) }]);
  expect((await campus.events('visit.photo-taken')).length).toBe(1);
});

it('loses nothing that it keeps when its clock was weeks behind and is put right', async () => {
  const now = campus.clock.now();
  const kiosk = await kiosks.open(campus, { at: now - 21 * 86_400_000 });
  const { page, context } = kiosk;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await context.setOffline(true);
  await fill(kiosk);
  await kiosk.button('confirm.send').tap();
  await kiosk.untilTitle('result.kept-title');
  await page.clock.setSystemTime(now);
  await context.setOffline(false);
  const sent = page.waitForResponse((response) => response.url().endsWith('/kiosk/visits') && response.ok());
  await page.reload();
  await sent;
  await page.waitForFunction(rowsLeft, 0);
  expect((await added()).length).toBe(1);
});

it('counts once when the answer was lost on the way', async () => {
  const kiosk = await kiosks.open(campus);
  const { page } = kiosk;
  await fill(kiosk);
  await page.route('**/api/kiosk/visits', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await kiosk.button('confirm.send').tap();
  await kiosk.untilTitle('result.kept-title');
  await page.unroute('**/api/kiosk/visits');
  await page.reload();
  await page.waitForFunction(rowsLeft, 0);
  expect((await added()).length).toBe(1);
});

it('nothing of a person is left once nobody touches the screen', async () => {
  const kiosk = await kiosks.open(campus, { at: Date.UTC(2026, 8, 1, 23, 30) });
  const { page, text } = kiosk;
  await fill(kiosk);
  await page.clock.runFor(46_000);
  const dialog = page.getByRole('dialog', { name: text('idle.title') });
  await dialog.waitFor();
  if (pictures) await page.screenshot({ path: `${pictures}/idle.png` });
  await dialog.getByRole('button', { name: text('idle.more') }).tap();
  await dialog.waitFor({ state: 'hidden' });
  expect(await traces(page)).not.toEqual([]);
  await page.clock.runFor(66_000);
  await kiosk.untilTitle('start.title');
  // React holds the tree before the last one until it draws again.
  await page.clock.runFor(3_000);
  expect(await traces(page)).toEqual([]);
  expect(await heapHolds(page, secret)).toBe(false);
});

it('nothing of a person is left when the result has closed', async () => {
  const kiosk = await kiosks.open(campus, { at: Date.UTC(2026, 8, 1, 23, 30) });
  const { page } = kiosk;
  await fill(kiosk);
  await kiosk.button('confirm.send').tap();
  // Not by the name: the browser's driver would keep what it looks for in the page's memory.
  await page.locator('img.k-qr').waitFor();
  expect(await heapHolds(page, secret)).toBe(true);
  await page.clock.runFor(21_000);
  await kiosk.untilTitle('start.title');
  await page.clock.runFor(3_000);
  expect(await traces(page)).toEqual([]);
  expect(await heapHolds(page, secret)).toBe(false);
});

/** Where the name or a picture still stands: the page, its addresses, the storages. */
async function traces(page: Page): Promise<string[]> {
  const stored = await everythingStored(page);
  const found = await page.evaluate((name) => {
    const inputs = [...document.querySelectorAll('input')].map(({ value }) => value).join();
    return [
      document.documentElement.outerHTML.includes(name) && 'page',
      inputs.includes(name) && 'inputs',
      document.querySelector('img[src^="blob:"], video, canvas') && 'pictures',
    ].filter((each) => typeof each === 'string');
  }, secret);
  return [
    ...found,
    ...(stored.text.includes(secret) ? ['storage'] : []),
    ...(stored.rows > 0 ? ['rows'] : []),
  ];
}

const everythingStored = (page: Page): Promise<{ rows: number; text: string }> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('xiaomen-kiosk');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const rows = await new Promise<{ sealed: { bytes: ArrayBuffer } }[]>((resolve) => {
      const all = db.transaction('registrations').objectStore('registrations').getAll();
      all.onsuccess = () => resolve(all.result);
    });
    db.close();
    const plain = rows.map(({ sealed }) => new TextDecoder().decode(sealed.bytes)).join();
    return { rows: rows.length, text: plain + JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) };
  });

/** Whether a script can read the bytes of the key. */
const keyLeaves = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open('xiaomen-kiosk');
      opening.onsuccess = () => resolve(opening.result);
    });
    const key = await new Promise<CryptoKey>((resolve) => {
      const got = db.transaction('keys').objectStore('keys').get('outbox');
      got.onsuccess = () => resolve(got.result);
    });
    db.close();
    return crypto.subtle.exportKey('raw', key).then(
      () => true,
      () => false,
    );
  });

/** For `waitForFunction`: whether so many registrations are kept. */
async function rowsLeft(wanted: number): Promise<boolean> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const opening = indexedDB.open('xiaomen-kiosk');
    opening.onsuccess = () => resolve(opening.result);
  });
  const count = await new Promise<number>((resolve) => {
    const counting = db.transaction('registrations').objectStore('registrations').count();
    counting.onsuccess = () => resolve(counting.result);
  });
  db.close();
  return count === wanted;
}

/** Whether the memory of the page's scripts holds this text, after the garbage has been collected. */
async function heapHolds(page: Page, text: string): Promise<boolean> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('').includes(text);
}
