import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LinePlace, MoveResult, OsdpBus, ReaderStatus } from '../../hardware/osdp-ports.ts';
import { by, type TestStore, testStore } from '../../tests/lane-store.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { readerActions } from './reader-actions.ts';
import { strayedReaders } from './strayed-readers.ts';

const rate = 9_600;
const why = { ...by, note: 'because' };

let store: TestStore;
/** What the bus was told, in order. */
let told: string[];
/** What readers answer that do not simply go. */
let answers: Map<number, MoveResult>;
/** Where each is. */
let places: Map<number, LinePlace>;
/** Addresses that take no commands. */
let away: number[];
/** Whether the line can speak at another rate than its own. */
let serial: boolean;
let configured: number;

beforeEach(async () => {
  store = await testStore();
  told = [];
  answers = new Map();
  places = new Map([3, 4, 5].map((address) => [address, { address, baudRate: rate }]));
  away = [];
  serial = true;
  configured = 0;
  await store.db.transaction(async (tx) => {
    await tx.gate.create({ data: { id: 'gate', name: 'Gate' } });
    const options = JSON.stringify({ baudRate: rate });
    await tx.device.create({
      data: { id: 'bus', name: 'Bus', model: 'osdp-bus', addressKind: 'sim', options },
    });
    const wire = { outputDeviceId: 'bus', outputReader: 3, dpsDeviceId: 'bus', dpsReader: 3 };
    await tx.lane.create({ data: { id: 'lane', name: 'Lane', gateId: 'gate', ...wire } });
    const reader = { deviceId: 'bus', direction: 'in' };
    await tx.reader.createMany({
      data: [
        { id: 'r3', ...reader, name: 'Three', number: 3, laneId: 'lane' },
        { id: 'r4', ...reader, name: 'Four', number: 4 },
        { id: 'r5', ...reader, name: 'Five', number: 5 },
      ],
    });
  });
});
afterEach(() => store.close());

async function actions() {
  const bus: Partial<OsdpBus> = {
    async moveReader(reader, to) {
      told.push(`${reader} to ${to.address} at ${to.baudRate}`);
      const result = answers.get(reader) ?? { outcome: 'done', at: to };
      if (result.at) places.set(reader, result.at);
      return result;
    },
    async bringBack(reader, from) {
      told.push(`${reader} back from ${from.address} at ${from.baudRate}`);
      const there = JSON.stringify(places.get(reader)) === JSON.stringify(from);
      if (!there || (!serial && from.baudRate !== rate)) return { outcome: 'offline' };
      places.set(reader, { address: reader, baudRate: rate });
      return { outcome: 'done' };
    },
  };
  const strayed = await strayedReaders(store.events, { onStatus: () => () => {} });
  return readerActions({
    events: store.events,
    reader: store.db.reader,
    hardware: { osdp: () => bus as OsdpBus },
    devices: {
      async configure() {
        configured += 1;
      },
    },
    states: { of: (_, number) => ({ ready: !away.includes(number) }) as ReaderStatus },
    strayed,
    clock: store.clock,
    log: store.log,
  });
}

const move = async (address: number, baudRate: 9_600 | 38_400) =>
  (await actions()).move('r3', { address, baudRate }, why);
const bringBack = async () => (await actions()).bringBack('r3', why);
const moves = async () =>
  ((await store.logged('reader.moved')) as Extract<LoggedEvent, { type: 'reader.moved' }>[]).map(
    ({ data: { from, to, baudRate, outcome } }) => `${from} to ${to} at ${baudRate}: ${outcome}`,
  );
const row = () => store.db.reader.reader.findUnique({ where: { id: 'r3' } });
const busRate = async () =>
  JSON.parse((await store.db.reader.device.findUnique({ where: { id: 'bus' } }))?.options ?? '').baudRate;

describe('a reader that is moved', () => {
  it('takes its row, its lanes and the whole bus along, and leaves no key behind', async () => {
    await store.db.transaction(async (tx) => {
      await tx.readerKey.create({ data: { deviceId: 'bus', number: 3, sealed: 'x' } });
    });
    const at = { address: 9, baudRate: 38_400 };
    expect(await move(9, 38_400)).toEqual({
      ...{ outcome: 'done', at },
      others: [
        { name: 'Four', outcome: 'done', at: { address: 4, baudRate: 38_400 } },
        { name: 'Five', outcome: 'done', at: { address: 5, baudRate: 38_400 } },
      ],
    });
    const { reader } = store.db;
    expect(await row()).toMatchObject({ number: 9 });
    expect(await reader.lane.findFirst()).toMatchObject({ outputReader: 9, dpsReader: 9, rexReader: null });
    expect([await busRate(), await reader.readerKey.count(), configured]).toEqual([38_400, 0, 1]);
    expect(told).toEqual(['3 to 9 at 38400', '4 to 4 at 38400', '5 to 5 at 38400']);
    expect((await store.logged()).map(({ type }) => type)).toEqual([
      ...['reader.moved', 'reader.moved', 'reader.moved'],
      ...['lane.changed', 'lane.changed', 'device.changed'],
    ]);
  });

  it('to another rate waits until all on the bus can be told it; at the same rate it needs nobody', async () => {
    away = [4];
    await expect(move(3, 38_400)).rejects.toMatchObject({ code: 'conflict' });
    expect([told, await store.logged()]).toEqual([[], []]);
    expect(await move(9, 9_600)).toMatchObject({ outcome: 'done', others: [] });
  });

  it('to where another is set up is refused before the reader hears of it', async () => {
    await expect(move(4, 9_600)).rejects.toMatchObject({ code: 'invalid-request' });
    expect([told, await store.logged()]).toEqual([[], []]);
  });

  it('is followed to the address that it says, and where it keeps its rate the others keep theirs', async () => {
    answers.set(3, { outcome: 'done', at: { address: 7, baudRate: 9_600 } });
    expect(await move(9, 38_400)).toMatchObject({ outcome: 'done', at: { address: 7 }, others: [] });
    expect([await row(), await busRate()]).toMatchObject([{ number: 7 }, 9_600]);
    expect(await moves()).toEqual(['3 to 7 at 9600: done']);
  });

  it('is followed by all others to the rate that it says', async () => {
    answers.set(3, { outcome: 'done', at: { address: 3, baudRate: 19_200 } });
    expect(await move(3, 38_400)).toMatchObject({ outcome: 'done', at: { baudRate: 19_200 } });
    expect(told.slice(1)).toEqual(['4 to 4 at 19200', '5 to 5 at 19200']);
    expect(await busRate()).toBe(19_200);
  });

  it('and does not go changes nothing but the record', async () => {
    answers.set(3, { outcome: 'refused' });
    expect(await move(9, 38_400)).toMatchObject({ outcome: 'refused', others: [] });
    expect([await row(), configured, told.length]).toMatchObject([{ number: 3 }, 0, 1]);
    expect(await moves()).toEqual(['3 to 9 at 38400: refused']);
  });
});

describe('a reader that goes where nobody can follow', () => {
  it.each<[string, MoveResult]>([
    ['the address of another', { outcome: 'elsewhere', at: { address: 4, baudRate: 9_600 } }],
    ['an address that is none', { outcome: 'elsewhere', at: { address: 200, baudRate: 9_600 } }],
    ['a rate that no bus has', { outcome: 'done', at: { address: 3, baudRate: 14_400 } }],
  ])('is told to be at %s, and comes back when somebody asks for it', async (_where, answer) => {
    answers.set(3, answer);
    expect(await move(9, 38_400)).toMatchObject({ outcome: 'elsewhere', at: answer.at });
    expect([await row(), configured, told.length]).toMatchObject([{ number: 3 }, 0, 1]);
    // Over a restart, too.
    expect((await strayedReaders(store.events, { onStatus: () => () => {} })).of('bus', 3)).toEqual(
      answer.at,
    );
    expect(await bringBack()).toMatchObject({ outcome: 'returned', at: { address: 3, baudRate: 9_600 } });
    expect((await moves()).at(-1)).toBe('3 to 3 at 9600: returned');
    await expect(bringBack()).rejects.toMatchObject({ code: 'conflict' });
  });

  it('stays told to be there as long as it does not come back', async () => {
    answers.set(3, { outcome: 'elsewhere', at: { address: 4, baudRate: 9_600 } });
    await move(9, 9_600);
    places.set(3, { address: 99, baudRate: 9_600 });
    expect(await bringBack()).toMatchObject({ outcome: 'offline' });
    expect(await bringBack()).toMatchObject({ outcome: 'offline' });
  });
});

describe('a bus of which one reader does not take the new rate', () => {
  it.each<[string, MoveResult, string]>([
    ['refuses', { outcome: 'refused' }, 'refused'],
    ['goes to another', { outcome: 'done', at: { address: 4, baudRate: 19_200 } }, 'returned'],
    ['gives no answer', { outcome: 'lost' }, 'lost'],
  ])('when it %s has all back at the old one, and tells so of each', async (_how, answer, came) => {
    answers.set(4, answer);
    const { outcome, others } = await move(9, 38_400);
    expect([outcome, others.map((each) => `${each.name} ${each.outcome}`)]).toEqual([
      'returned',
      [`Four ${came}`],
    ]);
    expect([...places.values()]).toEqual([3, 4, 5].map((address) => ({ address, baudRate: 9_600 })));
    expect([await row(), await busRate(), configured]).toMatchObject([{ number: 3 }, 9_600, 0]);
    const record = await moves();
    expect(record[0]).toBe('3 to 9 at 38400: done');
    expect(record).toContain('3 to 3 at 9600: returned');
  });

  it('says who is where when the line can’t speak to those that have gone', async () => {
    serial = false;
    answers.set(4, { outcome: 'refused' });
    expect(await move(3, 38_400)).toMatchObject({
      ...{ outcome: 'elsewhere', at: { address: 3, baudRate: 38_400 } },
      others: [{ name: 'Four', outcome: 'refused' }],
    });
    expect((await moves()).at(-1)).toBe('3 to 3 at 38400: elsewhere');
  });

  it('and of which the store knows nothing new has all back as well', async () => {
    const { change } = store.events;
    let calls = 0;
    store.events.change = (work) => {
      calls += 1;
      return calls === 1 ? Promise.reject(new Error('the disk is full')) : change(work);
    };
    await expect(move(9, 38_400)).rejects.toThrow('the disk is full');
    store.events.change = change;
    expect([...places.values()]).toEqual([3, 4, 5].map((address) => ({ address, baudRate: 9_600 })));
  });
});
