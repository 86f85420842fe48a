/** Where a device is now: a USB identity is looked up at every opening, wherever the system has put it. */
import type { DeviceAddress, FoundDevice, LinkFault, LinkOpener } from '../ports.ts';

export type WiredAddress = Exclude<DeviceAddress, { kind: 'sim' }>;

/**
 * The path to open. `rank` orders the interfaces of one device, lowest first. Rejects with a LinkFault when the
 * device is not there, or when several can't be told apart: guessing could swap an entrance with an exit.
 */
export async function followDevice(
  address: WiredAddress,
  list: LinkOpener['list'],
  rank: (found: FoundDevice) => number = () => 0,
): Promise<string> {
  const { usb, path } = address;
  if (!usb) {
    if (path) return path;
    throw fault('not-found', 'neither a path nor a USB identity is set');
  }
  const { found, problem } = await list();
  if (problem) {
    // The path is only a hint beside an identity, but better than a dead lane where nothing can be listed.
    if (path) return path;
    throw problem;
  }
  const alike = found.filter(
    ({ address: { kind, ...at } }) => kind === address.kind && 'usb' in at && isSame(usb, at.usb),
  );
  const best = Math.min(...alike.map(rank));
  const candidates = alike.filter((device) => rank(device) === best);
  const [first, ...others] = candidates;
  if (!first) throw fault('not-found', `no device ${nameOf(usb)} is plugged in`);
  if (others.length === 0) return first.path;
  const hinted = candidates.find((device) => device.path === path);
  if (hinted) return hinted.path;
  const paths = candidates.map((device) => device.path).join(', ');
  throw fault(
    'not-found',
    `several devices are ${nameOf(usb)} (${paths}): set a serial number, or a path instead`,
  );
}

type Usb = NonNullable<WiredAddress['usb']>;

function isSame(wanted: Usb, seen: Usb | undefined): boolean {
  return (
    wanted.vendorId === seen?.vendorId &&
    wanted.productId === seen.productId &&
    (wanted.serialNumber === undefined || wanted.serialNumber === seen.serialNumber)
  );
}

export function nameOf({ vendorId, productId, serialNumber }: Usb): string {
  const hex = (id: number) => id.toString(16).padStart(4, '0');
  return `${hex(vendorId)}:${hex(productId)}${serialNumber === undefined ? '' : ` ${serialNumber}`}`;
}

function fault(code: LinkFault['code'], detail: string): LinkFault {
  return { code, detail };
}

/** Callers that come while a list is being made share it: many devices come back at once after a hub was unplugged. */
export function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  };
}
