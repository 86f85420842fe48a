import { describe, expect, it } from 'vitest';
import { usbPortOf, windowsHidPort } from './usb-port.ts';

describe('the USB port of a place in /sys', () => {
  it.each([
    ['pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/ttyUSB0', '0000:00:14.0-2', '1.0'],
    ['pci0000:00/0000:00:14.0/usb1/1-2/1-2.4/1-2.4.1/1-2.4.1:1.2/ttyUSB7', '0000:00:14.0-2.4.1', '1.2'],
    ['pci0000:00/0000:00:14.0/usb3/3-1/3-1:1.0/0003:FFFF:0035.0007', '0000:00:14.0-1', '1.0'],
    ['platform/soc/20980000.usb/usb1/1-1/1-1.3/1-1.3:1.0', '20980000.usb-1.3', '1.0'],
    ['platform/axi/1000120000.pcie/1f00300000.usb/xhci-hcd.1/usb3/3-1/3-1:1.0', '1f00300000.usb-1', '1.0'],
    ['platform/fe900000.usb/xhci-hcd.2.auto/usb1/1-1/1-1:1.0/ttyUSB0', 'fe900000.usb-1', '1.0'],
  ])('%s is %s', (path, socket, its) => {
    expect(usbPortOf(`/sys/devices/${path}`)).toEqual({ socket, interface: its });
  });

  it('is the same when buses come up in another order', () => {
    const at = (bus: number) =>
      `/sys/devices/pci0000:00/0000:00:14.0/usb${bus}/${bus}-2/${bus}-2:1.0/ttyUSB0`;
    expect(usbPortOf(at(1))).toEqual(usbPortOf(at(3)));
  });

  it.each([
    '/sys/devices/pnp0/00:01/tty/ttyS0',
    '/sys/devices/virtual/misc/uhid/0005:046D:B342.0001',
    '',
    '/usb1',
  ])('%s is none', (path) => {
    expect(usbPortOf(path)).toBeUndefined();
  });

  it('stands in the HID paths of Windows', () => {
    expect(
      windowsHidPort('\\\\?\\HID#VID_FFFF&PID_0035#7&1f2e3d4c&0&0000#{4d1e55b2-f16f-11cf-88cb-001111000030}'),
    ).toBe('7&1f2e3d4c&0&0000');
    expect(windowsHidPort('/dev/hidraw0')).toBeUndefined();
    expect(windowsHidPort('DevSrvsID:4294971234')).toBeUndefined();
  });
});
