/** Two devices that look the same, set up from the screen; one that was moved to another socket. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ch340, usbBench } from '../usb-bench.ts';
import { choose, openVisitors, type Visitors } from './visitors.ts';

const bench = usbBench();
let campus: TestCampus<ManualClock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([
    startCampus({ doors: false, openers: bench.openers }),
    openVisitors(),
  ]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

async function addAt(page: Page, path: string, model: string, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a device' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add a device' });
  const row = wizard.getByRole('button', { name: path });
  await row.getByText('leave it there').waitFor();
  await row.click();
  await choose(wizard, 'Model', model);
  await wizard.getByLabel('Name of the device').fill(name);
  await wizard.getByRole('button', { name: 'Connect and test' }).click();
  await wizard.getByText('Online').waitFor();
  await wizard.getByRole('button', { name: /^(Next|Finish)$/ }).click();
  const later = wizard.getByRole('button', { name: 'Place it later' });
  if (model === 'RDM6300') await later.click();
  await wizard.waitFor({ state: 'hidden' });
}

it('sets up both twins, and one anew at another socket', async () => {
  const [reader, board] = [ch340(), ch340()];
  bench.plug(reader, '2');
  bench.plug(board, '3.1');
  const page = await visitors.visit(campus, '/gates?tab=devices');
  await addAt(page, '/dev/ttyUSB0', 'RDM6300', 'Twin reader');
  await addAt(page, '/dev/ttyUSB1', 'LCUS-1', 'Twin board');
  const devices = await (await campus.as('administrator'))('devices.list');
  const addressOf = (name: string) => devices.find((each) => each.name === name)?.address;
  const usb = { vendorId: 0x1a86, productId: 0x7523 };
  expect(addressOf('Twin reader')).toEqual({ kind: 'serial', usb: { ...usb, port: '2' } });
  expect(addressOf('Twin board')).toEqual({ kind: 'serial', usb: { ...usb, port: '3.1' } });

  bench.unplug(board);
  bench.plug(board, '4');
  await campus.clock.advanceAsync(10_000);
  const card = page.getByRole('article', { name: 'Twin board' });
  await card.getByText('choose the new place under').waitFor();
  await card.getByRole('button', { name: 'Details' }).click();
  const drawer = page.getByRole('dialog', { name: 'Twin board', exact: true });
  await drawer.getByRole('button', { name: 'Change where it is plugged in' }).click();
  const dialog = page.getByRole('dialog', { name: 'Where Twin board is plugged in' });
  expect(await dialog.getByRole('button', { name: '/dev/ttyUSB0' }).isDisabled()).toBe(true);
  expect(await dialog.getByRole('button', { name: 'Simulated device' }).count()).toBe(0);
  expect(await seriousFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: '1a86:7523 · 4' }).click();
  await dialog.getByRole('button', { name: 'Plugged in at another socket' }).click();
  await dialog.getByRole('button', { name: 'Change where it is plugged in' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await campus.clock.advanceAsync(1_000);
  await drawer.getByText('Online').waitFor();
});
