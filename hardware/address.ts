/** Which device an address leads to. Pure: the links follow addresses, the server keeps them. */
import type { FoundAddress, FoundDevice, UsbIdentity } from './ports.ts';

/**
 * Whether `wanted` leads to a device that is `seen`: all that it names is so. An identity of vendor and product alone
 * leads to every device of its kind.
 */
export function leadsTo(wanted: UsbIdentity, seen: UsbIdentity): boolean {
  return (
    wanted.vendorId === seen.vendorId &&
    wanted.productId === seen.productId &&
    (wanted.serialNumber === undefined || wanted.serialNumber === seen.serialNumber) &&
    (wanted.port === undefined || wanted.port === seen.port)
  );
}

/**
 * What to keep of a device that is plugged in, so that it is found again and never taken for its twin: its serial
 * number, wherever it is plugged in; without one, or with one that its twin has too, the USB port that it is at. The
 * path is for what the system tells neither of: it may change at every start.
 */
export function lastingAddress(device: FoundDevice, all: readonly FoundDevice[]): FoundAddress {
  const { address, path } = device;
  if (address.kind === 'sim') return address;
  const { kind, usb } = address;
  if (!usb) return { kind, path };
  const { vendorId, productId, serialNumber, port } = usb;
  const ids = { vendorId, productId };
  if (serialNumber === undefined) {
    return port === undefined ? { kind, path, usb: ids } : { kind, usb: { ...ids, port } };
  }
  const hasTwin = all.some(
    ({ address: other }) =>
      other.kind === kind &&
      other.usb !== undefined &&
      other.usb.port !== port &&
      leadsTo({ ...ids, serialNumber }, other.usb),
  );
  return { kind, usb: { ...ids, serialNumber, ...(hasTwin && port !== undefined ? { port } : {}) } };
}
