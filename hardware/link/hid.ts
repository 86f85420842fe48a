/** USB HID devices. The only file that imports `node-hid`. */
import type { Device, HIDAsync } from 'node-hid';
import type { ByteLink, FoundDevice, LinkFault, LinkOpener } from '../ports.ts';
import { followDevice, shared } from './follow.ts';
import { cannotLoad, isLoadFailure, systemFault } from './system-fault.ts';
import { linuxHidPort, windowsHidPort } from './usb-port.ts';

/** @param sys where Linux tells of its devices. */
export function hidOpener(sys = '/sys'): LinkOpener {
  const list = shared(() => listDevices(sys));
  return {
    list,
    async open(address) {
      if (address.kind !== 'hid') throw unsupported(`a ${address.kind} address is no HID device`);
      const path = await followDevice(address, list, rank);
      try {
        const { HIDAsync: Hid } = await import('node-hid');
        return linkOf(await Hid.open(path), path);
      } catch (reason) {
        throw isLoadFailure(reason) ? notLoaded(reason) : systemFault(path, reason);
      }
    },
  };
}

/** node-hid loads its native part at the first call, so a failure to load can show up anywhere. */
function notLoaded(reason: unknown): LinkFault {
  return cannotLoad(
    'node-hid',
    'On Debian and Ubuntu it needs the packages libusb-1.0-0 and libudev1.',
    reason,
  );
}

async function listDevices(sys: string): ReturnType<LinkOpener['list']> {
  try {
    const { devicesAsync } = await import('node-hid');
    return { found: (await devicesAsync()).flatMap((device) => foundHid(device, sys)) };
  } catch (reason) {
    return {
      found: [],
      problem: isLoadFailure(reason) ? notLoaded(reason) : systemFault('HID devices', reason),
    };
  }
}

function foundHid(device: Device, sys: string): FoundDevice[] {
  const { path, vendorId, productId, serialNumber, manufacturer, product, usagePage, usage } = device;
  if (!path) return [];
  const port = windowsHidPort(path) ?? linuxHidPort(path, sys);
  return [
    {
      path,
      address: {
        kind: 'hid',
        usb: { vendorId, productId, ...(serialNumber ? { serialNumber } : {}), ...(port ? { port } : {}) },
      },
      ...(manufacturer ? { manufacturer } : {}),
      ...(product ? { product } : {}),
      ...(usagePage === undefined || usage === undefined ? {} : { hidUsage: { page: usagePage, id: usage } }),
      models: [],
    },
  ];
}

/** One device may have several interfaces: its keyboard or scanner is wanted, not its mouse or its volume keys. */
function rank({ hidUsage }: FoundDevice): number {
  if (!hidUsage) return 2;
  const { page, id } = hidUsage;
  if (page === 0x8c || (page === 0x01 && id === 0x06)) return 0;
  return page >= 0xff00 ? 1 : 3;
}

function linkOf(hid: HIDAsync, path: string): ByteLink {
  const listeners: ((fault?: LinkFault) => void)[] = [];
  let ended = false;
  function end(fault?: LinkFault): void {
    if (ended) return;
    ended = true;
    for (const listener of listeners) listener(fault);
  }
  // The read thread ends at its first error; for hidapi that is always a device that went away.
  hid.on('error', (reason: unknown) => {
    end({ code: 'unplugged', detail: systemFault(path, reason).detail });
  });
  async function did<T>(work: () => Promise<T>): Promise<T> {
    if (ended) throw { code: 'unplugged', detail: `${path} is closed` } satisfies LinkFault;
    try {
      return await work();
    } catch (reason) {
      throw systemFault(path, reason);
    }
  }

  return {
    onData: (listener) => void hid.on('data', (report: Buffer) => !ended && listener(report)),
    onClose: (listener) => void listeners.push(listener),
    write: (bytes) => did(() => hid.write(Buffer.from(bytes))).then(() => undefined),
    readFeature: (reportId, length) => did(() => hid.getFeatureReport(reportId, length)),
    writeFeature: (bytes) => did(() => hid.sendFeatureReport(Buffer.from(bytes))).then(() => undefined),
    async close() {
      end();
      await hid.close();
    },
  };
}

function unsupported(detail: string): LinkFault {
  return { code: 'unsupported', detail };
}
