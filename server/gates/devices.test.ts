import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actor, by, models, recorderOf, type TestCampus, testCampus } from '../../tests/lane-store.ts';
import { RequestError } from '../errors.ts';
import type { Recorder } from '../events/recorder.ts';
import { sameAddress } from './device-rows.ts';
import { addReader, changeReader } from './readers.ts';
import { scan } from './scan.ts';
import { simulate } from './simulate.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await testCampus();
});
afterEach(() => campus.close());

const deps = () => ({ events: campus.events, models });
const last = async () => {
  const { type, data, actorId, note } = (await campus.logged()).at(-1) ?? {};
  return { type, data, actorId, ...(note === undefined ? {} : { note }) };
};

async function refusal(work: Promise<unknown> | (() => unknown)): Promise<string> {
  const before = campus.events.head().seq;
  const error = await (typeof work === 'function' ? Promise.resolve().then(work) : work).catch(
    (each) => each,
  );
  if (!(error instanceof RequestError)) throw new Error(`no refusal: ${String(error)}`);
  expect(campus.events.head().seq).toBe(before);
  return `${error.code} ${error.fields?.[0]?.path ?? ''}`.trim();
}

describe('devices', () => {
  const sim = { name: 'QR', model: 'text-line', address: { kind: 'sim' }, options: {} } as const;

  it('are added, changed and removed in the store and in the hardware together', async () => {
    const device = await campus.devices.add(sim, by);
    expect(campus.hardware.simulated(device.id)?.model).toBe('text-line');
    await campus.pass(50);
    expect((await campus.devices.list()).find(({ id }) => id === device.id)?.status?.state).toBe('online');
    await campus.devices.change(device.id, { options: { suffix: '\n' }, name: 'QR' }, by);
    expect((await last()).data).toEqual({
      deviceId: device.id,
      fields: ['options'],
      changes: { 'options.suffix': { from: null, to: '\n' } },
    });
    const { seq } = campus.events.head();
    await campus.devices.change(device.id, { options: { suffix: '\n' } }, by);
    expect(campus.events.head().seq).toBe(seq);
    const removed = campus.devices.remove(device.id, by);
    await campus.clock.advanceAsync(5_000);
    await removed;
    expect(campus.hardware.simulated(device.id)).toBeUndefined();
    expect((await last()).type).toBe('device.removed');
  });

  it('that the hardware refuses leave no trace', async () => {
    const { devices, hardware } = campus;
    expect(await refusal(devices.add({ ...sim, model: 'no-such' }, by))).toBe('invalid-request model');
    expect(await refusal(devices.add({ ...sim, options: { radix: 'roman' } }, by))).toBe(
      'invalid-request options',
    );
    expect(await refusal(devices.add({ ...sim, address: { kind: 'hid' } }, by))).toBe(
      'invalid-request address',
    );
    expect(await refusal(devices.change('reader', { options: { what: 1 } }, by))).toBe(
      'invalid-request options',
    );
    expect(await refusal(devices.change('none', { name: 'x' }, by))).toBe('not-found');
    expect((await devices.list()).length).toBe(3);
    expect(hardware.statuses()).toHaveLength(3);
  });

  it('that the store refuses are taken out of the hardware again', async () => {
    campus.events.change = () => Promise.reject(new RequestError('store-unavailable', 'full'));
    expect(await refusal(campus.devices.add(sim, by))).toBe('store-unavailable');
    expect(campus.hardware.statuses()).toHaveLength(3);
  });

  it('stay while a lane uses them', async () => {
    expect(await refusal(campus.devices.remove('relays', by))).toBe('conflict');
    expect(await refusal(campus.devices.remove('inputs', by))).toBe('conflict');
    const input = { name: 'In', deviceId: 'reader', number: 0, laneId: 'door', direction: 'in' } as const;
    const { id } = await addReader(deps(), input, by);
    expect(await refusal(campus.devices.remove('reader', by))).toBe('conflict');
    await changeReader(deps(), id, { laneId: null }, by);
    const removed = campus.devices.remove('reader', by);
    await campus.clock.advanceAsync(5_000);
    await removed;
    expect((await campus.logged()).slice(-2).map(({ type }) => type)).toEqual([
      'reader.removed',
      'device.removed',
    ]);
  });

  it('show a channel that nobody knows as null', () => {
    const board = campus.devices.statuses().find(({ deviceId }) => deviceId === 'relays');
    expect(board).toMatchObject({ readsBack: true, channels: [false, false] });
    campus.hardware.statuses = () => [
      { deviceId: 'b', state: 'offline', since: 0, frames: 0, frameErrors: 0, channels: [undefined, true] },
    ];
    expect(campus.devices.statuses()[0]?.channels).toEqual([null, true]);
  });

  it('are recognised by identity where it tells, else by path', () => {
    const usb = { vendorId: 1, productId: 2 };
    const serial = (more: object) => ({ kind: 'serial', ...more }) as const;
    expect(sameAddress(serial({ path: '/a' }), serial({ path: '/a', usb }))).toBe(true);
    expect(
      sameAddress(
        serial({ usb: { ...usb, serialNumber: 'x' } }),
        serial({ path: '/a', usb: { ...usb, serialNumber: 'x' } }),
      ),
    ).toBe(true);
    expect(
      sameAddress(
        serial({ usb: { ...usb, serialNumber: 'x' } }),
        serial({ usb: { ...usb, serialNumber: 'y' } }),
      ),
    ).toBe(false);
    // Of twins, the port tells which one is meant; where it is not told, each may be the other.
    const at = (port: string) => serial({ usb: { ...usb, port } });
    expect(sameAddress(at('1'), at('2'))).toBe(false);
    expect(sameAddress(at('1'), at('1'))).toBe(true);
    expect(sameAddress(serial({ usb }), at('1'))).toBe(true);
    expect(sameAddress(at('1'), serial({ usb }))).toBe(true);
    expect(sameAddress(serial({ usb, path: '/a' }), serial({ usb, path: '/b' }))).toBe(true);
    expect(sameAddress({ kind: 'hid', path: '/a' }, serial({ path: '/a' }))).toBe(false);
    expect(sameAddress({ kind: 'sim' }, { kind: 'sim' })).toBe(false);
  });

  it('that are plugged in are mapped to those that are set up', async () => {
    await campus.db.transaction((tx) =>
      tx.device.update({ where: { id: 'reader' }, data: { addressKind: 'serial', path: '/dev/ttyUSB3' } }),
    );
    const usb = { vendorId: 0x1a86, productId: 0x7523 };
    const hardware = {
      scan: async () => ({
        found: [
          {
            address: { kind: 'serial' as const, usb: { ...usb, port: '2' } },
            path: '/dev/ttyUSB3',
            models: ['rdm6300'],
          },
          {
            address: { kind: 'serial' as const, usb: { ...usb, port: '3' } },
            path: '/dev/ttyUSB4',
            models: ['rdm6300'],
            product: 'CH340',
          },
        ],
        problems: [],
      }),
    };
    const { found } = await scan({ reader: campus.db.reader, hardware });
    expect(found.map(({ path, deviceId }) => [path, deviceId])).toEqual([
      ['/dev/ttyUSB3', 'reader'],
      ['/dev/ttyUSB4', undefined],
    ]);
    expect(found[1]?.address).toEqual({ kind: 'serial', usb: { ...usb, port: '3' } });
  });
});

type Action = Parameters<typeof simulate>[2];
function use(
  deviceId: string,
  action: Action,
  recorder: Pick<Recorder, 'record'> = recorderOf(campus.events),
): Promise<void> {
  return simulate({ reader: campus.db.reader, hardware: campus.hardware, recorder }, deviceId, action, actor);
}

it('does to simulated devices what people do, and refuses what they can not', async () => {
  const reads: unknown[] = [];
  campus.hardware.on('read', (read) => reads.push(read.credential));
  await use('reader', { present: { key: 'em4100:40:0100E7E73C' } });
  await campus.pass(500);
  expect(reads).toEqual([{ technology: 'em4100', bits: 40, value: '0100E7E73C' }]);
  await use('inputs', { input: { number: 0, active: true } });
  await campus.pass(1);
  expect(campus.lanes.states()[0]?.open).toBe(true);
  await use('reader', { unplugged: true });
  await campus.pass(10);
  expect(campus.hardware.statuses().find(({ deviceId }) => deviceId === 'reader')?.state).toBe('offline');
  const key = 'em4100:40:0100E7E73C';
  expect(await refusal(use('none', { unplugged: true }))).toBe('not-found');
  expect(await refusal(use('inputs', { present: { key } }))).toBe('invalid-request present');
  expect(await refusal(use('reader', { present: { key: 'x' } }))).toBe('invalid-request present.key');
  expect(await refusal(use('reader', { present: { key: 'text:8:x' } }))).toBe('invalid-request');
  expect(await refusal(use('inputs', { input: { number: 9, active: true } }))).toBe(
    'invalid-request input.number',
  );
});

describe('what a person does to a simulated device', () => {
  const key = 'em4100:40:0100E7E73C';
  const realRelay = () =>
    campus.db.transaction(async (tx) => {
      const address = { addressKind: 'serial', path: '/dev/ttyTest' };
      await tx.device.create({ data: { id: 'lock', name: 'Lock', model: 'lcus-1', ...address } });
      await tx.lane.update({ where: { id: 'bare' }, data: { outputDeviceId: 'lock', outputChannel: 1 } });
    });
  const standsAt = (laneId: string, number = 0) =>
    campus.db.transaction((tx) =>
      tx.reader.create({ data: { id: `r-${laneId}`, name: laneId, deviceId: 'reader', number, laneId } }),
    );

  it('is recorded with who did it', async () => {
    await use('reader', { present: { key } });
    await use('inputs', { input: { number: 2, active: true } });
    await use('reader', { unplugged: true });
    await use('reader', { unplugged: false });
    const told = (await campus.logged('device.simulated')).map(({ data, actorId }) => [data, actorId]);
    expect(told).toEqual([
      [{ deviceId: 'reader', action: 'present' }, actor],
      [{ deviceId: 'inputs', action: 'input' }, actor],
      [{ deviceId: 'reader', action: 'unplugged' }, actor],
      [{ deviceId: 'reader', action: 'unplugged' }, actor],
    ]);
  });

  it('is recorded before it acts, and not done without a record', async () => {
    const reads: unknown[] = [];
    campus.hardware.on('read', (read) => reads.push(read));
    const lost = { record: () => Promise.reject(new RequestError('store-unavailable', 'full')) };
    expect(await refusal(use('reader', { present: { key } }, lost))).toBe('store-unavailable');
    await campus.pass(500);
    expect(reads).toEqual([]);
  });

  it('is no card at a lane whose relay is a real one, whichever of its readers stands there', async () => {
    const reads: unknown[] = [];
    campus.hardware.on('read', (read) => reads.push(read));
    await realRelay();
    await standsAt('door');
    await use('reader', { present: { key } });
    await standsAt('bare', 1);
    expect(await refusal(use('reader', { present: { key } }))).toBe('conflict');
    await campus.pass(500);
    expect(reads).toHaveLength(1);
    // What moves no relay is still possible.
    await use('reader', { unplugged: true });
  });
});
