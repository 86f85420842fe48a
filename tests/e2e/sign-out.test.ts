/** A computer that several people use: whoever has signed out leaves nothing behind that the next one could look at. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { avatarPng } from '../../prisma/sample-avatar.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<Clock>;
let visitors: Visitors;
beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus({ clock: systemClock }), openVisitors()]);
});
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const shown = (page: Page) => page.evaluate(() => document.images[0]?.naturalWidth ?? 0);

it('after signing out neither the back button nor an address shows a face or a name', async () => {
  const boss = await campus.as('administrator');
  const { photoId } = await boss('people.set-photo', {
    params: { id: 'person-ok' },
    body: new Blob([avatarPng(0)], { type: 'image/png' }),
  });
  const page = await visitors.visit(campus, '/people');
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/photos/')) asked.push(request.url());
  });
  const face = page.locator('.xm-person img');
  await face.waitFor();
  await page.getByRole('link', { name: 'Live log' }).click();
  await heading(page, 'Live log');
  await campus.swipe('ok');
  await page.locator('.xm-line img').first().waitFor();
  await page.getByRole('link', { name: 'People and cards' }).click();
  await face.waitFor();
  // However often it is shown, it has been asked for once.
  expect(asked.length).toBeLessThanOrEqual(1);

  const address = `${campus.url}/api/photos/${photoId}`;
  await page.goto(address);
  expect(await shown(page)).toBeGreaterThan(0);
  await page.goto(`${campus.url}/people`);
  await page.getByText('Person ok').first().waitFor();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await heading(page, 'Sign in');

  for (let step = 0; step < 5; step++) {
    await page.goBack().catch(() => null);
    await page.waitForLoadState('networkidle');
    expect(await shown(page)).toBe(0);
    expect(await page.locator('body').innerText()).not.toContain('Person ');
  }
  await page.goto(address);
  expect(await shown(page)).toBe(0);
  expect(await page.locator('body').innerText()).toContain('not-signed-in');
});
