/** People and their cards: from a new name to a card that opens the lane, and to one that no longer does. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { formatEm4100, parseCredentialKey } from '../../hardware/credential.ts';
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import { avatarPng } from '../../prisma/sample-avatar.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { cards, tag } from '../small-school.ts';
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

/** What came of a card, held to the reader long after the last one. */
async function answer(card: string): Promise<unknown> {
  await campus.clock.advanceAsync(5_000);
  await campus.swipe(card);
  const [last] = (await campus.events('passage.granted', 'passage.denied')).slice(-1);
  return last?.type === 'passage.denied' ? last.data.reason : 'granted';
}

const drawer = (page: Page, name: string) => page.getByRole('dialog', { name, exact: true });

/** Says why, and yes. */
async function because(page: Page, title: string, reason: string, yes: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title });
  await dialog.getByLabel('Reason').fill(reason);
  await dialog.getByRole('button', { name: yes }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function search(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Name, number, class or card number' }).fill(text);
}

it('adds a person, enrols a card at a reader, and finds both', async () => {
  const page = await visitors.visit(campus, '/people');
  await heading(page, 'People and cards');
  await page.getByRole('button', { name: 'Add a person' }).click();
  const form = page.getByRole('dialog', { name: 'Add a person' });
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await form.getByText('Please fill this in').waitFor();
  await form.getByLabel('Name', { exact: true }).fill('Nova Newcomer');
  await form.getByLabel('Student number').fill('S-77');
  await form.getByLabel('Class').fill('Class 7');
  await choose(form, 'Access groups', 'Everyone');
  // The list of a field that takes several stays open until the field is left.
  await form.getByLabel('Name', { exact: true }).click();
  await form.getByRole('button', { name: 'Add', exact: true }).click();

  const person = drawer(page, 'Nova Newcomer');
  await person.getByText('No card yet.').waitFor();
  await person.getByRole('button', { name: 'Enrol a card' }).click();
  await person.getByText('Hold the new card to a reader').waitFor();
  // A card of somebody else names its holder and can't be enrolled.
  expect(await answer(cards.ok)).toBe('granted');
  await person.getByText('This card belongs to Person ok.').waitFor();
  await person.getByText('A card has one holder.').waitFor();
  expect(await person.getByRole('button', { name: 'Enrol this card for Nova Newcomer' }).count()).toBe(0);

  const fresh = tag(0x700001);
  expect(await answer(fresh)).toBe('unknown-credential');
  await person.getByText('This card belongs to nobody yet.').waitFor();
  await person.getByText('the reader sends this').waitFor();
  await person.getByRole('button', { name: 'Enrol this card for Nova Newcomer' }).click();
  await page.getByText('The card now belongs to Nova Newcomer').waitFor();
  await person.getByText('Enrolled as 10H').waitFor();
  expect(await answer(fresh)).toBe('granted');

  await page.keyboard.press('Escape');
  await person.waitFor({ state: 'hidden' });
  await search(page, '0A00700001');
  await page.getByText('1 person', { exact: true }).waitFor();
  await page.getByRole('button', { name: /Nova Newcomer/ }).waitFor();
  await search(page, 'nobody of that name');
  await page.getByText('Nobody found').waitFor();
});

it('enrols a card by the number that is printed on it', async () => {
  const credential = parseCredentialKey(tag(0x6f6c3a));
  const printed = (credential && formatEm4100(credential, '8H10D')) ?? '';
  const page = await visitors.visit(campus, '/people?person=person-no-rule');
  const person = drawer(page, 'Person no-rule');
  await person.getByRole('button', { name: 'Enrol a card' }).click();
  await person.getByText('Type the number').click();
  const number = person.getByLabel('Number on the card');
  expect(printed).toMatch(/^\d{10}$/);
  await number.fill(printed);
  // Ten digits may be several numbers: nothing is enrolled before somebody says which.
  const enrol = person.getByRole('button', { name: 'Enrol this card for Person no-rule' });
  await person.getByRole('radio', { name: '10H' }).waitFor();
  expect(await enrol.isDisabled()).toBe(true);
  await person.getByRole('radio', { name: '8H10D' }).click();
  await enrol.click();
  await page.getByText('The card now belongs to Person no-rule').waitFor();
  await person.getByText('Enrolled as 8H10D').waitFor();
  // The reader sends the whole number, of which the printed one is a part.
  expect(await answer(tag(0x6f6c3a))).toBe('no-rule');
});

it('takes a card out of use and back, and a person too; the next swipe knows', async () => {
  const page = await visitors.visit(campus, '/people?person=person-other');
  const person = drawer(page, 'Person other');
  await person.getByRole('button', { name: 'Report lost' }).click();
  await because(page, 'Report the card', 'left on the bus', 'Report lost');
  await person.getByText('Lost', { exact: true }).waitFor();
  expect(await answer(cards.other)).toBe('credential-lost');
  await person.getByRole('button', { name: 'Found again' }).click();
  await because(page, 'is found', 'the driver brought it', 'Found again');
  await person.getByRole('button', { name: 'Report lost' }).waitFor();
  expect(await answer(cards.other)).toBe('granted');

  await person.getByRole('button', { name: 'Suspend' }).first().click();
  await because(page, 'Suspend Person other', 'until the parents have called', 'Suspend');
  await person.getByText('Suspended', { exact: true }).waitFor();
  expect(await answer(cards.other)).toBe('cardholder-suspended');
  const [changed] = (await campus.events('cardholder.changed')).slice(-1);
  expect(changed).toMatchObject({
    note: 'until the parents have called',
    data: { cardholderId: 'person-other' },
  });
});

it('keeps what another has changed since the form was opened', async () => {
  const open = async () =>
    drawer(await visitors.visit(campus, '/people?person=person-expired'), 'Person expired');
  const [late, early] = [await open(), await open()];
  const save = async (person: typeof late) => {
    await person.getByLabel('Reason').fill('a new school year');
    await person.getByRole('button', { name: 'Save' }).click();
    await person.page().getByText('Saved').waitFor();
  };
  await late.getByLabel('Class').fill('Class 9');
  await choose(early, 'Access groups', 'Responders');
  await early.getByLabel('Class').click();
  await save(early);
  await save(late);
  await late.getByTitle('Responders').waitFor();
  const boss = await campus.as('administrator');
  expect(await boss('people.get', { params: { id: 'person-expired' } })).toMatchObject({
    unit: 'Class 9',
    groupIds: ['group-all', 'group-responders'],
  });
});

it('takes a photo, and says which files are none', async () => {
  const page = await visitors.visit(campus, '/people?person=person-responder');
  const person = drawer(page, 'Person responder');
  await person.getByRole('button', { name: 'Add a photo' }).waitFor();
  const file = person.locator('input[type=file]');
  await file.setInputFiles({
    name: 'list.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7'),
  });
  await page.getByText('Please choose a JPEG, PNG or WebP picture').waitFor();
  await file.setInputFiles({ name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await page.getByText('This picture cannot be read').waitFor();
  expect(await person.locator('img').count()).toBe(0);

  await file.setInputFiles({ name: 'face.png', mimeType: 'image/png', buffer: Buffer.from(avatarPng(1)) });
  await page.getByText('The photo was saved').waitFor();
  await person.getByRole('button', { name: 'Change the photo' }).waitFor();
  await person.locator('img').waitFor();
  await page.waitForFunction(
    () => (document.querySelector<HTMLImageElement>('[role=dialog] img')?.naturalWidth ?? 0) > 0,
  );

  await file.setInputFiles({ name: 'newer.png', mimeType: 'image/png', buffer: Buffer.from(avatarPng(2)) });
  const why = page.getByRole('dialog', { name: 'Change the photo of Person responder' });
  await why.getByRole('button', { name: 'Newer picture' }).click();
  await why.getByRole('button', { name: 'Change it' }).click();
  await why.waitFor({ state: 'hidden' });
  const [changed] = (await campus.events('cardholder.changed')).slice(-1);
  expect(changed?.note).toBe('Newer picture');
});

it('gives a lost card to somebody else once that is asked and answered', async () => {
  const page = await visitors.visit(campus, '/people?person=person-ok');
  const person = drawer(page, 'Person ok');
  await person.getByRole('button', { name: 'Enrol a card' }).click();
  await person.getByText('Hold the new card to a reader').waitFor();
  expect(await answer(cards.lost)).toBe('credential-lost');
  await person.getByText('This card belongs to Person lost.').waitFor();
  await person.getByText('It was reported lost.').waitFor();
  await person.getByRole('button', { name: 'Enrol this card for Person ok' }).click();
  const dialog = page.getByRole('dialog', { name: 'Give a lost card to a new holder' });
  await dialog.getByText('This card is Person lost’s, reported lost. Give it to Person ok?').waitFor();
  expect(await campus.events('credential.passed-on')).toEqual([]);
  await dialog.getByRole('button', { name: 'Handed in and issued anew' }).click();
  await dialog.getByRole('button', { name: 'Give it to Person ok' }).click();
  await page.getByText('The card now belongs to Person ok').waitFor();
  expect(await answer(cards.lost)).toBe('granted');
  const [passage] = (await campus.events('passage.granted')).slice(-1);
  expect(passage?.data).toMatchObject({ cardholderId: 'person-ok' });
  expect(await campus.events('credential.passed-on')).toMatchObject([
    { data: { cardholderId: 'person-lost' } },
  ]);
});
