/** The guard's screen at the lane: read from two metres, never old, never silent about a lost connection. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { avatarPng } from '../../prisma/sample-avatar.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { type CardName, crowdCard, ids } from '../small-school.ts';
import { openCable } from './cable.ts';
import { letPass, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus({ crowd: 6, doors: false }), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const path = `/lanes/${ids.lane}`;
/** Its clock is the campus's, so that a result grows old only when the test says so. */
const open = (url = campus.url): Promise<Page> =>
  visitors.visit(campus, url + path, { at: campus.clock.now() });

/** On the server and in the browser. */
async function later(page: Page, ms: number): Promise<void> {
  await campus.clock.advanceAsync(ms);
  await page.clock.setFixedTime(campus.clock.now());
  await letPass(page, ms);
}

const newest = (page: Page) => page.getByRole('region', { name: 'Newest result' });
const recent = (page: Page) => page.getByRole('region', { name: 'The last five' });

async function swipe(page: Page, card: CardName | string): Promise<void> {
  // Long enough for a card to count anew.
  await later(page, 3_000);
  await campus.swipe(card);
}

/** Size in pixels, and the colour that the words stand on, as `good` or `bad`. */
async function look(words: Locator): Promise<{ size: number; on: string }> {
  return words.evaluate((element) => {
    const panel = element.closest('.xm-result');
    const wanted = panel ? getComputedStyle(panel).backgroundColor : '';
    const probe = document.body.appendChild(document.createElement('i'));
    const on = ['good', 'bad'].find((name) => {
      probe.style.backgroundColor = `var(--xm-${name})`;
      return getComputedStyle(probe).backgroundColor === wanted;
    });
    probe.remove();
    return { size: Number.parseFloat(getComputedStyle(element).fontSize), on: on ?? wanted };
  });
}

it('fills the screen with what came of a card, readable from two metres, until it is old', async () => {
  const boss = await campus.as('administrator');
  await boss('people.set-photo', {
    params: { id: 'person-ok' },
    body: new Blob([avatarPng(0)], { type: 'image/png' }),
  });
  const page = await open();
  await newest(page).getByText('Waiting for a card').waitFor();

  await swipe(page, 'ok');
  const granted = newest(page).getByText('Granted', { exact: true });
  await granted.waitFor();
  expect(await look(granted)).toMatchObject({ on: 'good' });
  expect((await look(granted)).size).toBeGreaterThanOrEqual(96);
  await newest(page).getByText('Person ok', { exact: true }).waitFor();
  await newest(page).getByText('Class 1').waitFor();
  const photo = newest(page).locator('img');
  await photo.waitFor();
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('.xm-result img')?.naturalWidth ?? 0) > 0,
  );
  expect((await photo.boundingBox())?.height).toBeGreaterThanOrEqual(300);

  await swipe(page, 'lost');
  const denied = newest(page).getByText('Denied', { exact: true });
  await denied.waitFor();
  expect(await look(denied)).toMatchObject({ on: 'bad' });
  expect((await look(denied)).size).toBeGreaterThanOrEqual(96);
  const reason = newest(page).locator('p').getByText('Card reported lost', { exact: true });
  expect((await look(reason)).size).toBeGreaterThanOrEqual(40);
  await newest(page).getByRole('alert').filter({ hasText: 'Person lost' }).waitFor();
  // All of it within the screen.
  const box = await reason.boundingBox();
  expect((box?.y ?? 0) + (box?.height ?? 768)).toBeLessThan(768);

  await swipe(page, 'unknown');
  await newest(page).getByText('Unknown card', { exact: true }).waitFor();

  await later(page, 21_000);
  await newest(page).getByText('Waiting for a card').waitFor();
});

it('names the lane in a small window too', async () => {
  const page = await visitors.visit(campus, path, { viewport: { width: 920, height: 700 } });
  const name = page.getByRole('heading', { name: 'Main gate · Lane 1' });
  await name.waitFor();
  const cut = await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
  expect(cut).toBeLessThanOrEqual(0);
});

it('keeps the last five, newest first', async () => {
  const page = await open();
  for (let index = 0; index < 6; index++) await swipe(page, crowdCard(index));
  await newest(page).getByText('Student 5', { exact: true }).waitFor();
  await recent(page).getByRole('listitem').first().getByText('Student 4').waitFor();
  expect(
    await recent(page)
      .getByRole('listitem')
      .getByText(/^Student/)
      .allInnerTexts(),
  ).toEqual(['Student 4', 'Student 3', 'Student 2', 'Student 1', 'Student 0']);
});

it('opens the lane by hand only with a reason, which is recorded with the name', async () => {
  const page = await visitors.visit(campus, path, { as: 'guard', at: campus.clock.now() });
  await page.getByRole('button', { name: 'Open by hand' }).click();
  const dialog = page.getByRole('dialog', { name: 'Open “Lane 1” by hand' });
  await dialog.getByRole('button', { name: 'Open by hand' }).click();
  await dialog.getByText('Say why, in 2 to 300 characters').waitFor();
  expect(await campus.events('lane.opened')).toEqual([]);
  await dialog.getByRole('button', { name: 'Delivery' }).click();
  await dialog.getByRole('button', { name: 'Open by hand' }).click();
  await page.getByText('The lane was told to open').waitFor();
  await newest(page).getByText('Opened', { exact: true }).waitFor();
  await newest(page).getByText('Delivery', { exact: true }).waitFor();
  await newest(page).locator('p').getByText('Test guard', { exact: true }).waitFor();
  expect(await campus.events('lane.opened')).toMatchObject([
    { note: 'Delivery', data: { laneId: ids.lane } },
  ]);
});

it('offers to open by hand as soon as the lane may be opened again, however long the screen has stood', async () => {
  const boss = await campus.as('administrator');
  const set = (posture: 'disabled' | 'controlled') =>
    boss('lanes.posture', { params: { id: ids.lane }, body: { posture, reason: 'repair' } });
  await set('disabled');
  const page = await open();
  await page.getByText('Disabled').first().waitFor();
  const button = page.getByRole('button', { name: 'Open by hand' });
  expect(await button.count()).toBe(0);
  await set('controlled');
  await button.waitFor();
  const { lanes } = await boss('campus.get');
  const { outputDeviceId } = lanes.find(({ id }) => id === ids.lane) ?? {};
  await boss('lanes.change', { params: { id: ids.lane }, body: { outputDeviceId: null, reason: 'repair' } });
  await button.waitFor({ state: 'detached' });
  await boss('lanes.change', { params: { id: ids.lane }, body: { outputDeviceId, reason: 'repaired' } });
  await button.waitFor();
});

it('shows nothing old while the connection is lost, and says so as loudly as a result', async () => {
  const cable = await openCable(campus.url);
  try {
    const page = await open(cable.url);
    await newest(page).waitFor();
    await swipe(page, 'ok');
    await newest(page).getByText('Person ok', { exact: true }).waitFor();
    cable.cut();
    const said = newest(page).getByText('No connection: this screen is not live');
    await said.waitFor();
    expect(
      await said.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize)),
    ).toBeGreaterThanOrEqual(40);
    await page.getByText('The connection to the server is lost.').waitFor();
    expect(await newest(page).getByText('Person ok').count()).toBe(0);
    await swipe(page, 'expired');
    cable.join(campus.url);
    await newest(page).getByText('Card expired', { exact: true }).waitFor();
  } finally {
    await cable.close();
  }
});

it.each([60_000, -600_000])(
  'shows what comes, and lets it go, when somebody sets the clock of its computer by %i ms',
  async (ms) => {
    // What the tests before have left is old.
    await campus.clock.advanceAsync(30_000);
    const page = await open();
    await newest(page).getByText('Waiting for a card').waitFor();
    const sets = () => page.clock.setFixedTime(campus.clock.now() + ms);
    await sets();
    await campus.clock.advanceAsync(3_000);
    await campus.swipe('lost');
    await newest(page).getByText('Person lost', { exact: true }).waitFor();
    await campus.clock.advanceAsync(21_000);
    await sets();
    await letPass(page, 21_000);
    await newest(page).getByText('Waiting for a card').waitFor();
    // What is loaded anew is as old as it is.
    await campus.swipe('ok');
    await newest(page).getByText('Person ok', { exact: true }).waitFor();
    await later(page, 30_000);
    await page.clock.setFixedTime(campus.clock.now() + ms);
    await page.reload();
    await recent(page).getByText('Person ok').first().waitFor();
    await newest(page).getByText('Waiting for a card').waitFor();
  },
);
