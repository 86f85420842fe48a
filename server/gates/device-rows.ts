/** Rows of devices as the contract shows them and as the hardware takes them. */
import { leadsTo } from '../../hardware/address.ts';
import type { LinePlace, Progress } from '../../hardware/osdp-ports.ts';
import type {
  DeviceConfig,
  DeviceStatus,
  DeviceAddress as HardwareAddress,
  UsbIdentity,
} from '../../hardware/ports.ts';
import {
  type Device,
  type DeviceAddress,
  device as deviceSchema,
  type DeviceStatus as StatusView,
} from '../contract/devices.ts';
import type { BusProgress } from '../contract/readers.ts';

export interface DeviceRow {
  id: string;
  name: string;
  model: string;
  addressKind: string;
  path: string | null;
  usbVendorId: number | null;
  usbProductId: number | null;
  usbSerial: string | null;
  usbPort: string | null;
  /** JSON object. */
  options: string;
}

export function deviceOf(row: DeviceRow, status?: DeviceStatus): Device {
  return deviceSchema.parse({
    id: row.id,
    name: row.name,
    model: row.model,
    address: addressOf(row),
    options: JSON.parse(row.options),
    ...(status ? { status: statusView(status) } : {}),
  });
}

function addressOf({ addressKind, path, usbVendorId, usbProductId, usbSerial, usbPort }: DeviceRow) {
  return {
    kind: addressKind,
    ...(path === null ? {} : { path }),
    ...(usbVendorId === null || usbProductId === null
      ? {}
      : {
          usb: {
            vendorId: usbVendorId,
            productId: usbProductId,
            ...(usbSerial === null ? {} : { serialNumber: usbSerial }),
            ...(usbPort === null ? {} : { port: usbPort }),
          },
        }),
  };
}

export function addressColumns({ kind, path, usb }: DeviceAddress) {
  return {
    addressKind: kind,
    path: path ?? null,
    usbVendorId: usb?.vendorId ?? null,
    usbProductId: usb?.productId ?? null,
    usbSerial: usb?.serialNumber ?? null,
    usbPort: usb?.port ?? null,
  };
}

/** @param numbers of the readers that are set up on it; only a bus has to be told. */
export function configOf(
  { id, model, address, options }: Device,
  bus: boolean,
  numbers: readonly number[],
): DeviceConfig {
  const readers = bus ? { readers: numbers.map((number) => ({ address: number })) } : {};
  return { id, model, address: hardwareAddress(address), options, ...readers };
}

function hardwareAddress({ kind, path, usb }: DeviceAddress): HardwareAddress {
  if (kind === 'sim') return { kind };
  if (kind === 'tcp') return networkAddress(path);
  return {
    kind,
    ...(path === undefined ? {} : { path }),
    ...(usb === undefined ? {} : { usb: identityOf(usb) }),
  };
}

function identityOf({
  vendorId,
  productId,
  serialNumber,
  port,
}: NonNullable<DeviceAddress['usb']>): UsbIdentity {
  return {
    vendorId,
    productId,
    ...(serialNumber === undefined ? {} : { serialNumber }),
    ...(port === undefined ? {} : { port }),
  };
}

/** `host:port`; the host of an IPv6 address stands in brackets. What is neither is refused by the hardware. */
function networkAddress(path = ''): HardwareAddress {
  const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d+)$/.exec(path) ?? [];
  return { kind: 'tcp', host, port: Number(port) };
}

/** As the wire has it: a channel whose state nobody knows is null. @param strayed where a reader went instead. */
export function statusView(
  { channels, readers, ...status }: DeviceStatus,
  strayed?: (number: number) => LinePlace | undefined,
): StatusView {
  return {
    ...status,
    ...(channels ? { channels: channels.map((state) => state ?? null) } : {}),
    ...(readers
      ? {
          readers: readers.map(({ deviceId: _, reader: number, ...each }) => {
            const at = strayed?.(number);
            return { number, ...each, ...(at ? { strayed: at } : {}) };
          }),
        }
      : {}),
  };
}

export function busProgress(progress: Progress): BusProgress {
  if (progress.kind === 'search') return progress;
  const { reader, ...rest } = progress;
  return { number: reader, ...rest };
}

/**
 * Whether two addresses may lead to one device: the same path, or USB identities of which one leads wherever the other
 * does. Never for simulated ones.
 */
export function sameAddress(a: DeviceAddress, b: DeviceAddress): boolean {
  if (a.kind === 'sim' || b.kind === 'sim' || a.kind !== b.kind) return false;
  if (!a.usb || !b.usb) return a.path !== undefined && a.path === b.path;
  const [one, other] = [identityOf(a.usb), identityOf(b.usb)];
  return leadsTo(one, other) || leadsTo(other, one);
}
