/**
 * A machine with USB sockets for tests: what is plugged in gets the next free path, as on a real one, so paths swap
 * when the order does. Found and followed by the hardware's own rules; only the native modules are not there.
 */
import { followDevice } from '../hardware/link/follow.ts';
import type { ByteLink, FoundDevice, LinkOpener, UsbIdentity } from '../hardware/ports.ts';
import { type DeviceEnd, joinedLink } from '../hardware/sim/joined-link.ts';

export interface UsbThing {
  readonly usb: Omit<UsbIdentity, 'port'>;
  /** What the server wrote to it. */
  readonly written: number[];
  /** HID only: usage page and usage. */
  readonly hidUsage?: { page: number; id: number };
  /** The end of its cable, while it is open. */
  end?: DeviceEnd | undefined;
}

export interface UsbBench {
  openers: { serial: LinkOpener; hid: LinkOpener };
  plug(thing: UsbThing, socket: string): void;
  unplug(thing: UsbThing): void;
}

interface Plugged {
  thing: UsbThing;
  socket: string;
  path: string;
}

export function usbBench(): UsbBench {
  const plugged = new Map<UsbThing, Plugged>();

  function freePath({ hidUsage }: UsbThing): string {
    const taken = new Set([...plugged.values()].map(({ path }) => path));
    const name = hidUsage ? '/dev/hidraw' : '/dev/ttyUSB';
    for (let number = 0; ; number += 1) if (!taken.has(`${name}${number}`)) return `${name}${number}`;
  }

  function found({ thing, socket, path }: Plugged): FoundDevice {
    const { usb, hidUsage } = thing;
    const identity = { ...usb, port: socket };
    return {
      path,
      address: hidUsage ? { kind: 'hid', usb: identity } : { kind: 'serial', usb: identity },
      ...(hidUsage ? { hidUsage } : {}),
      models: [],
    };
  }

  const opener = (kind: 'serial' | 'hid'): LinkOpener => {
    const list: LinkOpener['list'] = async () => ({
      found: [...plugged.values()].map(found).filter(({ address }) => address.kind === kind),
    });
    return {
      list,
      async open(address): Promise<ByteLink> {
        if (address.kind !== kind) throw { code: 'unsupported', detail: `no ${kind} address` };
        const path = await followDevice(address, list);
        const thing = [...plugged.values()].find((each) => each.path === path)?.thing;
        if (!thing) throw { code: 'not-found', detail: `${path}: no such device` };
        if (thing.end?.open) throw { code: 'busy', detail: `${path} is open already` };
        const { host, device } = joinedLink({ received: (bytes) => void thing.written.push(...bytes) });
        thing.end = device;
        return host;
      },
    };
  };

  return {
    openers: { serial: opener('serial'), hid: opener('hid') },
    plug(thing, socket) {
      plugged.set(thing, { thing, socket, path: freePath(thing) });
    },
    unplug(thing) {
      plugged.delete(thing);
      thing.end?.cut({ code: 'unplugged', detail: 'the cable was pulled' });
    },
  };
}

/** A CH340 bridge, which has no serial number; what stands behind it nobody can see. */
export const ch340 = (): UsbThing => ({ usb: { vendorId: 0x1a86, productId: 0x7523 }, written: [] });

/** A reader that types, of the make that has no serial number either. */
export const wedge = (): UsbThing => ({
  usb: { vendorId: 0xffff, productId: 0x0035 },
  hidUsage: { page: 1, id: 6 },
  written: [],
});
