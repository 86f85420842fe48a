/** Gates and readers: a new reader from the wizard to its first passage, and what is shown when it fails. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { parseCredentialKey } from '../../hardware/credential.ts';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { cards, ids } from '../small-school.ts';
import { untilState } from '../until.ts';
import { choose, heading, openVisitors, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([startCampus({ doors: false }), openVisitors()]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const device = (page: Page, name: string) => page.getByRole('article', { name });

it('adds a simulated reader: tried, put on a lane, and the first card passes', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  await heading(page, 'Gates and readers');
  await page.getByRole('button', { name: 'Add a device' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add a device' });
  await wizard.getByRole('button', { name: 'Simulated device' }).click();
  await choose(wizard, 'Model', 'RDM6300');
  await wizard.getByLabel('Name of the device').fill('Side entrance');
  await wizard.getByRole('button', { name: 'Connect and test' }).click();
  await wizard.getByText('Hold a card to this reader now').waitFor();
  await wizard.getByText('Online').waitFor();
  const added = (await (await campus.as('administrator'))('devices.list')).find(
    ({ name }) => name === 'Side entrance',
  );
  const deviceId = added?.id ?? '';

  // It stands nowhere yet: a good card shows its number and opens nothing.
  await campus.swipe('ok', deviceId);
  await wizard.getByText('This card belongs to Person ok.').waitFor();
  await wizard.getByText('the reader sends this').waitFor();
  expect(await campus.events('passage.granted')).toEqual([]);

  await wizard.getByRole('button', { name: 'Next' }).click();
  await wizard.getByLabel('Name of the reader').fill('Side entrance, outside');
  await choose(wizard, 'Lane', 'Lane 1');
  await wizard.getByRole('button', { name: 'Finish' }).click();
  await page.getByText('The device was added').waitFor();
  await wizard.waitFor({ state: 'hidden' });

  await campus.swipe('other', deviceId);
  const [granted] = await campus.events('passage.granted');
  expect(granted?.data).toMatchObject({ cardholderId: 'person-other', laneId: ids.lane, direction: 'in' });
  await device(page, 'Side entrance').getByText('Lane 1: Side entrance, outside').waitFor();
});

it('takes away again what was not kept', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  await page.getByRole('button', { name: 'Add a device' }).click();
  const wizard = page.getByRole('dialog', { name: 'Add a device' });
  await wizard.getByRole('button', { name: 'Simulated device' }).click();
  await choose(wizard, 'Model', 'LCUS-1');
  await wizard.getByLabel('Name of the device').fill('Not wanted');
  await wizard.getByRole('button', { name: 'Connect and test' }).click();
  await wizard.getByRole('button', { name: 'Do not keep it' }).click();
  await wizard.waitFor({ state: 'hidden' });
  const devices = await (await campus.as('administrator'))('devices.list');
  expect(devices.map(({ name }) => name)).not.toContain('Not wanted');
});

it('changes a posture with a reason: the next card is refused', async () => {
  const page = await visitors.visit(campus, '/gates');
  const lane = page.getByRole('article', { name: 'Lane 1' });
  await lane.getByRole('button', { name: 'Posture' }).click();
  const dialog = page.getByRole('dialog', { name: 'Posture of Lane 1' });
  await dialog.getByRole('radio', { name: 'Lockdown' }).check();
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByText('Say why, in 2 to 300 characters').waitFor();
  await dialog.getByLabel('Reason').fill('a dog on the grounds');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await lane.getByText('Lockdown').waitFor();
  await campus.clock.advanceAsync(5_000);
  await campus.swipe('ok');
  const [denied] = await campus.events('passage.denied');
  expect(denied?.data).toMatchObject({ reason: 'lane-lockdown', cardholderId: 'person-ok' });
  const [changed] = await campus.events('lane.posture-changed');
  expect(changed).toMatchObject({
    note: 'a dog on the grounds',
    data: { from: 'controlled', to: 'lockdown' },
  });
});

it('shows a reader that was unplugged, what to do, and that it is back', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const card = device(page, ids.readerOut);
  await card.getByText('Online').waitFor();
  await card.getByRole('button', { name: 'Details' }).click();
  const drawer = page.getByRole('dialog', { name: ids.readerOut });
  await drawer.getByRole('button', { name: 'Pull the plug' }).click();
  await drawer.getByText('Offline').waitFor();
  await drawer.getByText('Plug it in again. If it happens often').waitFor();
  await drawer.getByRole('button', { name: 'Plug it in again' }).waitFor();
  // Looked for again in vain: it is still to be plugged in.
  await campus.clock.advanceAsync(5_000);
  await drawer.getByText('The device is not there').waitFor();
  await drawer.getByRole('button', { name: 'Plug it in again' }).waitFor();
  await page.getByRole('link', { name: /Devices.*1 offline/ }).waitFor();
  await drawer.getByRole('button', { name: 'Plug it in again' }).click();
  const { hardware } = campus.app.campus;
  const back = untilState(hardware, ids.readerOut, 'online');
  let online = false;
  void back.then(() => {
    online = true;
  });
  while (!online) await campus.clock.advanceAsync(1_000);
  await drawer.getByText('Online').waitFor();
});

it('counts frames that arrive damaged, and says what to look at', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const card = device(page, ids.readerIn);
  await card.getByText('no errors').waitFor();
  const reader = campus.app.campus.hardware.simulated(ids.readerIn);
  const credential = parseCredentialKey(cards.ok);
  if (!credential) throw new Error('no card');
  reader?.misbehave({ badChecksum: true });
  for (let frame = 0; frame < 12; frame++) reader?.present?.(credential);
  reader?.misbehave({ badChecksum: false });
  const passages = await campus.events('passage.granted', 'passage.denied');
  // Asked for by itself.
  await card.getByText('12 frame errors').waitFor();
  await card.getByText('Disturbed line').waitFor();
  await card.getByText('Check the cable, the ground wire and the baud rate.').waitFor();
  // Nothing of it was taken for a card, and the next good frame is.
  expect(await campus.events('passage.granted', 'passage.denied')).toEqual(passages);
  await campus.clock.advanceAsync(5_000);
  await campus.swipe('ok');
  expect(await campus.events('passage.granted', 'passage.denied')).toHaveLength(passages.length + 1);
});

it('shows which form a text looks like, and sets it by a button', async () => {
  const client = await campus.as('administrator');
  const { id } = await client('devices.add', {
    body: { name: 'Desk', model: 'text-line', address: { kind: 'sim' } },
  });
  await campus.clock.advanceAsync(1_000);
  const page = await visitors.visit(campus, '/gates?tab=devices');
  await device(page, 'Desk').getByRole('button', { name: 'Details' }).click();
  const drawer = page.getByRole('dialog', { name: 'Desk' });
  await drawer.getByText('Hold a card to this reader now').waitFor();
  await campus.swipe('text:80:0040856634', id);
  await drawer.getByText('Looks like 10H, 8H10D, or 4H4H').waitFor();
  await drawer.getByText('The notation is set to “Text (QR, bar code)”.').waitFor();
  await drawer.getByRole('button', { name: 'Set the notation to 8H10D' }).click();
  await drawer.getByText('The notation is 8H10D now.').waitFor();
  // The settings below follow.
  await drawer.getByText('8H10D: 10 digits').waitFor();
  await campus.clock.advanceAsync(1_000);
  await campus.swipe('em4100:40:01026F6C3A', id);
  await drawer.locator('.xm-form-sent', { hasText: '8H10D' }).getByText('0040856634').waitFor();
  expect(await drawer.getByText('Looks like').count()).toBe(0);
});
