/** A door that opens by itself: told at once wherever somebody is, acknowledged, over. And the language of it all. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { sizes } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus(), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

async function door(open: boolean): Promise<void> {
  campus.app.campus.hardware.simulated(ids.inputs)?.setInput?.(0, open);
  await campus.app.campus.settled();
}

it('tells of a forced door live, counts it in the menu, and lets a guard acknowledge it', async () => {
  const page = await visitors.visit(campus, '/alarms', { as: 'guard' });
  const elsewhere = await visitors.visit(campus, '/people');
  await page.getByText('All is quiet').waitFor();
  await heading(elsewhere, 'People and cards');

  await door(true);
  const alarm = page.getByRole('article').filter({ hasText: 'Forced · Main gate · Lane 1' });
  await alarm.getByText('Active', { exact: true }).waitFor();
  await alarm.getByText('Look who passed').waitFor();
  const menu = elsewhere.getByRole('navigation', { name: 'Main menu' });
  await menu.getByRole('link', { name: /Alarms.*1 open alarm/ }).waitFor();

  await alarm.getByRole('button', { name: 'Acknowledge: Forced · Main gate · Lane 1' }).click();
  await alarm.getByText('Active, acknowledged').waitFor();
  await alarm.getByText('acknowledged by Test guard').waitFor();
  await door(false);
  await page.getByText('All is quiet').waitFor();
  await menu.getByRole('link', { name: /open alarm/ }).waitFor({ state: 'detached' });

  await page.getByText('All', { exact: true }).click();
  const closed = page.getByRole('article').filter({ hasText: 'Forced' });
  await closed.getByText('Closed', { exact: true }).waitFor();
  await closed.getByText('cleared').waitFor();
  expect(
    (await campus.events('alarm.raised', 'alarm.acknowledged', 'alarm.cleared')).map(({ type }) => type),
  ).toEqual(['alarm.raised', 'alarm.acknowledged', 'alarm.cleared']);
});

describe('the language', () => {
  it('is switched on any screen, keeps the place, and is remembered', async () => {
    const page = await visitors.visit(campus, '/people?kind=student&person=person-ok');
    await page.getByRole('dialog', { name: 'Person ok' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Person ok' }).waitFor({ state: 'hidden' });
    await page.getByRole('textbox', { name: 'Name, number' }).fill('Person');
    await page.waitForURL(/text=Person|q=Person/);
    const address = page.url();
    await page.getByRole('button', { name: '中文' }).click();
    await heading(page, '人员与卡');
    expect(page.url()).toBe(address);
    expect(await page.getByRole('textbox', { name: '姓名、编号、班级或卡号' }).inputValue()).toBe('Person');
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');

    await page.reload();
    await heading(page, '人员与卡');
    await page.getByRole('link', { name: '报警' }).click();
    await heading(page, '报警');
    await page.getByRole('button', { name: 'English' }).click();
    await heading(page, 'Alarms');
  });

  it('is a press away before signing in, and on a phone', async () => {
    const page = await visitors.visit(campus, '/', {
      as: 'nobody',
      language: 'zh-CN',
      viewport: sizes.phone,
    });
    await heading(page, '登录');
    await page.getByLabel('用户名').fill('half typed');
    await page.getByRole('button', { name: 'English' }).click();
    await heading(page, 'Sign in');
    expect(await page.getByLabel('User name').inputValue()).toBe('half typed');
  });
});
