import { describe, expect, it } from 'vitest';
import { followDevice, shared } from './follow.ts';
import { systemFault } from './system-fault.ts';

describe('systemFault', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyUSB9', 'not-found'],
    ['Error: Permission denied, cannot open /dev/ttyUSB9', 'permission'],
    ['Error Resource temporarily unavailable Cannot lock port', 'busy'],
    ['Error: Device or resource busy, cannot open /dev/ttyUSB9', 'busy'],
    ['Error: Is a directory, cannot open /dev/ttyUSB9', 'unsupported'],
    ['bad file descriptor', 'unplugged'],
    ['Input/output error', 'io'],
  ])('knows "%s" as %s', (words, code) => {
    const fault = systemFault('/dev/ttyUSB9', new Error(words));
    expect(fault.code).toBe(code);
    expect(fault.detail).toContain('/dev/ttyUSB9');
  });

  it('knows that Windows denies access to a port that is in use', () => {
    expect(systemFault('COM3', new Error('Opening COM3: Access denied')).code).toBe('busy');
    expect(systemFault('/dev/hidraw0', 'Access denied').code).toBe('permission');
  });
});

describe('followDevice', () => {
  const usb = { vendorId: 0x1a86, productId: 0x7523 };
  const found = (path: string, serialNumber?: string) => ({
    path,
    address: { kind: 'serial' as const, usb: { ...usb, ...(serialNumber ? { serialNumber } : {}) } },
    models: [],
  });

  it('takes a bare path as it is, without a list', async () => {
    const list = () => Promise.reject(new Error('not asked'));
    expect(await followDevice({ kind: 'serial', path: '/dev/ttyS0' }, list)).toBe('/dev/ttyS0');
  });

  it('tells devices apart by serial number', async () => {
    const list = async () => ({ found: [found('/dev/ttyUSB0', 'A'), found('/dev/ttyUSB1', 'B')] });
    expect(await followDevice({ kind: 'serial', usb: { ...usb, serialNumber: 'B' } }, list)).toBe(
      '/dev/ttyUSB1',
    );
    await expect(followDevice({ kind: 'serial', usb }, list)).rejects.toMatchObject({ code: 'ambiguous' });
  });

  it('falls back on the path where nothing can be listed, and else hands on why', async () => {
    const problem = { code: 'unsupported' as const, detail: 'no udev' };
    const list = async () => ({ found: [], problem });
    expect(await followDevice({ kind: 'serial', usb, path: '/dev/ttyUSB0' }, list)).toBe('/dev/ttyUSB0');
    await expect(followDevice({ kind: 'serial', usb }, list)).rejects.toBe(problem);
  });
});

describe('shared', () => {
  it('makes one list for all who ask meanwhile, and a new one after that', async () => {
    let made = 0;
    const list = shared(async () => {
      made += 1;
      return made;
    });
    expect(await Promise.all([list(), list(), list()])).toEqual([1, 1, 1]);
    expect(await list()).toBe(2);
  });
});
