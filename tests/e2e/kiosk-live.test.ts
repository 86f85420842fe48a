/** Somebody waits at the kiosk: the news come over the socket, and by asking where it is away. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { type KioskPage, type Kiosks, openKiosks } from './kiosk-page.ts';

let campus: TestCampus<ManualClock>;
let kiosks: Kiosks;
const names = { 'zh-CN': '来宾', en: 'Waiting guest' };

beforeAll(async () => {
  [campus, kiosks] = await Promise.all([startCampus({ doors: false }), openKiosks()]);
  await addType(campus, { names, approvals: ['guard'] });
});
afterEach(() => kiosks.leave());
afterAll(async () => {
  await kiosks?.close();
  await campus?.close();
});

/** Paired by hand, so that the cookies are those that the server gives. */
async function pairedByHand(socket: boolean): Promise<KioskPage & { asked(): number }> {
  const boss = await campus.as('administrator');
  const { code } = await boss('kiosks.add', { body: { name: 'Lobby' } });
  const kiosk = await kiosks.open(campus, { paired: false, at: campus.clock.now() });
  const { page, button, field } = kiosk;
  if (!socket) await page.route('**/socket.io/**', (route) => route.abort());
  let asked = 0;
  page.on('request', (request) => {
    if (request.method() === 'GET' && /\/api\/kiosk\/visits\//.test(request.url())) asked += 1;
  });
  await field('pairing.code').fill(code);
  await button('pairing.pair').tap();
  await kiosk.untilTitle('start.title');
  return { ...kiosk, asked: () => asked };
}

async function waits({ page, button, field, untilTitle }: KioskPage, name: string): Promise<void> {
  await button('start.register').tap();
  await page.getByRole('button', { name: names.en }).tap();
  await field('field.name').fill(name);
  await button('next').tap();
  await untilTitle('result.wait-title');
}

async function approve(name: string): Promise<void> {
  const guard = await campus.as('guard');
  const { visits } = await guard('visits.list', { query: { show: 'waiting' } });
  const { id = '' } = visits.find(({ visitor }) => visitor.name === name) ?? {};
  await guard('visits.approve', { params: { id }, body: {} });
}

/** Lets so much time pass on the page; how often it has asked then. */
async function askedWithin(kiosk: KioskPage & { asked(): number }, ms: number): Promise<number> {
  const before = kiosk.asked();
  for (let passed = 0; passed < ms; passed += 2_500) {
    await kiosk.page.clock.runFor(2_500);
    await kiosk.page.evaluate(() => fetch('/kiosk/').then(() => undefined));
  }
  return kiosk.asked() - before;
}

it('asks no more while the socket tells', async () => {
  const kiosk = await pairedByHand(true);
  await waits(kiosk, 'Lin Hears');
  // Until the socket stands it asks; the first quiet moment says that it does.
  for (let tries = 0; tries < 12 && (await askedWithin(kiosk, 2_500)) > 0; tries += 1);
  expect(await askedWithin(kiosk, 15_000)).toBe(0);
  await approve('Lin Hears');
  await kiosk.untilTitle('result.welcome-title', { name: 'Lin Hears' });
});

it('asks while the socket is away', async () => {
  const kiosk = await pairedByHand(false);
  await waits(kiosk, 'Lin Asks');
  expect(await askedWithin(kiosk, 10_000)).toBeGreaterThanOrEqual(3);
  await approve('Lin Asks');
  await askedWithin(kiosk, 2_500);
  await kiosk.untilTitle('result.welcome-title', { name: 'Lin Asks' });
});
