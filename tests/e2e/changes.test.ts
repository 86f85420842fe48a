/** Who changed what, from what to what, and why: asked for where it is changed, read in the live log. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { choose, openVisitors, untilFaultAt, type Visitors } from './visitors.ts';

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

/** Presses a button that removes something, and says yes and why. */
async function remove(page: Page, button: string, title: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Presses it in vain: the sentence says what has to go first. */
async function refused(page: Page, button: string, sentence: string): Promise<void> {
  await page.getByRole('button', { name: button }).click();
  const dialog = page.getByRole('dialog', { name: 'This cannot be removed yet' });
  await dialog.getByText(sentence).waitFor();
  await dialog.getByRole('button', { name: 'OK' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

it('a gate and its lane are removed once nothing stands in the way, and the log still tells of them', async () => {
  const admin = await campus.as('administrator');
  const gate = await admin('gates.add', { body: { name: 'Back gate' } });
  const lane = await admin('lanes.add', { body: { gateId: gate.id, name: 'Wicket' } });
  const page = await visitors.visit(campus, '/gates');
  await refused(page, 'Remove the gate Back gate', 'The gate Back gate still has lanes.');

  await page.getByRole('article', { name: 'Lane 1' }).getByRole('button', { name: 'Edit' }).click();
  await refused(page, 'Remove the lane', 'Readers still stand at the lane Lane 1:');
  const editor = page.getByRole('dialog');
  await editor.getByRole('button', { name: 'Close' }).click();
  await editor.waitFor({ state: 'hidden' });

  await page.getByRole('article', { name: 'Wicket' }).getByRole('button', { name: 'Edit' }).click();
  await remove(page, 'Remove the lane', 'Remove the lane Wicket?', 'walled up');
  await page.getByText('The lane Wicket was removed').waitFor();
  await page.getByRole('article', { name: 'Wicket' }).waitFor({ state: 'detached' });
  await remove(page, 'Remove the gate Back gate', 'Remove the gate Back gate?', 'no way through');
  await page.getByRole('heading', { name: 'Back gate' }).waitFor({ state: 'detached' });

  const detail = await record(page, 'removed the lane Back gate · Wicket');
  await detail.getByText('walled up').first().waitFor();
  // After a restart nobody knows the names any more: the rows say what it was, and that it is gone.
  await campus.restart();
  const mark = `${lane.id.slice(0, 8)} (removed)`;
  const gone = await record(page, `removed the lane ${mark}`);
  await gone.getByRole('row', { name: 'Lane' }).getByText(mark).waitFor();
});

it('people are taken into a group and out of it; an empty group without rules can go', async () => {
  const admin = await campus.as('administrator');
  const group = await admin('access.add-group', { body: { name: 'Choir' } });
  const page = await visitors.visit(campus, '/access?tab=groups');
  await page.getByRole('button', { name: 'Members of Choir' }).click();
  const members = page.getByRole('dialog', { name: 'Members of Choir' });
  await choose(members, 'Add', 'Person ok');
  await choose(members, 'Add', 'Person other');
  await members.getByRole('button', { name: 'Add' }).click();
  await page.getByText('2 people were added').waitFor();
  await members.getByText('2 members').waitFor();
  await members.getByLabel('Search among the members').fill('other');
  await members.getByText('Person ok', { exact: true }).waitFor({ state: 'detached' });
  await members.getByLabel('Search among the members').fill('');

  await page.keyboard.press('Escape');
  await members.waitFor({ state: 'hidden' });
  await refused(page, 'Remove the group Choir', 'The group Choir still has 2 members.');
  await page.getByRole('button', { name: 'Members of Choir' }).click();
  for (const name of ['Person ok', 'Person other'])
    await remove(page, `Take ${name} out of the group`, `Take ${name} out of Choir?`, 'sings no more');
  await members.getByText('0 members').waitFor();
  await page.keyboard.press('Escape');
  await members.waitFor({ state: 'hidden' });
  await remove(page, 'Remove the group Choir', 'Remove the group Choir?', 'there is no choir now');
  await page.getByText('Choir', { exact: true }).waitFor({ state: 'detached' });
  expect((await campus.events('access-group.removed')).map(({ data, note }) => [data, note])).toEqual([
    [{ groupId: group.id }, 'there is no choir now'],
  ]);
  const detail = await record(page, 'changed Person other: access groups');
  await detail.getByText('sings no more').first().waitFor();
});

it('a schedule that a rule uses stays; one that none uses goes', async () => {
  const admin = await campus.as('administrator');
  const unused = { name: 'Evenings', ignoresCalendar: false, windows: [] };
  await admin('access.add-schedule', { body: unused });
  const [used] = (await admin('access.get')).rules.map(({ scheduleId }) => scheduleId);
  const name = (await admin('access.get')).schedules.find(({ id }) => id === used)?.name ?? '';
  const page = await visitors.visit(campus, '/access?tab=schedules');
  await refused(page, `Remove the schedule ${name}`, `Rules still use the schedule ${name}.`);
  await remove(page, 'Remove the schedule Evenings', 'Remove the schedule Evenings?', 'no evening school');
  await page.getByRole('heading', { name: 'Evenings' }).waitFor({ state: 'detached' });
});
