/** Who changed what, from what to what, and why: asked for where it is changed, read in the live log. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { openVisitors, untilFaultAt, type Visitors } from './visitors.ts';

let campus: TestCampus<Clock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus({ clock: systemClock }), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

/** The newest row with this sentence, opened. */
async function record(page: Page, sentence: string) {
  await page.goto(`${campus.url}/`);
  await page.getByRole('button').filter({ hasText: sentence }).first().click();
  return page.getByRole('dialog', { name: /^Record \d+$/ });
}

it('a lane is changed with a reason, and the log shows old and new values in words', async () => {
  const page = await visitors.visit(campus, '/gates');
  await page.getByRole('article', { name: 'Lane 1' }).getByRole('button', { name: 'Edit' }).click();
  const editor = page.getByRole('dialog', { name: 'Edit the lane Lane 1' });
  await editor.getByLabel('Pulse').fill('2.5');
  await editor.getByRole('button', { name: 'Save' }).click();
  await untilFaultAt(editor.getByLabel('Reason'), 'Say why, in 2 to 300 characters');
  expect(await campus.events('lane.changed')).toEqual([]);
  await editor.getByLabel('Reason').fill('the wing is slow');
  await editor.getByRole('button', { name: 'Save' }).click();
  await editor.waitFor({ state: 'hidden' });
  expect(await campus.events('lane.changed')).toMatchObject([{ note: 'the wing is slow' }]);

  const detail = await record(page, 'changed the lane Main gate · Lane 1: pulse time');
  const change = detail.getByRole('region', { name: 'Changed' });
  await change.getByText('pulse time').waitFor();
  await change.getByText('0.5 s → 2.5 s').waitFor();
  await detail.getByRole('row', { name: 'Reason given' }).getByText('the wing is slow').waitFor();
  await detail.getByRole('row', { name: 'Done by' }).getByText('Test Administrator').waitFor();
});

it('a name is only told to have changed', async () => {
  const page = await visitors.visit(campus, '/gates');
  await page.getByRole('button', { name: 'Rename the gate Main gate' }).click();
  const dialog = page.getByRole('dialog', { name: 'Rename the gate' });
  await dialog.getByLabel('Name of the gate').fill('East gate');
  await dialog.getByLabel('Reason').fill('there is a west gate now');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const detail = await record(page, 'changed the gate East gate: name');
  await detail.getByText('there is a west gate now').first().waitFor();
  expect(await detail.getByRole('region', { name: 'Changed' }).count()).toBe(0);
});
