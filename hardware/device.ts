/** One configured device: its driver on a link that is kept open, and its status. */
import { buildDriver, type Secrets } from './build-driver.ts';
import { type CheckedDevice, serialOptions } from './device-config.ts';
import type { Printer, RelayBoard } from './driver/driver.ts';
import type { HardwareBus } from './events.ts';
import { keepOpen } from './keep-open.ts';
import type { OsdpBus } from './osdp-ports.ts';
import type { Clock, DeviceStatus, LinkFault, LinkOpener } from './ports.ts';

export interface DeviceParts {
  checked: CheckedDevice;
  opener: LinkOpener;
  clock: Clock;
  random(): number;
  bus: HardwareBus;
  secrets: Secrets;
}

export interface OpenDevice {
  readonly checked: CheckedDevice;
  /** @param reader on a bus, the reader whose outputs they are. */
  boardOf(reader: number | undefined): RelayBoard | undefined;
  readonly osdp: OsdpBus | undefined;
  readonly printer: Printer | undefined;
  status(): DeviceStatus;
  /** Outputs off, link closed; settles within a few seconds whatever the device does. */
  close(): Promise<void>;
}

export function openDevice({ checked, opener, clock, random, bus, secrets }: DeviceParts): OpenDevice {
  const { id, address, model, values } = checked;
  const driver = buildDriver(checked, clock, bus, secrets);
  let state: DeviceStatus['state'] = 'connecting';
  let fault: LinkFault | undefined;
  let since = clock.now();

  const status = (): DeviceStatus => ({
    deviceId: id,
    state,
    since,
    ...(fault ? { fault } : {}),
    ...driver.counts(),
  });

  const kept = keepOpen({
    clock,
    random,
    open: () => opener.open(address, serialOptions(model, values), id),
    async onOpen(link) {
      link.onData((bytes) => driver.received(bytes));
      await driver.opened(link);
    },
    onLost: (reason) => driver.lost(reason),
    onState(next) {
      const changed = next.state !== state || next.fault?.code !== fault?.code;
      if (next.state !== state) since = clock.now();
      state = next.state;
      fault = next.fault;
      if (changed) bus.emit('status', status());
    },
  });

  return {
    checked,
    boardOf: (reader) => (reader === undefined ? driver.board : driver.boardOf?.(reader)),
    osdp: driver.osdp,
    printer: driver.printer,
    status,
    async close() {
      await driver.close();
      await kept.close();
    },
  };
}
