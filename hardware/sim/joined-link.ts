/** Two ends of one cable in memory: what goes in at one end comes out at the other, in order, a microtask later. */
import type { ByteLink, LinkFault } from '../ports.ts';

export interface DeviceEnd {
  /** Towards the host; dropped when the cable is cut. */
  send(bytes: Uint8Array): void;
  /** Pulls the cable, or with no fault, ends an orderly closed connection. */
  cut(fault?: LinkFault): void;
  readonly open: boolean;
}

export interface DeviceSide {
  /** What the host wrote. */
  received(bytes: Uint8Array): void;
  /** HID only. Rejects with a LinkFault. */
  readFeature?(reportId: number, length: number): Promise<Uint8Array>;
  writeFeature?(bytes: Uint8Array): Promise<void>;
}

export function joinedLink(side: DeviceSide): { host: ByteLink; device: DeviceEnd } {
  const onData: ((bytes: Uint8Array) => void)[] = [];
  const onClose: ((fault?: LinkFault) => void)[] = [];
  /** Sent before anybody listened: a real port holds it too. */
  let early: Uint8Array[] = [];
  let open = true;

  function cut(fault?: LinkFault): void {
    if (!open) return;
    open = false;
    for (const listener of onClose) listener(fault);
  }

  function deliver(bytes: Uint8Array): void {
    if (!open) return;
    if (onData.length === 0) early.push(bytes);
    for (const listener of onData) listener(bytes);
  }

  const gone: LinkFault = { code: 'unplugged', detail: 'the simulated device is unplugged' };
  const host: ByteLink = {
    onData(listener) {
      onData.push(listener);
      const waiting = early;
      early = [];
      for (const bytes of waiting) listener(bytes);
    },
    onClose: (listener) => void onClose.push(listener),
    async write(bytes) {
      if (!open) throw gone;
      const copy = bytes.slice();
      await Promise.resolve();
      if (!open) throw gone;
      side.received(copy);
    },
    async close() {
      cut();
    },
  };
  const { readFeature, writeFeature } = side;
  if (readFeature)
    host.readFeature = async (id, length) => (open ? readFeature(id, length) : Promise.reject(gone));
  if (writeFeature) host.writeFeature = async (bytes) => (open ? writeFeature(bytes) : Promise.reject(gone));

  return {
    host,
    device: {
      send(bytes) {
        const copy = bytes.slice();
        queueMicrotask(() => deliver(copy));
      },
      cut,
      get open() {
        return open;
      },
    },
  };
}
