import { describe, expect, it } from 'vitest';
import type { DeviceModel } from '../../server/contract/devices.ts';
import { addressText, freeName, kindOfPath, modelsFor } from './address.ts';

describe('addressText', () => {
  it('writes vendor and product as four hexadecimal digits', () => {
    const usb = { vendorId: 0x16c0, productId: 0x5df, serialNumber: 'A1' };
    expect(addressText({ kind: 'hid', usb, path: '/dev/hidraw2' })).toBe('USB 16c0:05df · A1 · /dev/hidraw2');
  });
  it('tells twins apart by where they are plugged in', () => {
    const usb = { vendorId: 0x1a86, productId: 0x7523, port: '0000:00:14.0-2:1.0' };
    expect(addressText({ kind: 'serial', usb })).toBe('USB 1a86:7523 · 0000:00:14.0-2:1.0');
  });
  it('is empty for a simulated device', () => {
    expect(addressText({ kind: 'sim' })).toBe('');
  });
});

describe('kindOfPath', () => {
  it.each([
    ['/dev/ttyUSB0', 'serial'],
    ['/dev/serial/by-id/usb-1a86', 'serial'],
    ['COM3', 'serial'],
    ['\\\\.\\COM12', 'serial'],
    ['/dev/hidraw4', 'hid'],
    ['192.168.1.50:4001', 'tcp'],
    ['rs485.school.example:4001', 'tcp'],
    ['[fd00::1]:4001', 'tcp'],
    ['192.168.1.50', undefined],
    ['192.168.1.50:70000', undefined],
    ['192.168.1.50:0', undefined],
    ['a b:4001', undefined],
    ['ttyUSB0', undefined],
    ['/dev/', undefined],
    ['', undefined],
  ] as const)('%s is %s', (path, kind) => {
    expect(kindOfPath(path)).toBe(kind);
  });
});

describe('modelsFor', () => {
  const model = (id: string, addressKinds: DeviceModel['addressKinds']): DeviceModel => ({
    id,
    label: id,
    kind: 'reader',
    addressKinds,
    options: [],
  });
  it('offers what fits, the suggested first', () => {
    const models = [model('a', ['serial']), model('b', ['serial', 'sim']), model('c', ['hid'])];
    expect(modelsFor(models, 'serial', ['b']).map(({ model: { id }, suggested }) => [id, suggested])).toEqual(
      [
        ['b', true],
        ['a', false],
      ],
    );
  });
});

describe('freeName', () => {
  it('counts on from what is taken', () => {
    expect(freeName('RDM6300', ['Other'])).toBe('RDM6300');
    expect(freeName('RDM6300', ['RDM6300', 'RDM6300 2'])).toBe('RDM6300 3');
  });
});
