/** A lane with nothing but an OSDP reader, through the whole server: bytes on the bus in, records and alarms out. */
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exposeKey, osdpKey } from '../hardware/codec/osdp/key.ts';
import { pack, wiegandBits } from '../hardware/codec/wiegand.ts';
import { parseCredentialKey } from '../hardware/credential.ts';
import { type ManualClock, manualClock } from '../hardware/sim/manual-clock.ts';
import { type SimulatedOsdpBus, simOsdpBus } from '../hardware/sim/osdp/bus.ts';
import { colourAt, outputsAt } from '../hardware/sim/osdp/panel.ts';
import {
  misbehave,
  newPd,
  type Pd,
  powerCycle,
  pressKeys,
  readCard,
  setInput,
  setLocal,
} from '../hardware/sim/osdp/pd-state.ts';
import type { Client } from '../server/contract/client.ts';
import type { EventType } from '../server/contract/events.ts';
import type { Lane } from '../server/contract/gates.ts';
import type { LogRow } from '../server/contract/log.ts';
import type { BusProgress } from '../server/contract/readers.ts';
import { busProgress } from '../server/gates/device-rows.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, type LiveSocket, liveSocket, subscribe } from './live-socket.ts';
import { ids } from './small-school.ts';

const address = 5;
const card = 'wiegand:26:2468ACE';
const foreignKey = osdpKey(new Uint8Array(16).fill(0xee));

let campus: TestCampus;
let clock: ManualClock;
let bus: SimulatedOsdpBus;
let admin: Client;
let deviceId: string;
let readerId: string;

/**
 * The clock goes on in small steps until it is so; what is asynchronous beside it has its turn between them. `_what` is
 * for who reads.
 */
async function until(holds: () => boolean | Promise<boolean>, _what: string, stepMs = 20): Promise<void> {
  while (!(await holds())) {
    await clock.advanceAsync(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
const all = (type: EventType) => campus.events(type);
const count = async (type: EventType) => (await all(type)).length;
const untilEvent = (type: EventType, n = 1) => until(async () => (await count(type)) >= n, `${n} ${type}`);
const pd = (): Pd => {
  const [first] = bus.pds();
  if (!first) throw new Error('there is a reader on the bus');
  return first;
};
const colour = () => colourAt(pd().panel, clock.monotonic());
const relay = () => outputsAt(pd().panel, clock.monotonic())[0];
const status = () =>
  campus.app.campus.devices.statuses().find((each) => each.deviceId === deviceId)?.readers?.[0];
const openAlarms = async () =>
  (await admin('alarms.list', {})).alarms.filter(({ state }) => state === 'active').map(({ kind }) => kind);
const present = () => {
  const credential = parseCredentialKey(card);
  const bits = credential && wiegandBits(credential);
  if (!bits) throw new Error('a Wiegand card');
  bus.change(0, (now) => readCard(now, bits.length, pack(bits)));
};
const press = (keys: string) => bus.change(0, (now) => pressKeys(now, keys));
const changeLane = (patch: Partial<Lane>) =>
  admin('lanes.change', { params: { id: ids.lane }, body: { ...patch, reason: 'test' } });

beforeEach(async () => {
  clock = manualClock(Date.UTC(2026, 8, 1, 23, 30));
  bus = simOsdpBus({ clock, random: () => 0.5 }, [newPd({ address, inputs: 2 })]);
  campus = await startCampus({
    clock,
    openers: { tcp: { list: async () => ({ found: [] }), open: () => bus.open() } },
  });
  admin = await campus.as('administrator');
  const device = await admin('devices.add', {
    body: { name: 'Bus', model: 'osdp-bus', address: { kind: 'tcp', path: '127.0.0.1:4001' } },
  });
  deviceId = device.id;
  const reader = await admin('readers.add', {
    body: { name: 'OSDP in', deviceId, number: address, laneId: ids.lane, direction: 'in' },
  });
  readerId = reader.id;
  await until(() => status()?.state === 'online' && status()?.abilities !== undefined, 'online');
  await admin('credentials.enrol', { params: { id: 'person-ok' }, body: { key: card } });
});
const sockets: LiveSocket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  let done = false;
  const closed = campus.close().finally(() => {
    done = true;
  });
  await until(() => done, 'closed');
  await closed;
});

async function enrolReader(): Promise<void> {
  await admin('readers.enrol', { params: { id: readerId }, body: { minutes: 5, reason: 'new reader' } });
  await until(() => status()?.secure === true, 'secure');
}

/** What `work` comes to, with the clock going on meanwhile. */
async function settle<T>(work: Promise<T>): Promise<T> {
  let done = false;
  const ended = work.finally(() => {
    done = true;
  });
  await until(() => done, 'done');
  return ended;
}

async function restart(): Promise<void> {
  let restarted = false;
  const done = campus.restart().then(() => {
    restarted = true;
  });
  await until(() => restarted, 'restarted');
  await done;
  admin = await campus.as('administrator');
}

/** The reader is the whole lane: relay, door switch and exit button. */
async function readerIsLane(patch: Partial<Lane> = {}): Promise<void> {
  await changeLane({
    ...{ outputDeviceId: deviceId, outputReader: address, outputChannel: 1 },
    ...{ dpsDeviceId: deviceId, dpsReader: address, dpsInput: 0 },
    ...{ rexDeviceId: deviceId, rexReader: address, rexInput: 1 },
    ...patch,
  });
}

describe('an OSDP reader', () => {
  it('in secure channel opens the lane by its own output, shows it, and its inputs are door and button', async () => {
    await enrolReader();
    expect(status()).toMatchObject({ key: 'held', number: address, tamper: false });
    await untilEvent('reader.key-set');
    await readerIsLane({ demandsSecure: true });
    bus.change(0, (now) => setInput(now, 0, false));
    present();
    await until(() => relay() === true && colour() === 'green', 'open and green');
    expect(await count('passage.granted')).toBe(1);
    bus.change(0, (now) => setInput(now, 0, true));
    await untilEvent('passage.outcome');
    expect((await all('passage.outcome'))[0]?.data).toMatchObject({ outcome: 'entered', relay: 'confirmed' });
    bus.change(0, (now) => setInput(now, 0, false));
    await until(() => relay() === false, 'closed again');
    bus.change(0, (now) => setInput(now, 1, true));
    await untilEvent('lane.rex');
    await until(() => relay() === true, 'opened by the button');
  });

  it('outside the secure channel is refused by a lane that demands it, in its own words, and shown red', async () => {
    await readerIsLane({ demandsSecure: true });
    present();
    await until(() => colour() === 'red', 'red');
    expect((await all('passage.denied'))[0]?.data).toMatchObject({
      reason: 'reader-not-secure',
      cardholderId: 'person-ok',
    });
    expect(relay()).toBe(false);
    // A line that anybody can write to opens nothing by the button either.
    bus.change(0, (now) => setInput(now, 1, true));
    await clock.advanceAsync(2_000);
    expect(await count('lane.rex')).toBe(0);
  });

  it('has an output for one lane alone, so that none opens it in the clear for another that demands the channel', async () => {
    await readerIsLane({ demandsSecure: true });
    const output = { outputDeviceId: deviceId, outputReader: address };
    const body = { gateId: ids.gate, name: 'Beside it', ...output, reason: 'wired twice' };
    await expect(admin('lanes.add', { body })).rejects.toMatchObject({ code: 'conflict' });
    expect(await admin('lanes.add', { body: { ...body, outputChannel: 2 } })).toMatchObject({
      outputChannel: 2,
    });
  });

  it('outside the secure channel opens nothing by its output, by hand or free, until it is in it', async () => {
    await readerIsLane({ demandsSecure: true });
    await admin('lanes.open', { params: { id: ids.lane }, body: { reason: 'a visitor' } });
    await untilEvent('lane.release-outcome');
    expect((await all('lane.release-outcome'))[0]?.data).toMatchObject({ relay: 'fault' });
    await admin('lanes.posture', { params: { id: ids.lane }, body: { posture: 'free', reason: 'open day' } });
    await untilEvent('lane.hold-failed');
    await clock.advanceAsync(2_000);
    expect(relay()).toBe(false);
    await enrolReader();
    await until(() => relay() === true, 'held open in the channel');
  });

  it('in the clear is let go by a lane that begins to demand the secure channel', async () => {
    await readerIsLane();
    await admin('lanes.posture', { params: { id: ids.lane }, body: { posture: 'free', reason: 'open day' } });
    await until(() => relay() === true, 'held open in the clear');
    await changeLane({ demandsSecure: true });
    await until(() => relay() === false, 'let go');
  });

  it('raises an alarm when it is opened, and ends it', async () => {
    bus.change(0, (now) => setLocal(now, { tamper: true }));
    await untilEvent('alarm.raised');
    expect(await openAlarms()).toEqual(['reader-tamper']);
    expect((await all('reader.tampered'))[0]?.data).toMatchObject({ readerId, deviceId, laneId: ids.lane });
    bus.change(0, (now) => setLocal(now, { tamper: false }));
    await untilEvent('alarm.cleared');
    expect(await openAlarms()).toEqual([]);
  });

  it('that has lost its key is an alarm and gets none, until a person enrols it', async () => {
    await enrolReader();
    bus.change(0, (now) => ({ ...newPd({ address, inputs: 2 }), key: foreignKey, panel: now.panel }));
    await untilEvent('reader.key-lost');
    await untilEvent('alarm.raised');
    expect(await openAlarms()).toEqual(['reader-key-lost']);
    await clock.advanceAsync(60_000);
    expect(pd().key).toBe(foreignKey);
    expect(status()).toMatchObject({ key: 'lost', secure: false });
    expect(await count('reader.key-lost')).toBe(1);
    bus.change(0, () => newPd({ address, inputs: 2 }));
    await clock.advanceAsync(60_000);
    expect(pd().key).toBeUndefined();
    await enrolReader();
    await untilEvent('alarm.cleared');
    expect(await openAlarms()).toEqual([]);
  });

  it('has a key that is in no event, answer or trace, and in the store only encrypted', async () => {
    const traced = admin('devices.trace', {
      params: { id: deviceId },
      body: { seconds: 60, reason: 'look' },
    });
    await untilEvent('bus.traced');
    await enrolReader();
    let trace = '';
    void traced.then(async (blob) => {
      trace = await blob.text();
    });
    await until(() => trace !== '', 'traced', 1_000);
    const held = pd().key;
    if (!held) throw new Error('it holds a key');
    const key = Buffer.from(exposeKey(held));
    const spaced = key.toString('hex').replace(/..(?=.)/g, '$& ');
    expect(trace.split('\n').length).toBeGreaterThan(100);
    expect(trace).not.toContain(spaced);
    const told = JSON.stringify([
      await campus.events(),
      await admin('devices.list'),
      await admin('campus.get'),
    ]);
    expect(told).not.toContain(key.toString('hex'));
    expect(told).not.toContain(key.toString('base64'));
    for (const file of ['xiaomen.db', 'xiaomen.db-wal'])
      expect(readFileSync(join(campus.dataDir, file)).includes(key)).toBe(false);
    expect(statSync(join(campus.dataDir, 'keys', 'main.key')).mode & 0o777).toBe(0o600);
  });

  it('gets another key, and another address with its lane following it', async () => {
    await enrolReader();
    await readerIsLane();
    const before = pd().key;
    const rotated = admin('readers.rotate-key', { params: { id: readerId }, body: { reason: 'yearly' } });
    expect(await settle(rotated)).toEqual({ outcome: 'done' });
    expect(pd().key).not.toBe(before);
    const to = { address: 9, baudRate: 9600 as const };
    const moved = admin('readers.move', { params: { id: readerId }, body: { ...to, reason: 'clash' } });
    expect(await settle(moved)).toEqual({ outcome: 'done', at: to, others: [] });
    await until(() => status()?.number === 9 && status()?.secure === true, 'secure at its new address');
    const { lanes, readers } = await admin('campus.get');
    expect(readers.find(({ id }) => id === readerId)?.number).toBe(9);
    expect(lanes[0]).toMatchObject({ outputReader: 9, dpsReader: 9, rexReader: 9 });
  });
});

describe('a reader whose key can’t be read', () => {
  it('is an alarm, and none any more when the key file is back', async () => {
    await enrolReader();
    const file = join(campus.dataDir, 'keys', 'main.key');
    const kept = readFileSync(file);
    writeFileSync(file, new Uint8Array(kept.length).fill(1));
    await restart();
    await until(async () => (await openAlarms()).includes('reader-key-unreadable'), 'alarm');
    writeFileSync(file, kept);
    await restart();
    await until(() => status()?.secure === true, 'secure again');
    await until(async () => !(await openAlarms()).includes('reader-key-unreadable'), 'alarm over');
  });
});

describe('a reader that goes where it was not told to', () => {
  it('is told to be there, over a restart too, and comes back when somebody asks for it', async () => {
    await enrolReader();
    bus.change(0, (now) => misbehave(now, { ownPlace: { address: 127 } }));
    const params = { id: readerId };
    const body = { address: 9, baudRate: 9600 as const, reason: 'clash' };
    const at = { address: 127, baudRate: 9600 };
    expect(await settle(admin('readers.move', { params, body }))).toEqual({
      ...{ outcome: 'elsewhere', at, others: [] },
    });
    await until(() => status()?.strayed?.address === 127, 'told where');
    await untilEvent('reader.offline');
    await restart();
    await until(() => status()?.strayed?.address === 127, 'still told where');
    bus.change(0, (now) => misbehave(now, { ownPlace: {} }));
    const back = admin('readers.bring-back', { params, body: { reason: 'wrong address' } });
    expect(await settle(back)).toMatchObject({ outcome: 'returned' });
    await until(() => status()?.secure === true, 'secure again');
    expect(status()?.strayed).toBeUndefined();
    expect(pd().address).toBe(address);
    const moves = (await all('reader.moved')).map(({ data }) => data);
    expect(moves).toMatchObject([
      { from: address, to: 127, outcome: 'elsewhere' },
      { from: address, to: address, outcome: 'returned' },
    ]);
  });
});

describe('a reader that falls silent', () => {
  const mute = (muted: boolean) => bus.change(0, (now) => misbehave(now, { muted }));
  const laneState = () => campus.app.campus.lanes.states()[0];

  it('is an alarm until it is back, its door is unknown meanwhile, and its relay a fault', async () => {
    await readerIsLane();
    bus.change(0, (now) => setInput(now, 0, true));
    await until(() => laneState()?.open === true, 'door open');
    mute(true);
    await untilEvent('reader.offline');
    expect(laneState()?.open).toBeUndefined();
    await until(async () => (await openAlarms()).includes('reader-offline'), 'alarm');
    const opened = await admin('lanes.open', { params: { id: ids.lane }, body: { reason: 'test' } });
    expect(opened.relay).toBe('fault');
    mute(false);
    await untilEvent('reader.online');
    await until(() => laneState()?.open === true, 'door known again');
    await until(async () => !(await openAlarms()).includes('reader-offline'), 'alarm over');
  });

  it('holds a free lane open again when it is back', async () => {
    await readerIsLane();
    await admin('lanes.posture', { params: { id: ids.lane }, body: { posture: 'free', reason: 'test' } });
    await until(() => relay() === true, 'held');
    bus.change(0, (now) => misbehave(powerCycle(now), { muted: true }));
    await untilEvent('reader.offline');
    mute(false);
    await untilEvent('reader.online');
    await until(() => relay() === true, 'held again');
  });

  it('and what ended while the server was away ends in the record', async () => {
    bus.change(0, (now) => setLocal(now, { tamper: true }));
    await untilEvent('reader.tampered');
    await restart();
    await until(() => status()?.tamper === true, 'opened still');
    expect(await count('reader.tampered')).toBe(1);
    bus.change(0, (now) => setLocal(now, { tamper: false }));
    await untilEvent('reader.tamper-ended');
  });
});

describe('a bus', () => {
  it('is searched for readers that are not set up, and brings a reader its firmware', async () => {
    const seen: BusProgress[] = [];
    const cancel = campus.app.campus.hardware.on('progress', (each) => seen.push(busProgress(each)));
    const params = { id: deviceId };
    await admin('devices.search', { params, body: { addresses: [address, 7], baudRates: [9600] } });
    await until(() => seen.some(({ done, total }) => done === total), 'searched');
    expect(seen.at(-1)).toMatchObject({ kind: 'search', deviceId, found: [] });
    expect(await count('bus.search-started')).toBe(1);
    const file = new Blob([new Uint8Array(3_000).fill(7)], { type: 'application/octet-stream' });
    const query = { reason: 'new firmware', type: 2 };
    await admin('readers.send-file', { params: { id: readerId }, query, body: file });
    await untilEvent('reader.file-ended');
    expect((await all('reader.file-ended'))[0]).toMatchObject({
      data: { readerId, outcome: 'done' },
      note: 'new firmware',
    });
    expect(seen.at(-1)).toEqual({ kind: 'file', deviceId, number: address, done: 3_000, total: 3_000 });
    cancel();
  });

  it('brings a reader one file at a time, and stops it when it is not wanted any more', async () => {
    const file = new Blob([new Uint8Array(500_000)], { type: 'application/octet-stream' });
    const params = { id: readerId };
    const send = () => admin('readers.send-file', { params, query: { reason: 'new firmware' }, body: file });
    await send();
    await expect(send()).rejects.toMatchObject({ problem: { why: 'reader.file-running' } });
    await admin('readers.stop-file', { params, body: { reason: 'the wrong file' } });
    await untilEvent('reader.file-ended');
    expect((await all('reader.file-ended'))[0]).toMatchObject({
      data: { readerId, outcome: 'stopped' },
      note: 'the wrong file',
    });
    expect(await count('reader.file-started')).toBe(1);
    await until(() => pd().file === undefined, 'forgotten by the reader');
    await send();
  });

  it('keeps a reader whose output a lane uses, and lets it go after that', async () => {
    await readerIsLane();
    const remove = () => admin('readers.remove', { params: { id: readerId }, body: { reason: 'test' } });
    await expect(remove()).rejects.toMatchObject({ problem: { why: 'reader.in-use' } });
    await changeLane({ outputDeviceId: null, outputReader: null, dpsDeviceId: null, rexDeviceId: null });
    await remove();
    expect(status()).toBeUndefined();
    await expect(changeLane({ outputDeviceId: deviceId, outputReader: address })).rejects.toMatchObject({
      problem: { why: 'device.no-bus-reader' },
    });
  });

  it('that is simulated is added as any device, and its readers read, type and are opened from the screen', async () => {
    const { id } = await admin('devices.add', {
      body: { name: 'Simulated', model: 'osdp-bus', address: { kind: 'sim' } },
    });
    for (const number of [1, 2])
      await admin('readers.add', {
        body: { name: `R${number}`, deviceId: id, number, laneId: ids.lane, direction: 'in' },
      });
    const readers = () => campus.app.campus.devices.statuses().find((each) => each.deviceId === id)?.readers;
    await until(() => readers()?.every(({ state }) => state === 'online') === true, 'both online');
    const act = (body: Parameters<typeof admin<'devices.simulate'>>[1]['body']) =>
      admin('devices.simulate', { params: { id }, body });
    await act({ present: { key: card }, reader: 2 });
    await untilEvent('passage.granted');
    await act({ tamper: true, reader: 1 });
    await untilEvent('reader.tampered');
    await changeLane({ pinIn: 'pin' });
    await act({ press: '99#', reader: 2 });
    await untilEvent('passage.denied');
  });
});

describe('what readers show', () => {
  it('is the school’s, and the reader’s own over it', async () => {
    const blue = { colour: 'blue', blink: false, beeps: 0, text: '', seconds: 3 } as const;
    await admin('school.change', { body: { feedback: { granted: blue, denied: blue }, reason: 'taste' } });
    present();
    await until(() => colour() === 'blue', 'blue');
    await clock.advanceAsync(10_000);
    const own = {
      granted: { ...blue, colour: 'cyan' as const },
      idle: { ...blue, colour: 'magenta' as const },
    };
    await admin('readers.change', { params: { id: readerId }, body: { feedback: own, reason: 'taste' } });
    present();
    await until(() => colour() === 'cyan', 'cyan');
    expect((await admin('campus.get')).readers.find(({ id }) => id === readerId)?.feedback).toEqual(own);
    await until(() => colour() === 'magenta', 'idle again');
    bus.change(0, (now) => misbehave(powerCycle(now), { muted: true }));
    await untilEvent('reader.offline');
    expect(colour()).not.toBe('magenta');
    bus.change(0, (now) => misbehave(now, { muted: false }));
    await until(() => colour() === 'magenta', 'idle by itself when it is back');
  });
});

describe('a PIN pad', () => {
  /** Events as a screen of that role is told them. */
  async function rowsOf(role: 'administrator' | 'guard'): Promise<LogRow['event'][]> {
    const socket = liveSocket(campus.url, cookieHeader(await campus.browserCookies(role)));
    sockets.push(socket);
    const rows: LogRow['event'][] = [];
    socket.on('live:rows', (batch, ack) => {
      rows.push(...batch.map(({ event }) => event));
      ack();
    });
    await connected(socket);
    expect(await subscribe(socket, null)).toEqual({ ok: true });
    return rows;
  }
  const tracesOf = (events: LogRow['event'][]) =>
    events.filter((event) => JSON.stringify(event).includes('duress'));

  const setPin = (pin: string | null) =>
    admin('people.set-pin', { params: { id: 'person-ok' }, body: { pin, reason: 'asked for' } });

  it('asks for the PIN after the card, amber, and opens by both', async () => {
    await setPin('73918264');
    await readerIsLane({ pinIn: 'card-and-pin' });
    present();
    await until(() => colour() === 'amber', 'amber');
    expect(await count('passage.granted')).toBe(0);
    press('73918264#');
    await untilEvent('passage.granted');
    await until(() => relay() === true && colour() === 'green', 'open');
    await clock.advanceAsync(10_000);
    present();
    await until(async () => (await count('passage.denied')) === 1, 'no PIN in time', 500);
    expect((await all('passage.denied'))[0]?.data).toMatchObject({
      reason: 'pin-needed',
      cardholderId: 'person-ok',
    });
    const told = JSON.stringify([await campus.events(), await admin('people.list', {})]);
    expect(told).not.toContain('73918264');
  });

  it('locks the card after three wrong PINs, with an alarm, for a time', async () => {
    await setPin('1234');
    await readerIsLane({ pinIn: 'card-and-pin' });
    for (let n = 1; n <= 3; n++) {
      present();
      await until(() => colour() === 'amber', 'amber');
      press('9999#');
      await untilEvent('passage.denied', n);
      await clock.advanceAsync(5_000);
    }
    await untilEvent('pin.locked');
    present();
    await untilEvent('passage.denied', 4);
    const reasons = (await all('passage.denied')).map((each) => (each.data as { reason: string }).reason);
    expect(reasons).toEqual(['pin-wrong', 'pin-wrong', 'pin-wrong', 'pin-locked']);
    await untilEvent('alarm.raised');
    expect((await all('alarm.raised'))[0]?.data).toMatchObject({ kind: 'pin-lockout', readerId });
    await clock.advanceAsync(5 * 60_000);
    present();
    await until(() => colour() === 'amber', 'asked again');
  });

  it('locks by the school’s own numbers, and a restart gives no new tries', async () => {
    await admin('school.change', {
      body: { pinTries: 2, pinWithinMinutes: 30, pinLockMinutes: 20, reason: 'rather strict' },
    });
    await setPin('1234');
    await readerIsLane({ pinIn: 'card-and-pin' });
    const wrong = async (n: number) => {
      present();
      await until(() => colour() === 'amber', 'amber');
      press('9999#');
      await untilEvent('passage.denied', n);
      await clock.advanceAsync(5_000);
    };
    await wrong(1);
    await restart();
    await until(() => status()?.ready === true, 'back');
    await wrong(2);
    await untilEvent('pin.locked');
    await restart();
    await until(() => status()?.ready === true, 'back');
    present();
    await untilEvent('passage.denied', 3);
    expect((await all('passage.denied')).at(-1)?.data).toMatchObject({ reason: 'pin-locked' });
    await clock.advanceAsync(20 * 60_000);
    present();
    await until(() => colour() === 'amber', 'asked again');
  });

  it('asks for the PIN outside a schedule, and within it the card is enough', async () => {
    const minuteNow = campus.app.campus.directory.school()?.timeZone.localAt(clock.now()).minute ?? 0;
    const days = ['1', '2', '3', '4', '5', '6', '7'] as const;
    const { id: cardAloneScheduleId } = await admin('access.add-schedule', {
      body: {
        ...{ name: 'By day', ignoresCalendar: true, reason: 'school hours' },
        windows: days.map((day) => ({ day, startMinute: 0, endMinute: minuteNow + 2 })),
      },
    });
    await setPin('1234');
    await readerIsLane({ pinIn: 'card-and-pin', cardAloneScheduleId });
    await expect(
      admin('access.remove-schedule', { params: { id: cardAloneScheduleId }, body: { reason: 'test' } }),
    ).rejects.toMatchObject({ code: 'conflict' });
    present();
    await untilEvent('passage.granted');
    await until(() => relay() === false, 'closed again');
    await clock.advanceAsync(3 * 60_000);
    present();
    await until(() => colour() === 'amber', 'amber');
    expect(await count('passage.granted')).toBe(1);
    press('1234#');
    await untilEvent('passage.granted', 2);
  });

  it('alone finds who it is; under duress it opens as usual, and raises a silent alarm', async () => {
    await setPin('1239');
    await readerIsLane({ pinIn: 'pin' });
    press('12*1239#');
    await untilEvent('passage.granted');
    await until(() => relay() === true, 'open');
    await until(() => relay() === false, 'closed');
    const guard = await campus.as('guard');
    const [guards, office] = [await rowsOf('guard'), await rowsOf('administrator')];
    press('1230#');
    await untilEvent('passage.granted', 2);
    await until(() => relay() === true && colour() === 'green', 'open under duress');
    await untilEvent('pin.duress');
    await until(async () => (await openAlarms()).length > 0, 'alarm');
    expect(await openAlarms()).toEqual(['duress']);
    // At the gate nobody sees anything of it: not in the log, the alarms, nor as it happens.
    const alarm = (await admin('alarms.list', {})).alarms[0];
    expect(await guard('alarms.list', { query: { show: 'all' } })).toMatchObject({ alarms: [], open: 0 });
    await expect(guard('alarms.acknowledge', { params: { id: alarm?.id ?? '' } })).rejects.toMatchObject({
      code: 'not-found',
    });
    await admin('alarms.acknowledge', { params: { id: alarm?.id ?? '' } });
    for (const query of [
      {},
      { type: 'pin.duress' as const },
      { result: 'alarm' as const },
      { laneId: ids.lane },
    ])
      expect(tracesOf((await guard('log.list', { query })).rows.map(({ event }) => event))).toEqual([]);
    const told = ['pin.duress', 'alarm.raised', 'alarm.acknowledged', 'alarm.cleared'];
    const listed = (await admin('log.list', {})).rows.map(({ event }) => event);
    expect(tracesOf(listed).map(({ type }) => type)).toEqual(told.toReversed());
    await until(() => tracesOf(office).length >= told.length, 'noticed in the office');
    expect(tracesOf(office).map(({ type }) => type)).toEqual(told);
    await until(() => guards.some(({ type }) => type === 'passage.granted'), 'the passage at the gate');
    expect(tracesOf(guards)).toEqual([]);
    const [usual, duress] = (await all('passage.granted')).map(({ data }) => data);
    expect(duress).toEqual(usual);
    press('4711#');
    await untilEvent('passage.denied');
    expect((await all('passage.denied'))[0]?.data).toMatchObject({ reason: 'pin-wrong' });
  });

  it('under duress raises the silent alarm at a lane that refuses it too, and is refused as any other', async () => {
    await setPin('1239');
    await readerIsLane({ pinIn: 'pin' });
    await admin('lanes.posture', {
      params: { id: ids.lane },
      body: { posture: 'disabled', reason: 'out of service' },
    });
    press('1239#');
    await untilEvent('passage.denied');
    await until(() => colour() === 'red', 'red');
    await until(() => colour() !== 'red', 'idle');
    press('1230#');
    await untilEvent('passage.denied', 2);
    await until(() => colour() === 'red', 'red');
    await untilEvent('pin.duress');
    await until(async () => (await openAlarms()).length > 0, 'alarm');
    expect(await openAlarms()).toEqual(['duress']);
    const [usual, duress] = (await all('passage.denied')).map(({ data }) => data);
    expect(usual).toMatchObject({ reason: 'lane-disabled', cardholderId: 'person-ok' });
    expect(duress).toEqual(usual);
    const guard = await campus.as('guard');
    expect(await guard('alarms.list', { query: { show: 'all' } })).toMatchObject({ alarms: [], open: 0 });
    expect(tracesOf((await guard('log.list', {})).rows.map(({ event }) => event))).toEqual([]);
  });

  it('alone is locked by wrong PINs though right ones come between, over a restart too', async () => {
    await setPin('1239');
    await readerIsLane({ pinIn: 'pin' });
    const wrong = async (n: number) => {
      press('4711#');
      await untilEvent('passage.denied', n);
    };
    const right = async (n: number) => {
      press('1239#');
      await untilEvent('passage.granted', n);
      await until(() => relay() === false, 'closed again');
    };
    await wrong(1);
    await right(1);
    await wrong(2);
    await right(2);
    expect(await count('pin.locked')).toBe(0);
    await restart();
    await until(() => status()?.ready === true, 'back');
    await wrong(3);
    await untilEvent('pin.locked');
    press('1239#');
    await untilEvent('passage.denied', 4);
    const locked = (await all('passage.denied')).at(-1)?.data;
    expect(locked).toMatchObject({ reason: 'pin-locked' });
    expect(await count('passage.granted')).toBe(2);
    press('1230#');
    await untilEvent('pin.duress');
    expect((await all('passage.denied')).at(-1)?.data).toEqual(locked);
    await until(async () => (await openAlarms()).includes('duress'), 'silent alarm');
  });

  it('knows one PIN for one person, also under duress', async () => {
    await setPin('1234');
    const other = (pin: string) =>
      admin('people.set-pin', { params: { id: 'person-other' }, body: { pin, reason: 'asked for' } });
    for (const pin of ['1234', '1235', '1233'])
      await expect(other(pin)).rejects.toMatchObject({ code: 'conflict' });
    expect((await other('5678')).hasPin).toBe(true);
    expect((await setPin(null)).hasPin).toBe(false);
  });
});
