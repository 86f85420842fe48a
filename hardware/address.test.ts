import { describe, expect, it } from 'vitest';
import { lastingAddress, leadsTo } from './address.ts';
import type { FoundDevice, UsbIdentity } from './ports.ts';

const ch340 = { vendorId: 0x1a86, productId: 0x7523 };
const found = (path: string, usb?: Partial<UsbIdentity>): FoundDevice => ({
  path,
  address: usb ? { kind: 'serial', usb: { ...ch340, ...usb } } : { kind: 'serial', path },
  models: [],
});

describe('what is kept of a device', () => {
  it('is its serial number, wherever it is plugged in', () => {
    const device = found('/dev/ttyUSB0', { serialNumber: 'A', port: 'p1' });
    const all = [device, found('/dev/ttyUSB1', { serialNumber: 'B', port: 'p2' })];
    expect(lastingAddress(device, all)).toEqual({ kind: 'serial', usb: { ...ch340, serialNumber: 'A' } });
  });

  it('is the port of one without a number, and never its path', () => {
    const device = found('/dev/ttyUSB0', { port: 'p1' });
    expect(lastingAddress(device, [device])).toEqual({ kind: 'serial', usb: { ...ch340, port: 'p1' } });
  });

  it('is both where makers give all the same number', () => {
    const twins = [
      found('/dev/ttyUSB0', { serialNumber: '0001', port: 'p1' }),
      found('/dev/ttyUSB1', { serialNumber: '0001', port: 'p2' }),
    ];
    expect(twins.map((twin) => lastingAddress(twin, twins))).toEqual([
      { kind: 'serial', usb: { ...ch340, serialNumber: '0001', port: 'p1' } },
      { kind: 'serial', usb: { ...ch340, serialNumber: '0001', port: 'p2' } },
    ]);
    // Two interfaces at one port are one device.
    const [one] = twins;
    const faces = [found('/dev/hidraw1', { serialNumber: '0001', port: 'p1' }), ...(one ? [one] : [])];
    expect(one && lastingAddress(one, faces)).toEqual({
      kind: 'serial',
      usb: { ...ch340, serialNumber: '0001' },
    });
  });

  it('is the path of what tells nothing of itself', () => {
    const bare = found('/dev/ttyS0');
    expect(lastingAddress(bare, [bare])).toEqual({ kind: 'serial', path: '/dev/ttyS0' });
    const nameless = found('/dev/ttyUSB0', {});
    expect(lastingAddress(nameless, [nameless])).toEqual({
      kind: 'serial',
      path: '/dev/ttyUSB0',
      usb: ch340,
    });
  });

  it('leads to it and not to its twin', () => {
    const twins = [
      found('/a', { port: 'p1' }),
      found('/b', { port: 'p2' }),
      found('/c', { serialNumber: 'A' }),
    ];
    const usbOf = ({ address }: Pick<FoundDevice, 'address'>) => {
      if (address.kind === 'sim' || !address.usb) throw new Error('no identity');
      return address.usb;
    };
    for (const twin of twins) {
      const kept = usbOf({ address: lastingAddress(twin, twins) });
      expect(twins.filter((other) => leadsTo(kept, usbOf(other)))).toEqual([twin]);
    }
    expect(leadsTo({ vendorId: 1, productId: 0x7523 }, ch340)).toBe(false);
    expect(leadsTo({ vendorId: 0x1a86, productId: 1 }, ch340)).toBe(false);
  });
});
