/** Addresses of devices, as people read and type them. */
import type { DeviceAddress, DeviceModel } from '../../server/contract/devices.ts';

const hex4 = (value: number) => value.toString(16).padStart(4, '0');

/** `USB 16c0:05df · A1B2 · /dev/hidraw2`, `USB 1a86:7523 · 0000:00:14.0-2:1.0`; empty for a simulated device. */
export function addressText({ path, usb }: DeviceAddress): string {
  const id = usb && `USB ${hex4(usb.vendorId)}:${hex4(usb.productId)}`;
  const parts = [id, usb?.serialNumber, usb?.port, path].filter((part) => part !== undefined && part !== '');
  return parts.join(' · ');
}

/** The kind that a typed path stands for; undefined when it looks like neither. */
export function kindOfPath(path: string): 'serial' | 'hid' | 'tcp' | undefined {
  if (/^\/dev\/(hidraw\d+|usb\/hiddev\d+)$|^\\\\\?\\hid|^DevSrvsID:/i.test(path)) return 'hid';
  if (/^\/dev\/\S+$|^(\\\\\.\\)?COM\d+$/i.test(path)) return 'serial';
  // `host:port`, an IPv6 address in brackets.
  const port = /^(?:\[[\da-f:.]+\]|[a-z\d](?:[a-z\d.-]*[a-z\d])?):(\d{1,5})$/i.exec(path)?.[1];
  return port !== undefined && Number(port) > 0 && Number(port) <= 0xffff ? 'tcp' : undefined;
}

const kindOrder = { reader: 0, relay: 1, inputs: 2, 'document-reader': 3, printer: 4 } as const;

/** Models that can stand at such an address; those that the USB identity suggests first. */
export function modelsFor(
  models: readonly DeviceModel[],
  kind: DeviceAddress['kind'],
  suggested: readonly string[] = [],
): { model: DeviceModel; suggested: boolean }[] {
  return models
    .filter((model) => model.addressKinds.includes(kind))
    .map((model) => ({ model, suggested: suggested.includes(model.id) }))
    .sort(
      (a, b) =>
        Number(b.suggested) - Number(a.suggested) ||
        kindOrder[a.model.kind] - kindOrder[b.model.kind] ||
        a.model.label.localeCompare(b.model.label),
    );
}

/** The name, or with the first number that makes it one of its own. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  let number = 2;
  while (taken.includes(`${name} ${number}`)) number += 1;
  return `${name} ${number}`;
}
