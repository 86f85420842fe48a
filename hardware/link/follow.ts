/** Where a device is now: a USB identity is looked up at every opening, wherever the system has put it. */
import { leadsTo } from '../address.ts';
import type { DeviceAddress, FoundDevice, LinkFault, LinkOpener } from '../ports.ts';

export type WiredAddress = Extract<DeviceAddress, { kind: 'serial' | 'hid' }>;

/**
 * The path to open. `rank` orders the interfaces of one device, lowest first. Rejects with a LinkFault when the
 * device is not there, or when several can't be told apart: guessing could swap an entrance with an exit.
 */
export async function followDevice(
  address: WiredAddress,
  list: LinkOpener['list'],
  rank: (found: FoundDevice) => number = () => 0,
): Promise<string> {
  const { kind, usb, path } = address;
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
  const ofKind = found.filter(({ address: { kind: its } }) => its === kind);
  const alike = ofKind.filter((device) => isOneOf(usb, device));
  const best = Math.min(...alike.map(rank));
  const candidates = alike.filter((device) => rank(device) === best);
  const [first] = candidates;
  if (!first) throw notThere(usb, ofKind);
  // Several interfaces at one port are one device's, in the order of the system.
  const devices = new Set(candidates.map((each) => portOf(each) ?? each.path));
  if (devices.size === 1) return first.path;
  throw fault(
    'ambiguous',
    `several devices are ${nameOf(usb)} (${placesOf(candidates)}): choose the one that is meant, or unplug the others`,
  );
}

type Usb = NonNullable<WiredAddress['usb']>;

function notThere(usb: Usb, found: readonly FoundDevice[]): LinkFault {
  const { port, ...identity } = usb;
  const elsewhere = found.filter((device) => isOneOf(identity, device));
  if (port === undefined || elsewhere.length === 0) {
    return fault('not-found', `no device ${nameOf(usb)} is plugged in`);
  }
  return fault(
    'not-found',
    `no device ${nameOf(usb)} is plugged in, but ${placesOf(elsewhere)} is of its kind: plug it in where it was, or choose where it is now`,
  );
}

function isOneOf(usb: Usb, { address }: FoundDevice): boolean {
  return address.kind !== 'sim' && address.usb !== undefined && leadsTo(usb, address.usb);
}

function portOf({ address }: FoundDevice): string | undefined {
  return address.kind === 'sim' ? undefined : address.usb?.port;
}

function placesOf(devices: readonly FoundDevice[]): string {
  return devices
    .map((device) => [device.path, portOf(device)].filter((each) => each !== undefined).join(' at '))
    .join(', ');
}

function nameOf({ vendorId, productId, serialNumber, port }: Usb): string {
  const hex = (id: number) => id.toString(16).padStart(4, '0');
  return [
    `${hex(vendorId)}:${hex(productId)}`,
    ...(serialNumber === undefined ? [] : [serialNumber]),
    ...(port === undefined ? [] : [`at ${port}`]),
  ].join(' ');
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
