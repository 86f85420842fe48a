/** A guard sets the PIN for the kiosk, by the menu under their name. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { openVisitors, untilFaultAt, type Visitors } from './visitors.ts';

let campus: TestCampus;
let visitors: Visitors;
const pictures = process.env.KIOSK_PICTURES;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus({ doors: false }), openVisitors()]);
});
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

it('sets it with the password, and takes it away again', async () => {
  const page = await visitors.visit(campus, '/', { as: 'guard' });
  const open = async () => {
    await page.getByRole('button', { name: 'Account menu of Test guard' }).click();
    await page.getByRole('menuitem', { name: 'Kiosk PIN' }).click();
    await page.getByRole('heading', { name: 'Kiosk PIN', level: 1 }).waitFor();
  };
  await open();
  expect(await seriousFaults(page)).toEqual([]);
  await page.getByLabel('New PIN', { exact: true }).fill('730152');
  await page.getByLabel('The new PIN again').fill('730152');
  await page.getByLabel('Your password').fill('not this one');
  await page.getByRole('button', { name: 'Save the PIN' }).click();
  await untilFaultAt(page.getByLabel('Your password'), 'The current password is wrong');
  if (pictures) await page.screenshot({ path: `${pictures}/kiosk-pin.png` });
  await page.getByLabel('Your password').fill('own password of guard');
  await page.getByRole('button', { name: 'Save the PIN' }).click();
  await page.getByText('Your kiosk PIN is set').waitFor();
  expect(await campus.events('kiosk-pin.set')).toHaveLength(1);
  await open();
  await page.getByLabel('Your password').fill('own password of guard');
  await page.getByRole('button', { name: 'Take my PIN away' }).click();
  await page.getByText('You have no kiosk PIN any more').waitFor();
  expect(await campus.events('kiosk-pin.removed')).toHaveLength(1);
});
