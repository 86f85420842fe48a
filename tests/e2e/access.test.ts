/** Access rights: what a schedule means is said before it is saved. */
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { startCampus, type TestCampus } from '../harness.ts';
import { openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus(), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

it('says as somebody types that hours run into the next day, and that equal times are a whole day', async () => {
  const page = await visitors.visit(campus, '/access?tab=schedules');
  await page.getByRole('button', { name: 'Add a schedule' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a schedule' });
  // The first line is there from the start.
  const said = dialog.getByRole('status').filter({ hasText: 'the next day' });
  await dialog.getByLabel('From').fill('08:00');
  expect(await said.count()).toBe(0);
  await dialog.getByLabel('To', { exact: true }).fill('08:00');
  await said.getByText('24 hours, until 08:00 the next day').waitFor();
  await dialog.getByLabel('To', { exact: true }).fill('06:00');
  await said.getByText('Until 06:00 the next day').waitFor();
  await dialog.getByLabel('To', { exact: true }).fill('18:00');
  await said.waitFor({ state: 'detached' });
});
