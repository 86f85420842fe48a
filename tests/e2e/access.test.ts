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

it('says in the language of who asks what the server refused, and what to do', async () => {
  const boss = await campus.as('administrator');
  await boss('access.add-group', { body: { name: 'Kitchen' } });
  for (const [language, add, name, save, sentence] of [
    [
      'en',
      'Add a group',
      'Name of the group',
      'Save',
      'There is a group named “Kitchen” already. Choose another name.',
    ],
    ['zh-CN', '添加通行组', '通行组名称', '保存', '已有名为“Kitchen”的通行组，请换一个名称。'],
  ] as const) {
    const page = await visitors.visit(campus, '/access?tab=groups', { language });
    await page.getByRole('button', { name: add }).click();
    const dialog = page.getByRole('dialog', { name: add });
    await dialog.getByLabel(name).fill('Kitchen');
    await dialog.getByRole('button', { name: save }).click();
    await page.getByText(sentence).waitFor();
  }
});
