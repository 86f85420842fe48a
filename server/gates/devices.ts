/**
 * Use cases: the devices that are set up. The hardware judges a row before anything is kept, by taking it: what it
 * refuses leaves no trace, and what the store refuses is taken out of the hardware again.
 */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { HardwareError, type HardwareErrorCode } from '../../hardware/errors.ts';
import type { Cancel, Hardware, DeviceStatus as HardwareStatus } from '../../hardware/ports.ts';
import type { Device, DeviceStatus, deviceInput, devicePatch } from '../contract/devices.ts';
import type { By, NewEvent } from '../contract/events.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { addressColumns, configOf, deviceOf, sameAddress, statusView } from './device-rows.ts';
import { invalid, type ModelFacts } from './model-facts.ts';
import type { StrayedReaders } from './strayed-readers.ts';

export interface Devices {
  list(): Promise<Device[]>;
  statuses(): DeviceStatus[];
  /** Told of each device whose status has changed. */
  onStatus(listener: (status: DeviceStatus) => void): Cancel;
  /** Throws invalid-request with the hardware's own words, conflict when the device is set up already. */
  add(input: z.output<typeof deviceInput>, by: By): Promise<Device>;
  /** Throws not-found, invalid-request, conflict. */
  change(id: string, patch: z.output<typeof devicePatch>, by: By): Promise<Device>;
  /** Throws not-found, and conflict while a lane uses it. Its readers that stand at no lane go with it. */
  remove(id: string, by: By): Promise<void>;
  /** Hands all devices of the store to the hardware: at start, after a set-up, when readers on a bus come and go. */
  configure(): Promise<void>;
}

export interface DevicesParts {
  events: Pick<EventLog, 'change'>;
  reader: Reader;
  hardware: Pick<Hardware, 'on' | 'configure' | 'statuses'>;
  /** The catalogue: which models are buses. */
  models?: readonly Pick<ModelFacts, 'id' | 'bus'>[];
  /** What the lanes know of a reader beyond its hardware. */
  refusals?: {
    floodOf(deviceId: string): DeviceStatus['flood'];
    onFlood(listener: (deviceId: string) => void): Cancel;
  };
  strayed?: Pick<StrayedReaders, 'of' | 'onChange'>;
}

export function createDevices(parts: DevicesParts): Devices {
  const { events, reader, hardware, models = [], refusals, strayed } = parts;
  // Changes run one after the other, so that the hardware and the store agree after each.
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => {});
    return done;
  }

  function view(status: HardwareStatus): DeviceStatus {
    const flood = refusals?.floodOf(status.deviceId);
    return {
      ...statusView(status, (number) => strayed?.of(status.deviceId, number)),
      ...(flood ? { flood } : {}),
    };
  }

  async function stored(): Promise<Device[]> {
    const rows = await reader.device.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] });
    return rows.map((row) => deviceOf(row));
  }

  async function apply(devices: Device[]): Promise<void> {
    const readers = await reader.reader.findMany({ orderBy: { number: 'asc' } });
    const configs = devices.map((device) => {
      const bus = models.some(({ id, bus }) => id === device.model && bus !== undefined);
      const on = readers.filter(({ deviceId }) => deviceId === device.id);
      return configOf(
        device,
        bus,
        on.map(({ number }) => number),
      );
    });
    await hardware.configure(configs);
  }

  async function tryOut(before: Device[], after: Device[], keep: () => Promise<void>): Promise<void> {
    await apply(after).catch((error: unknown) => {
      throw refusal(error);
    });
    try {
      await keep();
    } catch (error) {
      await apply(before);
      throw error;
    }
  }

  return {
    async list() {
      const statuses = new Map(hardware.statuses().map((each) => [each.deviceId, view(each)]));
      return (await stored()).map((device) => {
        const status = statuses.get(device.id);
        return status ? { ...device, status } : device;
      });
    },
    statuses: () => hardware.statuses().map(view),
    onStatus(listener) {
      const tell = (deviceId: string) => {
        const status = hardware.statuses().find((each) => each.deviceId === deviceId);
        if (status) listener(view(status));
      };
      const cancels = [
        hardware.on('status', (status) => listener(view(status))),
        hardware.on('reader-status', ({ deviceId }) => tell(deviceId)),
        hardware.on('printer', ({ deviceId }) => tell(deviceId)),
        refusals?.onFlood(tell),
        strayed?.onChange(tell),
      ];
      return () => {
        for (const cancel of cancels) cancel?.();
      };
    },
    configure: () => inTurn(async () => apply(await stored())),
    add: (input, by) =>
      inTurn(async () => {
        const before = await stored();
        const device: Device = { id: randomUUID(), ...input };
        checkAddress(device, before);
        await tryOut(before, [...before, device], () =>
          events.change(async (tx) => {
            await tx.device.create({ data: columnsOf(device) });
            const data = { deviceId: device.id, model: device.model };
            return { result: undefined, events: [{ type: 'device.added', data, ...by }] };
          }),
        );
        return device;
      }),
    change: (id, patch, by) =>
      inTurn(async () => {
        const before = await stored();
        const old = before.find((each) => each.id === id);
        if (!old) throw noSuchDevice();
        const changed = changedFields<Device>(old, patch);
        const { name: _, ...settings } = changed;
        const { changes } = toldChanges<Device>(old, settings);
        const fields = Object.keys(changed);
        if (fields.length === 0) return old;
        const device = { ...old, ...changed };
        checkAddress(device, before);
        const after = before.map((each) => (each.id === id ? device : each));
        await tryOut(before, after, () =>
          events.change(async (tx) => {
            await tx.device.update({ where: { id }, data: columnsOf(device) });
            return {
              result: undefined,
              events: [{ type: 'device.changed', data: { deviceId: id, fields, changes }, ...by }],
            };
          }),
        );
        return device;
      }),
    remove: (id, by) =>
      inTurn(async () => {
        await events.change(async (tx) => ({ result: undefined, events: await removeRows(tx, id, by) }));
        await apply(await stored());
      }),
  };
}

async function removeRows(tx: Tx, id: string, by: By): Promise<NewEvent[]> {
  if (!(await tx.device.findUnique({ where: { id } }))) throw noSuchDevice();
  const lane = await tx.lane.findFirst({
    where: { OR: [{ outputDeviceId: id }, { dpsDeviceId: id }, { rexDeviceId: id }] },
  });
  const readers = await tx.reader.findMany({ where: { deviceId: id }, include: { lane: true } });
  const user = lane ?? readers.find((each) => each.lane)?.lane;
  if (user) {
    throw new RequestError('conflict', `Lane "${user.name}" uses this device. Take it from the lane first.`, {
      why: 'device.in-use',
      params: { lane: user.name },
    });
  }
  const kiosk = await tx.kiosk.findFirst({
    where: { OR: [{ printerId: id }, { documentDeviceId: id }], revokedAt: null },
  });
  if (kiosk) {
    throw new RequestError(
      'conflict',
      `Kiosk "${kiosk.name}" has this device. Take it from the kiosk first.`,
      {
        why: 'device.of-kiosk',
        params: { kiosk: kiosk.name },
      },
    );
  }
  await tx.reader.deleteMany({ where: { deviceId: id } });
  await tx.readerKey.deleteMany({ where: { deviceId: id } });
  await tx.device.delete({ where: { id } });
  return [
    ...readers.map((each): NewEvent => ({ type: 'reader.removed', data: { readerId: each.id }, ...by })),
    { type: 'device.removed', data: { deviceId: id }, ...by },
  ];
}

function columnsOf({ id, name, model, address, options }: Device) {
  return { id, name, model, ...addressColumns(address), options: JSON.stringify(options) };
}

function checkAddress(device: Device, all: Device[]): void {
  const twin = all.find((each) => each.id !== device.id && sameAddress(each.address, device.address));
  if (twin)
    throw new RequestError('conflict', `This device is already set up as "${twin.name}".`, {
      why: 'device.twin',
      params: { name: twin.name },
    });
}

function refusal(error: unknown): unknown {
  if (!(error instanceof HardwareError)) return error;
  const field =
    error.code in refusedField ? refusedField[error.code as keyof typeof refusedField] : undefined;
  if (field) return invalid(field.path, error.message, { why: field.why });
  return error.code === 'closed'
    ? new RequestError('hardware-unavailable', 'The server is stopping.', { why: 'server.stopping' })
    : error;
}

const refusedField = {
  'unknown-model': { path: 'model', why: 'device.no-model' },
  'bad-options': { path: 'options', why: 'device.bad-options' },
  'wrong-address': { path: 'address', why: 'device.wrong-address' },
} as const satisfies Partial<Record<HardwareErrorCode, object>>;

const noSuchDevice = () => new RequestError('not-found', 'There is no such device.');
