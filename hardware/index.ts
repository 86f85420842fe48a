/** The only door to the hardware: readers, relay boards and inputs, real and simulated alike. */
import { randomBytes } from 'node:crypto';
import { recogniseModels } from './catalog-match.ts';
import { type OpenDevice, openDevice } from './device.ts';
import { type CheckedDevice, checkDevices, sameDevice } from './device-config.ts';
import { HardwareError } from './errors.ts';
import { hardwareBus } from './events.ts';
import { hidOpener } from './link/hid.ts';
import { serialOpener } from './link/serial.ts';
import { tcpOpener } from './link/tcp.ts';
import { memoryKeys } from './memory-keys.ts';
import type { OsdpKeyStore } from './osdp-ports.ts';
import type { Clock, DeviceAddress, Hardware, LinkFault, LinkOpener, Output } from './ports.ts';
import { simulator } from './sim/simulator.ts';

export { catalog, type DeviceModel } from './catalog.ts';
export { systemClock } from './clock.ts';
export { HardwareError } from './errors.ts';

export interface HardwareParts {
  clock: Clock;
  /** 0 up to 1. */
  random(): number;
  /** Stand-ins for the real links. */
  openers?: { serial?: LinkOpener; hid?: LinkOpener; tcp?: LinkOpener };
  /** Where readers' keys are kept; without it they last as long as the process. */
  osdpKeys?: OsdpKeyStore;
  /** Not to be guessed; Node's own when absent. */
  randomBytes?(count: number): Uint8Array;
  /** What a listener of the events threw; it reaches nobody else. */
  onListenerError?(error: unknown): void;
}

export function openHardware(parts: HardwareParts): Hardware {
  const { clock, random } = parts;
  const bus = hardwareBus(parts.onListenerError ?? (() => undefined));
  const secrets = { keys: parts.osdpKeys ?? memoryKeys(), randomBytes: parts.randomBytes ?? randomBytes };
  const sim = simulator({ clock, random }, secrets.keys);
  const openers: Record<DeviceAddress['kind'], LinkOpener> = {
    serial: parts.openers?.serial ?? serialOpener(),
    hid: parts.openers?.hid ?? hidOpener(),
    tcp: parts.openers?.tcp ?? tcpOpener(),
    sim,
  };
  const devices = new Map<string, OpenDevice>();
  let closed = false;
  /** Configurations are applied one after the other. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  }

  async function closeOne(id: string): Promise<void> {
    const device = devices.get(id);
    devices.delete(id);
    await device?.close();
    sim.remove(id);
  }

  function openOne(checked: CheckedDevice): void {
    const opener = openers[checked.address.kind];
    if (checked.address.kind === 'sim') sim.add(checked);
    devices.set(checked.id, openDevice({ checked, opener, clock, random, bus, secrets }));
  }

  function boardOf({ deviceId, reader }: Output) {
    const device = devices.get(deviceId);
    if (!device) throw new HardwareError('unknown-device', `There is no device ${deviceId}.`);
    const board = device.boardOf(reader);
    if (board) return board;
    const what = reader === undefined ? 'is no relay board' : `has no reader ${reader} with outputs`;
    throw new HardwareError('unknown-device', `Device ${deviceId} ${what}.`);
  }

  return {
    on: bus.on,
    configure: (rows) =>
      inTurn(async () => {
        if (closed) throw new HardwareError('closed', 'The hardware is closed.');
        const wanted = checkDevices(rows);
        const stays = (device: OpenDevice) =>
          wanted.some((row) => row.id === device.checked.id && sameDevice(row, device.checked));
        const leaving = [...devices.values()].filter((device) => !stays(device));
        // A moved cable is one row gone and another one come: the port has to be free before it is opened again.
        await Promise.all(leaving.map((device) => closeOne(device.checked.id)));
        for (const row of wanted) if (!devices.has(row.id)) openOne(row);
      }),
    statuses: () => [...devices.values()].map((device) => device.status()),
    pulse: async (output, ms, limit) => boardOf(output).pulse(output.channel, ms, limit),
    hold: async (output, on) => boardOf(output).hold(output.channel, on),
    async print(deviceId, page) {
      const printer = devices.get(deviceId)?.printer;
      if (printer) return printer.print(page);
      throw new HardwareError('unknown-device', `There is no printer ${deviceId}.`);
    },
    async scan() {
      const lists = await Promise.all([openers.serial.list(), openers.hid.list()]);
      return {
        found: lists.flatMap(({ found }) =>
          found.map((device) => ({ ...device, models: recogniseModels(device) })),
        ),
        problems: lists.flatMap(({ problem }): LinkFault[] => (problem ? [problem] : [])),
      };
    },
    osdp: (deviceId) => devices.get(deviceId)?.osdp,
    simulated: (deviceId) => sim.get(deviceId),
    close() {
      closed = true;
      return inTurn(async () => {
        await Promise.all([...devices.keys()].map(closeOne));
      });
    },
  };
}
