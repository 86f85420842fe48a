import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FoundReader, OsdpBus, ReaderResult, ReaderStatus } from '../../hardware/osdp-ports.ts';
import { by, type TestStore, testStore } from '../../tests/lane-store.ts';
import type { EventType } from '../contract/events.ts';
import { readerActions } from './reader-actions.ts';

let store: TestStore;
/** What the bus was told, in order. */
let told: string[];
let outcome: ReaderResult['outcome'];
/** Files last until they are stopped. */
let fileRuns: boolean;
/** Addresses in their secure channel. */
let secure: number[];
let sink: ((line: string) => void) | undefined;

beforeEach(async () => {
  store = await testStore();
  told = [];
  outcome = 'done';
  fileRuns = false;
  secure = [];
  await store.db.transaction(async (tx) => {
    await tx.gate.create({ data: { id: 'gate', name: 'Gate' } });
    const options = JSON.stringify({ baudRate: 9_600 });
    await tx.device.createMany({
      data: [
        { id: 'bus', name: 'Bus', model: 'osdp-bus', addressKind: 'sim', options },
        { id: 'other', name: 'Other', model: 'rdm6300', addressKind: 'sim' },
      ],
    });
    const wire = { outputDeviceId: 'bus', outputReader: 3, dpsDeviceId: 'bus', dpsReader: 3 };
    await tx.lane.create({ data: { id: 'lane', name: 'Lane', gateId: 'gate', ...wire } });
    const reader = { deviceId: 'bus', name: 'Reader' };
    await tx.reader.createMany({
      data: [
        { id: 'r3', ...reader, number: 3, laneId: 'lane', direction: 'in' },
        { id: 'r4', ...reader, number: 4, direction: 'in' },
        { id: 'plain', deviceId: 'other', name: 'Plain', number: 0, direction: 'in' },
      ],
    });
  });
});
afterEach(() => store.close());

function actions() {
  const say = (words: string) => void told.push(words);
  const searching = { resolve: (_: FoundReader[]) => {} };
  const bus: Partial<OsdpBus> = {
    enrol: (reader, ms) => say(`enrol ${reader} ${ms}`),
    async rotateKey(reader) {
      say(`rotate ${reader}`);
      return { outcome };
    },
    sendFile(reader, { bytes }) {
      say(`file ${reader} ${bytes.length}`);
      let cancel = () => {};
      const stopped = new Promise<ReaderResult>((resolve) => {
        cancel = () => {
          say(`file ${reader} stopped`);
          resolve({ outcome: 'stopped' });
        };
      });
      return { result: fileRuns ? stopped : Promise.resolve({ outcome }), cancel };
    },
    search({ baudRates, addresses }) {
      say(`search ${baudRates.length} ${addresses.length}`);
      const found = new Promise<FoundReader[]>((resolve) => {
        searching.resolve = resolve;
      });
      return {
        found,
        cancel() {
          say('search ended');
          searching.resolve([]);
        },
      };
    },
    trace(to) {
      sink = to;
      return () => {
        sink = undefined;
      };
    },
  };
  return readerActions({
    events: store.events,
    reader: store.db.reader,
    hardware: { osdp: (id) => (id === 'bus' ? (bus as OsdpBus) : undefined) },
    devices: { configure: async () => {} },
    strayed: { of: () => undefined },
    states: {
      of: (_, number) => ({ ready: true, key: 'held', secure: secure.includes(number) }) as ReaderStatus,
    },
    clock: store.clock,
    log: store.log,
  });
}

const logged = async (...types: EventType[]) =>
  (await store.logged(...types)).map(({ type, data }) => ({ type, ...data }));
const where = { readerId: 'r3', deviceId: 'bus', gateId: 'gate', laneId: 'lane' };
const why = { ...by, note: 'because' };

describe('a reader that is on no bus, or is none', () => {
  it('is refused, and nothing is recorded', async () => {
    const { rotateKey, enrol, search } = actions();
    await expect(rotateKey('nobody', why)).rejects.toMatchObject({ code: 'not-found' });
    await expect(enrol('plain', 5, why)).rejects.toMatchObject({ code: 'conflict' });
    await expect(search('other', {}, why)).rejects.toMatchObject({ code: 'not-found' });
    expect(await logged()).toEqual([]);
  });
});

describe('a key', () => {
  it('may be given for some minutes, on record before it is; and no longer when that is ended', async () => {
    const { enrol } = actions();
    await enrol('r3', 5, why);
    await enrol('r3', 0, why);
    expect(told).toEqual(['enrol 3 300000', 'enrol 3 0']);
    expect(await logged()).toEqual([
      { type: 'reader.enrolment-opened', ...where, until: store.clock.now() + 300_000 },
      { type: 'reader.enrolment-ended', ...where },
    ]);
  });

  it('is given to none that holds one already, in words; that may be ended all the same', async () => {
    secure = [3];
    const { enrol } = actions();
    await expect(enrol('r3', 5, why)).rejects.toMatchObject({
      code: 'conflict',
      told: { why: 'reader.holds-key' },
    });
    expect([told, await logged()]).toEqual([[], []]);
    await enrol('r3', 0, why);
    expect(told).toEqual(['enrol 3 0']);
  });

  it('is changed, and the record has what came of it', async () => {
    const { rotateKey } = actions();
    outcome = 'lost';
    expect(await rotateKey('r4', why)).toEqual({ outcome: 'lost' });
    expect(await logged()).toEqual([
      { type: 'reader.key-rotated', readerId: 'r4', deviceId: 'bus', outcome: 'lost' },
    ]);
  });
});

it('a file is on record when it begins and when it has ended', async () => {
  await actions().sendFile('r3', { type: 1, bytes: new Uint8Array(7) }, why);
  while ((await logged('reader.file-ended')).length === 0) await store.clock.advanceAsync(1);
  expect(await logged()).toEqual([
    { type: 'reader.file-started', ...where, bytes: 7, fileType: 1 },
    { type: 'reader.file-ended', ...where, outcome: 'done' },
  ]);
});

it('a second file waits for the first, which can be stopped, on record with who did', async () => {
  fileRuns = true;
  const { sendFile, stopFile } = actions();
  const file = { type: 1, bytes: new Uint8Array(7) };
  const first = sendFile('r3', file, why);
  await first;
  await expect(sendFile('r3', file, why)).rejects.toMatchObject({
    code: 'conflict',
    told: { why: 'reader.file-running' },
  });
  await sendFile('r4', file, why);
  await stopFile('r3', { ...by, note: 'the wrong file' });
  while ((await logged('reader.file-ended')).length === 0) await store.clock.advanceAsync(1);
  expect(await store.logged('reader.file-ended')).toMatchObject([
    { data: { ...where, outcome: 'stopped' }, note: 'the wrong file' },
  ]);
  await sendFile('r3', file, why);
  expect(told).toEqual(['file 3 7', 'file 4 7', 'file 3 stopped', 'file 3 7']);
});

it('a search goes everywhere where nobody says where, and another ends it', async () => {
  const { search, stopSearch } = actions();
  await search('bus', {}, why);
  await search('bus', { baudRates: [9_600], addresses: [1, 2] }, why);
  await stopSearch('bus');
  expect(told).toEqual(['search 6 127', 'search ended', 'search 1 2', 'search ended']);
  await store.clock.advanceAsync(1);
  await stopSearch('bus');
  expect(told).toHaveLength(4);
});

it('a recording of the line is what it says in that time', async () => {
  const file = actions().trace('bus', 2, why);
  while (!sink) await store.clock.advanceAsync(0);
  sink('{"one":1}\n');
  await store.clock.advanceAsync(2_000);
  expect(Buffer.from((await file).bytes).toString()).toBe('{"one":1}\n');
  expect(sink).toBeUndefined();
});
