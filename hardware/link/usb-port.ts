/** Where on the USB a device is plugged in: the same after a restart, when the numbers of paths may have swapped. */
import { readFileSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface UsbPort {
  /** Host controller and sockets from there on: `0000:00:14.0-2.4`. */
  socket: string;
  /** Configuration and interface of the device: `1.0`. */
  interface: string;
}

/**
 * Reads a place in Linux's /sys, `…/pci0000:00/0000:00:14.0/usb1/1-2/1-2.4/1-2.4:1.0/ttyUSB0`; undefined for what
 * is on no USB. The number of the bus is left out, and that of an xhci-hcd: both are given as controllers come up.
 * Source: Linux, Documentation/ABI/stable/sysfs-bus-usb (bus-port.port.port:config.interface).
 */
export function usbPortOf(sysPath: string): UsbPort | undefined {
  const parts = sysPath.split('/');
  const bus = parts.findIndex((part) => /^usb\d+$/.test(part));
  const controller = parts
    .slice(0, Math.max(bus, 0))
    .findLast((part) => !/^xhci-hcd\.\d+(\.auto)?$/.test(part));
  const at = parts.findLast((part) => interfaceName.test(part));
  const [, sockets, its] = interfaceName.exec(at ?? '') ?? [];
  return controller && sockets && its ? { socket: `${controller}-${sockets}`, interface: its } : undefined;
}

const interfaceName = /^\d+-(\d+(?:\.\d+)*):(\d+\.\d+)$/;

/** The port of `/dev/ttyUSB0` on Linux, down to the line of an adapter with several; undefined where nothing tells. */
export function linuxSerialPort(path: string, sys: string): string | undefined {
  const device = join(sys, 'class', 'tty', basename(path), 'device');
  const port = placeOf(device);
  if (!port) return undefined;
  // Of adapters with several lines on one interface, usb-serial numbers the lines.
  const line = Number(told(() => readFileSync(join(device, 'port_number'), 'utf8')) ?? 0);
  return `${port.socket}:${port.interface}${line > 0 ? `-${line}` : ''}`;
}

/** The port of `/dev/hidraw0` on Linux; its interfaces share it, and are told apart by what they are for. */
export function linuxHidPort(path: string, sys: string): string | undefined {
  return placeOf(join(sys, 'class', 'hidraw', basename(path), 'device'))?.socket;
}

function placeOf(link: string): UsbPort | undefined {
  const place = told(() => realpathSync(link));
  return place === undefined ? undefined : usbPortOf(place);
}

/** What /sys says, which is in memory and costs no waiting; undefined where it says nothing. */
function told(read: () => string): string | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/**
 * The device instance in an HID path of Windows, `\\\\?\\HID#VID_FFFF&PID_0035#7&1f2e3d4c&0&0000#{…}`: made from where
 * a device without a serial number is plugged in, and kept over restarts.
 * Source: Microsoft, Windows Driver documentation, "Device Instance IDs".
 */
export function windowsHidPort(path: string): string | undefined {
  return /^\\\\\?\\hid#[^#]+#([^#]+)#/i.exec(path)?.[1];
}
