/** The desk's form in a browser: what a kind of visitor must give is told at its field, and goes with the form. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { addType } from '../visits.ts';
import { heading, openVisitors, type Visit, type Visitors } from './visitors.ts';

let campus: TestCampus;
let visitors: Visitors;
const pictures = process.env.DESK_PICTURES;

beforeAll(async () => {
  visitors = await openVisitors(['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream']);
});
beforeEach(async () => {
  campus = await startCampus({ doors: false });
  await addType(campus, {
    names: { 'zh-CN': '来宾', en: 'Guest' },
    approvals: [],
    fields: { purpose: 'required', photo: 'required', signature: 'required' },
  });
});
afterEach(async () => {
  await visitors.leave();
  await campus.close();
});
afterAll(() => visitors?.close());

async function form(how: Visit): Promise<{ page: Page; dialog: Locator }> {
  const page = await visitors.visit(campus, '/visitors', how);
  const chinese = how.language === 'zh-CN';
  await heading(page, chinese ? '访客' : 'Visitors');
  await page.waitForFunction(() => document.activeElement?.id === 'xm-scan');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: chinese ? '姓名' : 'Name' }).fill('Anna Test');
  return { page, dialog };
}

it('a guard is told at photo, signature and field what is required, and all of it is sent at once', async () => {
  const { page, dialog } = await form({ as: 'guard' });
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await dialog.getByText('A photo is required of this kind of visitor').waitFor();
  await dialog.getByText('This kind of visitor has to sign').waitFor();
  await dialog.getByText('Please fill this in').waitFor();
  // No way round it for who may not override.
  expect(await dialog.getByRole('checkbox').count()).toBe(0);
  if (pictures) await page.screenshot({ path: `${pictures}/desk-required.png` });
  expect(await seriousFaults(page, '[role="dialog"]')).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Reason for the visit' }).fill('Meeting');
  await dialog.getByRole('button', { name: 'Take the photo' }).click();
  await dialog.getByRole('button', { name: 'Sign with the name' }).click();
  await dialog.getByRole('button', { name: 'Register', exact: true }).click();
  await page.getByRole('article', { name: 'Anna Test' }).waitFor();
  const { visits } = await (await campus.as('guard'))('visits.list');
  expect(visits).toMatchObject([{ photoId: expect.any(String), signatureId: expect.any(String) }]);
});

it('who may override goes on without what is missing, and says why', async () => {
  const { page, dialog } = await form({ as: 'administrator', language: 'zh-CN' });
  await dialog.getByRole('button', { name: /^登\s*记$/ }).click();
  await dialog.getByText('此类访客必须拍照').waitFor();
  await dialog.getByRole('checkbox', { name: '缺少的内容从略，继续登记' }).check();
  await dialog.getByRole('button', { name: '摄像头故障' }).click();
  if (pictures) await page.screenshot({ path: `${pictures}/desk-waive.png` });
  await dialog.getByRole('button', { name: /^登\s*记$/ }).click();
  await page.getByRole('article', { name: 'Anna Test' }).waitFor();
  expect(await campus.events('visit.waived')).toMatchObject([
    { note: '摄像头故障', data: { fields: ['purpose', 'photo', 'signature'] } },
  ]);
});
