/** Rows of devices as the contract shows them and as the hardware takes them. */
import type { DeviceConfig, DeviceStatus, DeviceAddress as HardwareAddress } from '../../hardware/ports.ts';
import {
  type Device,
  type DeviceAddress,
  device as deviceSchema,
  type DeviceStatus as StatusView,
} from '../contract/devices.ts';

export interface DeviceRow {
  id: string;
  name: string;
  model: string;
  addressKind: string;
  path: string | null;
  usbVendorId: number | null;
  usbProductId: number | null;
  usbSerial: string | null;
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

function addressOf({ addressKind, path, usbVendorId, usbProductId, usbSerial }: DeviceRow) {
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
  };
}

export function configOf({ id, model, address, options }: Device): DeviceConfig {
  return { id, model, address: hardwareAddress(address), options };
}

function hardwareAddress({ kind, path, usb }: DeviceAddress): HardwareAddress {
  if (kind === 'sim') return { kind };
  const { vendorId = 0, productId = 0, serialNumber } = usb ?? {};
  const serial = serialNumber === undefined ? {} : { serialNumber };
  return {
    kind,
    ...(path === undefined ? {} : { path }),
    ...(usb === undefined ? {} : { usb: { vendorId, productId, ...serial } }),
  };
}

/** As the wire has it: a channel whose state nobody knows is null. */
export function statusView({ channels, ...status }: DeviceStatus): StatusView {
  return {
    ...status,
    ...(channels ? { channels: channels.map((state) => state ?? null) } : {}),
  };
}

/**
 * Whether two addresses lead to one device: the same path, or the same USB identity where it tells one device
 * from its likes. Never for simulated ones.
 */
export function sameAddress(a: DeviceAddress | HardwareAddress, b: DeviceAddress | HardwareAddress): boolean {
  if (a.kind === 'sim' || b.kind === 'sim' || a.kind !== b.kind) return false;
  if (a.usb && b.usb) {
    const alike = a.usb.vendorId === b.usb.vendorId && a.usb.productId === b.usb.productId;
    if (!alike) return false;
    if (a.usb.serialNumber !== b.usb.serialNumber) return false;
    return a.usb.serialNumber !== undefined || a.path === b.path;
  }
  return a.path !== undefined && a.path === b.path;
}
