/** Readers on an OSDP bus: from the wire to the first passage in the screens, and what they say when something is wrong. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { pack, wiegandBits } from '../../hardware/codec/wiegand.ts';
import { parseCredentialKey } from '../../hardware/credential.ts';
import { type ManualClock, manualClock } from '../../hardware/sim/manual-clock.ts';
import { type SimulatedOsdpBus, simOsdpBus } from '../../hardware/sim/osdp/bus.ts';
import {
  misbehave,
  newPd,
  type Pd,
  powerCycle,
  readCard,
  setLocal,
} from '../../hardware/sim/osdp/pd-state.ts';
import { seriousFaults } from '../browser.ts';
import { startCampus, type TestCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import { choose, openVisitors, type Visitors } from './visitors.ts';

const card = 'wiegand:26:2468ACE';
const address = 9;
let clock: ManualClock;
let bus: SimulatedOsdpBus;
let campus: TestCampus;
let visitors: Visitors;

beforeAll(async () => {
  clock = manualClock(Date.UTC(2026, 8, 1, 23, 30));
  bus = simOsdpBus({ clock, random: () => 0.5 }, [newPd({ address, inputs: 2 })]);
  const tcp = { list: async () => ({ found: [] }), open: () => bus.open() };
  [campus, visitors] = await Promise.all([
    startCampus({ clock, doors: false, openers: { tcp } }),
    openVisitors(),
  ]);
});
afterEach(() => visitors.leave());
afterAll(async () => {
  await visitors?.close();
  await passing(campus?.close());
});

/** The bus goes on while somebody waits for it. */
async function passing<T>(work: Promise<T>): Promise<T> {
  let over = false;
  const settled = work.finally(() => {
    over = true;
  });
  // Told below, by whoever waits for it.
  settled.catch(() => undefined);
  while (!over) {
    await clock.advanceAsync(50);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return settled;
}

const see = (within: Pick<Page, 'getByText'>, text: string | RegExp) =>
  passing(within.getByText(text).first().waitFor());
const change = (to: (pd: Pd) => Pd) => bus.change(0, to);
function present(): void {
  const credential = parseCredentialKey(card);
  const bits = credential && wiegandBits(credential);
  if (!bits) throw new Error('a Wiegand card');
  change((pd) => readCard(pd, bits.length, pack(bits)));
}

it('connects a reader: bus, search, key, test card, lane; and its first card passes', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  await passing(page.getByRole('button', { name: 'Add a device' }).click());
  const adding = page.getByRole('dialog', { name: 'Add a device' });
  await adding.getByLabel('Path of the port, or network address').fill('127.0.0.1:4001');
  await adding.getByRole('button', { name: 'Next' }).click();
  await choose(adding, 'Model', 'OSDP readers');
  await adding.getByLabel('Name of the device').fill('Gate bus');
  await adding.getByRole('button', { name: 'Connect and test' }).click();
  await see(adding, 'Online');
  await passing(adding.getByRole('button', { name: 'Connect readers' }).click());

  const wizard = page.getByRole('dialog', { name: 'Connect a reader' });
  await wizard.getByRole('button', { name: 'Search' }).click();
  const found = wizard.getByRole('button', { name: /Address 9, 9600 baud/ });
  await passing(found.waitFor());
  expect(await seriousFaults(page)).toEqual([]);
  await passing(found.click());
  await wizard.getByLabel('Name of the reader').fill('West, outside');
  await passing(wizard.getByRole('button', { name: 'Next' }).click());
  await see(wizard, 'The reader answers.');
  await wizard.getByLabel('Reason').fill('new reader');
  await passing(wizard.getByRole('button', { name: 'Let it be given a key' }).click());
  await see(wizard, 'The reader has its key and speaks in the secure channel.');
  expect(bus.pds()[0]?.session).toBeDefined();
  await passing(wizard.getByRole('button', { name: 'Next' }).click());
  await see(wizard, 'Hold a card to the new reader');
  present();
  await see(wizard, /2468ACE|36A2D5|unknown|nobody/i);
  await passing(wizard.getByRole('button', { name: 'Next' }).click());
  await choose(wizard, 'Lane', 'Lane 1');
  await passing(wizard.getByRole('button', { name: 'Finish' }).click());
  await passing(wizard.waitFor({ state: 'hidden' }));

  const client = await campus.as('administrator');
  await client('credentials.enrol', { params: { id: 'person-ok' }, body: { key: card } });
  await clock.advanceAsync(5_000);
  present();
  await passing(untilPassage());
  const [granted] = await campus.events('passage.granted');
  expect(granted?.data).toMatchObject({ cardholderId: 'person-ok', laneId: ids.lane, direction: 'in' });
});

async function untilPassage(): Promise<void> {
  while ((await campus.events('passage.granted')).length === 0)
    await new Promise((resolve) => setImmediate(resolve));
}

async function openBus(page: Page) {
  await passing(page.getByRole('button', { name: 'Details of Gate bus' }).click());
  const drawer = page.getByRole('dialog', { name: 'Gate bus' });
  return { drawer, reader: drawer.getByRole('article', { name: 'West, outside' }) };
}

it('says that a reader was opened, lost its key, and gets another only from a person', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const { reader } = await openBus(page);
  await see(reader, 'Secure channel');
  change((pd) => setLocal(pd, { tamper: true }));
  await see(reader, 'Opened');
  change((pd) => setLocal(pd, { tamper: false }));
  // Another hangs in its place: in the state in which every new reader is.
  change((pd) => powerCycle({ ...pd, key: undefined, installing: true } as Pd));
  await see(reader, 'Key lost');
  expect(await seriousFaults(page)).toEqual([]);
  await clock.advanceAsync(30_000);
  expect(bus.pds()[0]?.key).toBeUndefined();
  await passing(reader.getByRole('button', { name: 'Key of West, outside' }).click());
  const key = page.getByRole('dialog', { name: 'Key of West, outside' });
  await see(key, 'This reader does not hold the key that it was given.');
  await key.getByRole('button', { name: 'Checked on site; reader reset' }).click();
  await passing(key.getByRole('button', { name: 'Let it be given a key' }).click());
  await see(key, 'This reader holds a key of its own');
  await see(reader, 'Secure channel');
});

it('changes a key, sets a signal and records the line', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const { drawer, reader } = await openBus(page);
  await see(reader, 'Secure channel');
  const before = bus.pds()[0]?.key;
  await reader.getByRole('button', { name: 'Key of West, outside' }).click();
  const key = page.getByRole('dialog', { name: 'Key of West, outside' });
  await key.getByRole('button', { name: 'Regular change' }).click();
  await key.getByRole('button', { name: 'Give it a new key' }).click();
  await see(page, 'The reader has done it');
  expect(bus.pds()[0]?.key).toBeDefined();
  expect(bus.pds()[0]?.key).not.toBe(before);

  await passing(reader.getByRole('button', { name: 'Signals of West, outside' }).click());
  const signals = page.getByRole('dialog', { name: 'Signals of West, outside' });
  const granted = signals.getByRole('group', { name: 'Granted' });
  await passing(granted.getByRole('checkbox', { name: 'Own setting' }).check());
  await choose(granted, 'Light', 'Blue');
  await signals.getByLabel('Reason').fill('seen better');
  await passing(signals.getByRole('button', { name: 'Save' }).click());
  await passing(signals.waitFor({ state: 'hidden' }));
  const client = await campus.as('administrator');
  const { readers } = await client('campus.get');
  expect(readers.find(({ name }) => name === 'West, outside')?.feedback?.granted?.colour).toBe('blue');

  await drawer.getByRole('button', { name: 'Record the line' }).click();
  const trace = page.getByRole('dialog', { name: 'Record the line of Gate bus' });
  await trace.getByLabel('Seconds').fill('1');
  await trace.getByLabel('Reason').fill('looking');
  const download = page.waitForEvent('download');
  await trace.getByRole('button', { name: 'Record', exact: true }).click();
  expect((await passing(download)).suggestedFilename()).toBe('Gate bus.osdpcap');
});

it('sends a file with its progress, and moves the reader to another address', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const { reader } = await openBus(page);
  await see(reader, 'Secure channel');
  await reader.getByRole('button', { name: 'Firmware for West, outside' }).click();
  const file = page.getByRole('dialog', { name: 'Firmware for West, outside' });
  const buffer = Buffer.alloc(5_000, 7);
  await file.locator('input[type=file]').setInputFiles({ name: 'fw.bin', mimeType: 'application/x', buffer });
  await file.getByText('fw.bin, 5 kB').waitFor();
  await file.getByRole('button', { name: 'New firmware' }).click();
  await file.getByRole('button', { name: 'Send' }).click();
  await see(file, 'The whole file was sent.');
  await file.getByRole('button', { name: 'Close' }).last().click();

  await passing(reader.getByRole('button', { name: 'Address and rate of West, outside' }).click());
  const move = page.getByRole('dialog', { name: 'Address and rate of West, outside' });
  await move.getByLabel('New address').fill('10');
  await move.getByLabel('Reason').fill('in order');
  await passing(move.getByRole('button', { name: 'Save' }).click());
  await see(page, 'The reader has done it');
  expect(bus.pds()[0]?.address).toBe(10);
  await see(reader, 'Secure channel');
});

it('stops a file on its way, and says so', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const { reader } = await openBus(page);
  await see(reader, 'Secure channel');
  change((pd) => ({ ...pd, fileDelayMs: 500 }));
  await reader.getByRole('button', { name: 'Firmware for West, outside' }).click();
  const file = page.getByRole('dialog', { name: 'Firmware for West, outside' });
  const buffer = Buffer.alloc(50_000, 7);
  await file.locator('input[type=file]').setInputFiles({ name: 'fw.bin', mimeType: 'application/x', buffer });
  await file.getByRole('button', { name: 'New firmware' }).click();
  await file.getByRole('button', { name: 'Send' }).click();
  await see(file, /of 50 kB/);
  expect(await seriousFaults(page)).toEqual([]);
  await passing(file.getByRole('button', { name: 'Stop sending' }).click());
  const ended = async () => {
    while ((await campus.events('reader.file-ended')).length < 2)
      await new Promise((resolve) => setImmediate(resolve));
  };
  await passing(ended());
  expect((await campus.events('reader.file-ended')).at(-1)).toMatchObject({
    ...{ data: { outcome: 'stopped' }, note: 'Not wanted any more' },
  });
  expect(bus.pds()[0]?.file).toBeUndefined();
  change((pd) => ({ ...pd, fileDelayMs: 0 }));
});

it('says where a reader went that cannot be followed, and brings it back', async () => {
  const page = await visitors.visit(campus, '/gates?tab=devices');
  const { reader } = await openBus(page);
  await see(reader, 'Secure channel');
  change((pd) => misbehave(pd, { ownPlace: { address: 127 } }));
  await reader.getByRole('button', { name: 'Address and rate of West, outside' }).click();
  const move = page.getByRole('dialog', { name: 'Address and rate of West, outside' });
  await move.getByLabel('New address').fill('11');
  await move.getByLabel('Reason').fill('in order');
  await passing(move.getByRole('button', { name: 'Save' }).click());
  await see(reader, 'Went elsewhere');
  await see(reader, /It went to address 127/);
  expect(await seriousFaults(page)).toEqual([]);
  change((pd) => misbehave(pd, { ownPlace: {} }));
  await reader.getByRole('button', { name: 'Bring back West, outside' }).click();
  const back = page.getByRole('dialog', { name: 'Bring back West, outside' });
  await back.getByRole('button', { name: 'It went to a wrong address' }).click();
  await passing(back.getByRole('button', { name: 'Bring back' }).click());
  await see(page, 'The reader is back where it was');
  await see(reader, 'Secure channel');
  expect(await reader.getByText('Went elsewhere').count()).toBe(0);
});
