/** A host invites, answers for who waits at the gate, and gives the receipt: from the invitation to the open lane. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import en from '../../admin/locales/en/hosting.json' with { type: 'json' };
import zh from '../../admin/locales/zh-CN/hosting.json' with { type: 'json' };
import type { ManualClock } from '../../hardware/sim/manual-clock.ts';
import pass from '../../pass/locales/en.json' with { type: 'json' };
import { seriousFaults, sizes } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { addType, register, scanned } from '../visits.ts';
import { readCode } from './read-code.ts';
import { heading, menuOf, openVisitors, untilFaultAt, type Visitors } from './visitors.ts';

let campus: TestCampus<ManualClock>;
let visitors: Visitors;
let typeId: string;
let hostId: string;
const pictures = process.env.HOST_PICTURES;

beforeAll(async () => {
  [campus, visitors] = await Promise.all([
    startCampus({
      readerModel: { model: 'text-line', options: {} },
      readerOutModel: 'text-line',
      doors: false,
    }),
    openVisitors(),
  ]);
  const fields = {
    phone: 'optional',
    organisation: 'optional',
    purpose: 'required',
    plate: 'optional',
  } as const;
  typeId = await addType(campus, {
    names: { 'zh-CN': '常客', en: 'Regular' },
    // The first of the list, and so the one that a form begins with.
    position: -1,
    fields: { ...fields, companions: 'optional' },
    stayMinutes: 90,
  });
  hostId = (await (await campus.as('host'))('session.get')).account.id;
});
afterEach(async () => {
  await visitors.leave();
  // Nobody is left for the next test.
  const [host, guard] = [await campus.as('host'), await campus.as('guard')];
  for (const show of ['waiting', 'inside', 'expected'] as const) {
    const { visits } = await host('visits.mine', { query: { show, limit: 200 } });
    for (const { id } of visits) {
      const call = { params: { id }, body: { reason: 'the test is over' } };
      await guard(show === 'inside' ? 'visits.sign-out' : 'visits.refuse', call);
    }
  }
});
afterAll(async () => {
  await visitors?.close();
  await campus?.close();
});

const open = (path = '/my-visitors') => visitors.visit(campus, path, { as: 'host', at: campus.clock.now() });
const cardOf = (page: Page, name: string) => page.getByRole('article').filter({ hasText: name });
const press = (page: Page, act: string, name: string) =>
  page.getByRole('button', { name: `${act}: ${name}` }).click();
/** A visitor whom nobody has announced. */
const atGate = (name: string, more: Record<string, unknown> = {}) =>
  register(campus, typeId, { name, hostId, purpose: 'Repairs', ...more });

async function looksRight(page: Page, name: string): Promise<void> {
  if (pictures) await page.screenshot({ path: `${pictures}/${name}.png` });
  expect(await seriousFaults(page)).toEqual([]);
}

async function settled(): Promise<void> {
  await campus.clock.advanceAsync(5000);
  await campus.app.campus.settled();
}

it('is all that a host is offered, and nothing is asked for in vain', async () => {
  const page = await open('/sign-in');
  const refused: string[] = [];
  page.on('response', (answer) => {
    if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
  });
  await page.goto(campus.url);
  await heading(page, 'My visitors');
  expect(new URL(page.url()).pathname).toBe('/my-visitors');
  expect(await menuOf(page)).toEqual(['My visitors']);
  await page.getByText('No visitors today').waitFor();
  for (const tab of ['Coming', 'Past', 'Today']) await page.getByRole('link', { name: tab }).click();
  await page.getByRole('button', { name: 'Invite a visitor' }).click();
  await page.getByLabel('Visitor’s name').waitFor();
  expect(refused).toEqual([]);
});

it('invites a visitor, whose telephone opens the lane; arrival and departure are one press each', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Invite a visitor' }).click();
  const form = page.getByRole('dialog', { name: 'Invite a visitor' });
  await form.getByLabel('Visitor’s name').fill('Anna Test');
  await form.getByLabel('Purpose').fill('Parents’ evening');
  await form.getByLabel('Number plate').fill('no plate');
  await form.getByText('Empty: 1:30 h later').waitFor();
  await looksRight(page, 'invite');
  await form.getByRole('button', { name: 'Invite', exact: true }).click();
  await untilFaultAt(form.getByLabel('Number plate'), 'This is no number plate');
  await form.getByLabel('Number plate').fill('京A12345');
  await form.getByRole('button', { name: 'Invite', exact: true }).click();
  const sent = page.getByRole('dialog', { name: 'Invited: send the pass' });
  const message = await sent.getByLabel('Message for the visitor').inputValue();
  expect(message).toMatch(/^Anna Test, you are expected at Small School on 2026-09-02 07:30\./);
  const url = /http\S+$/.exec(message)?.[0] ?? '';
  expect((await readCode(await sent.locator('figure svg').screenshot()))?.text).toBe(url);
  await looksRight(page, 'invited');
  await sent.getByRole('button', { name: 'Done' }).click();
  await cardOf(page, 'Anna Test').getByText('Invited', { exact: true }).waitFor();

  const phone = await visitors.visit(campus, url, { as: 'nobody', viewport: { width: 360, height: 740 } });
  await phone.getByRole('heading', { name: pass.standing.good }).waitFor();
  const token = (await readCode(await phone.screenshot()))?.text ?? '';
  await campus.swipe(scanned(token));
  await settled();
  const card = cardOf(page, 'Anna Test');
  await card.getByText('On the way to you').waitFor();
  await looksRight(page, 'inside');
  await press(page, 'Has arrived', 'Anna Test');
  await card.getByText('With you', { exact: true }).waitFor();
  await press(page, 'Has left me', 'Anna Test');
  await card.getByText('Has left you', { exact: true }).waitFor();
  await campus.swipe(scanned(token), ids.readerOut);
  await settled();
  await page.getByText('No visitors today').waitFor();
  await page.getByRole('link', { name: 'Past' }).click();
  await cardOf(page, 'Anna Test').getByText('Left', { exact: true }).waitFor();
  await cardOf(page, 'Anna Test').getByRole('button', { name: 'Anna Test', exact: true }).click();
  const all = page.getByRole('dialog', { name: 'Anna Test' });
  await all.getByText('You confirmed the arrival').waitFor();
  await looksRight(page, 'past');
  const told = await campus.events('passage.granted', 'visit.receipt');
  expect(told.map(({ data }) => ('receipt' in data ? data.receipt : 'granted'))).toEqual([
    'granted',
    'met',
    'parted',
    'granted',
  ]);
});

it('invites again and again, each time with a pass of its own, and cancels one with a reason', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Invite a visitor' }).click();
  const form = page.getByRole('dialog', { name: 'Invite a visitor' });
  await form.getByLabel('Visitor’s name').fill('Wanda Weekly');
  await form.getByText('Again and again').click();
  // The second of September 2026 is a Wednesday.
  expect(await form.getByRole('checkbox', { name: 'Wed' }).isChecked()).toBe(true);
  await form.getByLabel('Day', { exact: true }).fill('2026-09-03');
  await form.getByRole('checkbox', { name: 'Fri' }).check();
  const until = form.getByLabel('Until', { exact: true });
  await until.fill('2026-09-03');
  await form.getByRole('button', { name: 'Invite', exact: true }).click();
  await untilFaultAt(until, 'None of these days');
  await until.fill('2026-09-11');
  await form.getByText('3 visits, each with a pass of its own').waitFor();
  await looksRight(page, 'again');
  await form.getByRole('button', { name: 'Invite', exact: true }).click();
  const sent = page.getByRole('dialog', { name: '3 visits are invited: send the passes' });
  await sent.getByRole('listitem').nth(2).waitFor();
  await sent.getByRole('button', { name: 'Done' }).click();
  await page.getByText('No visitors today').waitFor();
  await page.getByRole('link', { name: 'Coming' }).click();
  await page.getByRole('heading', { name: 'Friday, September 4, 2026' }).waitFor();
  await looksRight(page, 'coming');
  await cardOf(page, 'Wanda Weekly')
    .first()
    .getByRole('button', { name: 'Wanda Weekly', exact: true })
    .click();
  const drawer = page.getByRole('dialog', { name: 'Wanda Weekly' });
  await drawer.getByRole('button', { name: 'Cancel the visit: Wanda Weekly' }).click();
  const why = page.getByRole('dialog', { name: 'Cancel the visit of Wanda Weekly?' });
  await why.getByRole('button', { name: 'Another day was agreed' }).click();
  await why.getByRole('button', { name: 'Cancel the visit' }).click();
  await drawer.getByText('Cancelled', { exact: true }).waitFor();
  const [told] = await campus.events('visit.refused').then((all) => all.slice(-1));
  expect(told).toMatchObject({ note: 'Another day was agreed', data: { from: 'expected', to: 'refused' } });
});

describe('a group', () => {
  const button = (page: Page, name: string) =>
    page.getByRole('dialog', { name: 'Invite a group' }).getByRole('button', { name, exact: true });

  it('is invited from a list once no line of it is wrong, and nobody before', async () => {
    const page = await open();
    const before = (await campus.events('visit.added')).length;
    await page.getByRole('button', { name: 'Invite a group' }).click();
    const form = page.getByRole('dialog', { name: 'Invite a group' });
    const bad =
      'name,phone,plate\nGerd Group,13800138000,\nGreta Group,call me,\n,13800138002,\nGus Group,,京A1\n';
    const file = { name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(bad) };
    await form.locator('input[type=file]').setInputFiles(file);
    const faults = form.getByRole('alert');
    await faults.getByText('Nobody is invited yet: 3 places need a look').waitFor();
    expect(await faults.getByRole('listitem').allInnerTexts()).toEqual(
      [
        'Line 3: this is no telephone number.',
        'Line 4: the name is missing or too long.',
        'Line 5: this is no number plate.',
      ].sort(),
    );
    await looksRight(page, 'group-bad');
    expect(await button(page, 'Invite 3 guests').count()).toBe(0);
    await form.getByLabel('List of guests').fill('name,phone\nGerd Group,13800138000\nGreta Group,\n');
    await button(page, 'Check the list').click();
    await form.getByText('The list is good: 2 guests').waitFor();
    expect(await campus.events('visit.added')).toHaveLength(before);
    await looksRight(page, 'group-good');
    await button(page, 'Invite 2 guests').click();
    const sent = page.getByRole('dialog', { name: '2 visits are invited: send the passes' });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await sent.getByRole('button', { name: 'Copy the table' }).click();
    await sent.getByRole('button', { name: 'Copied' }).waitFor();
    const table = await page.evaluate(() => navigator.clipboard.readText());
    expect(table.split('\n').map((line) => line.split('\t')[0])).toEqual(['Gerd Group', 'Greta Group']);
    expect(table).toContain(`${campus.url}/pass/#`);
    await looksRight(page, 'invited-group');
    await sent.getByRole('button', { name: 'Done' }).click();
    await cardOf(page, 'Greta Group').getByText('Invited', { exact: true }).waitFor();
  });

  it('has a template that is itself a good list', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Invite a group' }).click();
    const form = page.getByRole('dialog', { name: 'Invite a group' });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('link', { name: 'Template' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('guests.csv');
    await form.locator('input[type=file]').setInputFiles(await download.path());
    await form.getByText('The list is good: 1 guest').waitFor();
  });
});

/** What the system was asked to show, and what became of it. */
interface Told {
  title: string;
  body: string;
  shown: boolean;
  closed: boolean;
  click(): void;
}
type Watched = typeof globalThis & { told: Told[]; asked: boolean[] };

/** The browser's own notices, noted down; `refused` as by somebody who wants none of this site. */
async function watchNotices(page: Page, refused = false): Promise<void> {
  await page.addInitScript((no) => {
    const watched = globalThis as Watched;
    watched.told = [];
    watched.asked = [];
    const Real = Notification;
    class Watching extends Real {
      static override get permission() {
        return no ? 'denied' : Real.permission;
      }
      static override requestPermission() {
        watched.asked.push(navigator.userActivation.isActive);
        return Real.requestPermission();
      }
      constructor(title: string, how: NotificationOptions) {
        super(title, how);
        const told: Told = {
          ...{ title, body: how.body ?? '', shown: false, closed: false },
          click: () => this.dispatchEvent(new Event('click')),
        };
        this.addEventListener('show', () => {
          told.shown = true;
        });
        this.addEventListener('close', () => {
          told.closed = true;
        });
        watched.told.push(told);
      }
    }
    Object.defineProperty(globalThis, 'Notification', { value: Watching });
  }, refused);
}

describe('a visitor whom nobody announced', () => {
  it('is told of by the system, once a press of a button has allowed it, and the notice leads to the visit', async () => {
    const page = await open('/sign-in');
    await watchNotices(page);
    await page.goto(`${campus.url}/my-visitors?tab=past`);
    const allow = page.getByRole('button', { name: 'Notify me on this computer' });
    await allow.waitFor();
    // What somebody answers when the browser asks.
    await page.context().grantPermissions(['notifications']);
    await allow.click();
    await page.getByText('This computer notifies you when a visitor waits.').waitFor();
    expect(await page.evaluate(() => (globalThis as Watched).asked)).toEqual([true]);
    // Whatever screen is open.
    await page.goto(`${campus.url}/nowhere`);
    await heading(page, 'No such page');
    await atGate('Wally Waiting', { phone: '13800138000', idKind: 'passport', idNumber: 'E12345678' });
    await page.waitForFunction(() => (globalThis as Watched).told[0]?.shown);
    const [told] = await page.evaluate(() =>
      (globalThis as Watched).told.map(({ title, body }) => ({ title, body })),
    );
    expect(told).toEqual({ title: 'Wally Waiting is at the gate and waits for you', body: 'Repairs' });
    await page.evaluate(() => (globalThis as Watched).told[0]?.click());
    const drawer = page.getByRole('dialog', { name: 'Wally Waiting' });
    await drawer.getByText('Waits for your answer').waitFor();
    await looksRight(page, 'waiting');
    await drawer.getByRole('button', { name: 'Let in: Wally Waiting' }).click();
    await drawer.getByText('May come in', { exact: true }).waitFor();
    await page.waitForFunction(() => (globalThis as Watched).told[0]?.closed);
    expect(await page.evaluate(() => (globalThis as Watched).told.length)).toBe(1);
  });

  it('is told of in the page where the browser refuses, and the notice goes when somebody has answered', async () => {
    const page = await open('/sign-in');
    await watchNotices(page, true);
    await page.goto(`${campus.url}/my-visitors`);
    await page.getByText('This browser blocks notices.').waitFor();
    await page.goto(`${campus.url}/my-visitors?tab=coming`);
    const guest = await atGate('Wilma Waiting');
    const notice = page.getByRole('alert').filter({ hasText: 'Wilma Waiting is at the gate' });
    await notice.waitFor();
    await page.getByRole('navigation', { name: 'Main menu' }).getByText('1 visitor waits for you').waitFor();
    await looksRight(page, 'waiting-in-page');
    await (await campus.as('guard'))('visits.approve', {
      params: { id: guest.visitId },
      body: { reason: 'the host called' },
    });
    await notice.waitFor({ state: 'hidden' });
    await page.getByRole('link', { name: 'Today' }).click();
    await cardOf(page, 'Wilma Waiting').getByText('May come in', { exact: true }).waitFor();
  });

  it('is refused with a reason, or left to the guard', async () => {
    const page = await open();
    await Promise.all([atGate('Rita Refused'), atGate('Gustav Guard')]);
    await press(page, 'Refuse', 'Rita Refused');
    const why = page.getByRole('dialog', { name: 'Refuse Rita Refused?' });
    await why.getByRole('button', { name: 'Refuse', exact: true }).click();
    await untilFaultAt(why.getByLabel('Reason'), 'Say why');
    await why.getByRole('button', { name: 'I do not know this person' }).click();
    await why.getByRole('button', { name: 'Refuse', exact: true }).click();
    await cardOf(page, 'Rita Refused').waitFor({ state: 'hidden' });
    await press(page, 'Let the guard decide', 'Gustav Guard');
    await cardOf(page, 'Gustav Guard').getByText('The guard may decide now').waitFor();
    expect(await page.getByRole('button', { name: 'Let the guard decide: Gustav Guard' }).count()).toBe(0);
    const [refused] = (await campus.events('visit.refused')).slice(-1);
    expect(refused?.note).toBe('I do not know this person');
    expect(await campus.events('visit.handed-over')).toHaveLength(1);
  });
});

it.each(['en', 'zh-CN'] as const)('is used on a telephone too, in %s', async (language) => {
  const page = await visitors.visit(campus, '/my-visitors', {
    ...{ as: 'host', at: campus.clock.now(), language, viewport: sizes.phone },
  });
  await atGate('Wally Waiting', { organisation: 'A firm with quite a long name', companions: ['A', 'B'] });
  await cardOf(page, 'Wally Waiting').waitFor();
  const fits = async (name: string) => {
    const wider = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wider).toBeLessThanOrEqual(0);
    await looksRight(page, `${name}-${language}`);
  };
  await fits('phone');
  const t = language === 'en' ? en : zh;
  for (const way of ['one', 'group'] as const) {
    await page.getByRole('button', { name: t.invite[way] }).click();
    const form = page.getByRole('dialog', { name: t.invite[way] });
    await form.getByLabel(t.field.date, { exact: true }).waitFor();
    const cut = await form.evaluate((dialog) =>
      [...dialog.querySelectorAll('.ant-form *')].flatMap((each) =>
        each.getBoundingClientRect().right > innerWidth ? each.outerHTML.slice(0, 120) : [],
      ),
    );
    expect(cut).toEqual([]);
    await fits(`phone-${way}`);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
  }
  await page.getByRole('button', { name: 'Wally Waiting', exact: true }).click();
  await page.getByRole('dialog', { name: 'Wally Waiting' }).getByText(`A${t.between}B`).waitFor();
  await fits('phone-visit');
});
