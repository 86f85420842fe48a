/** Who may come in, and what each finds: signing in and out, roles, temporary passwords, suspension. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../hardware/index.ts';
import type { Clock } from '../../hardware/ports.ts';
import { administrator, startCampus, type TestCampus } from '../harness.ts';
import { heading, menuOf, openVisitors, signIn, untilFaultAt, type Visitors } from './visitors.ts';

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

const notAllowed = 'Your account may not open this page';
const wrong = 'The user name or password is wrong.';

/** Adds the account on the page of accounts; its temporary password, read from the screen. */
async function addAccount(page: Page, name: string, username: string, role: string): Promise<string> {
  await page.getByRole('button', { name: 'Add account' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add an account' });
  await dialog.getByLabel('Name', { exact: true }).fill(name);
  await dialog.getByLabel('User name').fill(username);
  await dialog.getByRole('radio', { name: role }).check();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  return noteDown(page, name);
}

/** The temporary password that is shown this once. */
async function noteDown(page: Page, name: string): Promise<string> {
  const once = page.getByRole('dialog', { name: `Temporary password of ${name}` });
  const password = await once.getByRole('definition').nth(1).getByRole('code').innerText();
  await once.getByRole('button', { name: 'I have noted it' }).click();
  await once.waitFor({ state: 'hidden' });
  return password;
}

/** Chooses an act in the account's menu, and says yes and why. */
async function act(page: Page, name: string, what: string): Promise<void> {
  await page.getByRole('button', { name: `Change the account of ${name}` }).click();
  await page.getByRole('menuitem', { name: what }).click();
  await page.getByRole('dialog').getByLabel('Reason').fill(`a test of: ${what}`);
  await page.getByRole('dialog').getByRole('button', { name: what, exact: true }).click();
}

async function choosePassword(page: Page, current: string, next: string): Promise<void> {
  await page.getByLabel('Temporary password').fill(current);
  await page.getByLabel('New password').fill(next);
  await page.getByLabel('The password again').fill(next);
  await page.getByRole('button', { name: 'Save the new password' }).click();
}

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('signing in and out', () => {
  it('says that a password is wrong, and leads back to where somebody wanted to go', async () => {
    const page = await visitors.visit(campus, '/people?kind=student', { as: 'nobody' });
    await heading(page, 'Sign in');
    await signIn(page, administrator.username, 'not the password');
    await page.getByText(wrong).waitFor();
    const password = page.getByLabel('Password', { exact: true });
    expect(await password.inputValue()).toBe('');
    expect(await password.evaluate((input) => input === document.activeElement)).toBe(true);

    await signIn(page, administrator.username, administrator.password);
    await heading(page, 'People and cards');
    expect(new URL(page.url()).search).toBe('?kind=student');

    await page.getByRole('button', { name: `Account menu of ${administrator.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(page, 'Sign in');
    await page.goto(`${campus.url}/people`);
    await heading(page, 'Sign in');
  });

  it.each([
    {
      role: 'guard',
      screens: [
        ...['Live log', 'Lane screens', 'Visitors', 'Alarms', 'My visitors'],
        ...['Gates and readers', 'Kiosks', 'Screening lists', 'People and cards'],
      ],
    },
    {
      role: 'auditor',
      screens: [
        'Live log',
        'Lane screens',
        'Visitors',
        'Alarms',
        'Gates and readers',
        'Kiosks',
        'Visit reports',
        'People and cards',
        'Access rights',
      ],
    },
  ] as const)(
    'shows a $role the screens of that role and says so of the others',
    async ({ role, screens }) => {
      const page = await visitors.visit(campus, '/accounts', { as: role });
      await page.getByText(notAllowed).waitFor();
      expect(await menuOf(page)).toEqual(screens);
      await page.getByRole('button', { name: 'Back to the start' }).click();
      await heading(page, 'Live log');
      await page.getByRole('link', { name: 'People and cards' }).click();
      await page.getByText('Person ok', { exact: true }).waitFor();
      expect(await page.getByRole('button', { name: 'Add a person' }).count()).toBe(0);
    },
  );

  it('leads a host to their visitors, and to nothing else', async () => {
    const page = await visitors.visit(campus, '/', { as: 'host' });
    await heading(page, 'My visitors');
    expect(await menuOf(page)).toEqual(['My visitors']);
    await page.goto(`${campus.url}/lanes/lane-1`);
    await page.getByText(notAllowed).waitFor();
  });
});

describe('the page of accounts', () => {
  it('gives a temporary password, which must be changed before anything else', async () => {
    const boss = await visitors.visit(campus, '/accounts');
    const temporary = await addAccount(boss, 'Gale Guard', 'gale', 'Guard');
    await rowOf(boss, 'Gale Guard').getByText('Temporary password', { exact: true }).waitFor();

    const page = await visitors.visit(campus, '/', { as: 'nobody' });
    await signIn(page, 'gale', temporary);
    await page.getByText('You signed in with a temporary password').waitFor();
    await page.goto(`${campus.url}/people`);
    await heading(page, 'Change password');
    await choosePassword(page, temporary, 'short');
    await untilFaultAt(page.getByLabel('New password'), 'At least 10 characters');
    await choosePassword(page, 'not the temporary one', 'a password of my own');
    await untilFaultAt(page.getByLabel('Temporary password'), 'The current password is wrong.');
    await choosePassword(page, temporary, temporary);
    await untilFaultAt(
      page.getByLabel('New password'),
      'The new password is the same as the current one. Choose another.',
    );
    await choosePassword(page, temporary, 'a password of my own');
    await heading(page, 'Live log');

    await boss.reload();
    await rowOf(boss, 'Gale Guard').getByText('Active').waitFor();
  });

  it('says that a temporary password has run out, to its owner and to who gave it', async () => {
    const boss = await visitors.visit(campus, '/accounts');
    const temporary = await addAccount(boss, 'Olga Overdue', 'olga', 'Guard');
    const { db } = campus.app.campus;
    await db.transaction((tx) =>
      tx.user.updateMany({ where: { username: 'olga' }, data: { temporaryUntil: campus.clock.now() } }),
    );
    const page = await visitors.visit(campus, '/', { as: 'nobody' });
    await signIn(page, 'olga', temporary);
    await page.getByText('This temporary password has run out.').waitFor();
    await boss.reload();
    await rowOf(boss, 'Olga Overdue').getByText('Temporary password ran out').waitFor();
  });

  it('refuses a user name that is taken, at its field', async () => {
    const boss = await visitors.visit(campus, '/accounts');
    await boss.getByRole('button', { name: 'Add account' }).click();
    const dialog = boss.getByRole('dialog', { name: 'Add an account' });
    await dialog.getByLabel('Name', { exact: true }).fill('Somebody Else');
    await dialog.getByLabel('User name').fill(administrator.username);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await untilFaultAt(dialog.getByLabel('User name'), 'is taken. Choose another.');
  });

  it('throws a suspended account out of an open page at once, and takes it back', async () => {
    const boss = await visitors.visit(campus, '/accounts');
    const temporary = await addAccount(boss, 'Sam Suspended', 'sam', 'Guard');
    const page = await visitors.visit(campus, '/', { as: 'nobody' });
    await signIn(page, 'sam', temporary);
    await choosePassword(page, temporary, 'a password of my own');
    await heading(page, 'Live log');

    await act(boss, 'Sam Suspended', 'Suspend');
    // Nothing is pressed there.
    await heading(page, 'Sign in');
    await signIn(page, 'sam', 'a password of my own');
    await page.getByText('This account is suspended.').waitFor();
    await rowOf(boss, 'Sam Suspended').getByText('Suspended', { exact: true }).waitFor();

    await act(boss, 'Sam Suspended', 'Restore');
    await rowOf(boss, 'Sam Suspended').getByText('Active').waitFor();
    await signIn(page, 'sam', 'a password of my own');
    await heading(page, 'Live log');
  });

  it('changes a role, and resets a password', async () => {
    const boss = await visitors.visit(campus, '/accounts');
    const first = await addAccount(boss, 'Rob Role', 'rob', 'Host');
    const page = await visitors.visit(campus, '/', { as: 'nobody' });
    await signIn(page, 'rob', first);
    await choosePassword(page, first, 'a password of my own');
    await heading(page, 'My visitors');

    await boss.getByRole('button', { name: 'Change the account of Rob Role' }).click();
    await boss.getByRole('menuitem', { name: 'Change role' }).click();
    const dialog = boss.getByRole('dialog', { name: 'Change the role of Rob Role' });
    await dialog.getByRole('radio', { name: 'Auditor' }).check();
    await dialog.getByLabel('Reason').fill('inspects the school');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await rowOf(boss, 'Rob Role').getByRole('cell', { name: 'Auditor' }).waitFor();
    await page.goto(campus.url);
    await heading(page, 'Live log');

    await act(boss, 'Rob Role', 'Reset password');
    const second = await noteDown(boss, 'Rob Role');
    expect(second).not.toBe(first);
    await heading(page, 'Sign in');
    await signIn(page, 'rob', 'a password of my own');
    await page.getByText(wrong).waitFor();
    await signIn(page, 'rob', second);
    await heading(page, 'Change password');

    const accounts = await (await campus.as('administrator'))('accounts.list');
    const accountId = accounts.find(({ username }) => username === 'rob')?.id;
    const told = await campus.events('account.role-changed', 'account.password-reset');
    expect(told.map(({ type, data, note }) => ({ type, data, note }))).toEqual([
      {
        type: 'account.role-changed',
        data: { accountId, from: 'host', to: 'auditor' },
        note: 'inspects the school',
      },
      { type: 'account.password-reset', data: { accountId }, note: 'a test of: Reset password' },
    ]);
  });
});
