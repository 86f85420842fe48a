import { EventEmitter } from 'node:events';
import type { Device } from 'node-hid';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { openHardware } from '../index.ts';
import type { ByteLink, Hardware, LinkFault, Read } from '../ports.ts';
import { type ManualClock, manualClock, settle } from '../sim/manual-clock.ts';
import { hidOpener } from './hid.ts';

/** node-hid's own border: an emitter with promises, and a list. */
class FakeHid extends EventEmitter {
  readonly written: number[][] = [];
  readonly features: number[][] = [];
  mask = 0;
  /** A relay that does not move, whatever it is told. */
  welded = false;
  closed = false;
  async write(bytes: Buffer): Promise<number> {
    this.written.push([...bytes]);
    return bytes.length;
  }
  async sendFeatureReport(bytes: Buffer): Promise<number> {
    this.features.push([...bytes]);
    const bit = 1 << ((bytes[2] ?? 0) - 1);
    if (!this.welded) this.mask = bytes[1] === 0xff ? this.mask | bit : this.mask & ~bit;
    return bytes.length;
  }
  async getFeatureReport(reportId: number, length: number): Promise<Buffer> {
    return Buffer.from([reportId, ...Buffer.from('BITFT'), 0, 0, this.mask]).subarray(0, length);
  }
  async close(): Promise<void> {
    this.closed = true;
  }
}

const system = vi.hoisted(() => ({
  devices: [] as unknown[],
  opened: new Map<string, unknown>(),
  failure: undefined as unknown,
}));

vi.mock('node-hid', () => ({
  devicesAsync: async () => {
    if (system.failure) throw system.failure;
    return system.devices;
  },
  HIDAsync: {
    open: async (path: string) => {
      if (system.failure) throw system.failure;
      const device = system.opened.get(path);
      if (!device)
        throw new Error(
          `cannot open device with path ${path} (Failed to open a device with path '${path}': No such file or directory)`,
        );
      return device;
    },
  },
}));

function plug(path: string, row: Partial<Device> = {}): FakeHid {
  const device = new FakeHid();
  system.opened.set(path, device);
  system.devices.push({ path, vendorId: 0x16c0, productId: 0x05df, release: 0, interface: 0, ...row });
  return device;
}

beforeEach(() => {
  system.devices.length = 0;
  system.opened.clear();
  system.failure = undefined;
});

function start(): { hardware: Hardware; clock: ManualClock; reads: Read[] } {
  const clock = manualClock();
  const hardware = openHardware({ clock, random: () => 0.5 });
  const reads: Read[] = [];
  hardware.on('read', (read) => reads.push(read));
  return { hardware, clock, reads };
}

const state = (hardware: Hardware) => hardware.statuses()[0];

describe('HID devices behind node-hid', () => {
  it('drives a USB relay, and believes its state report', async () => {
    const board = plug('/dev/hidraw3', { product: 'USBRelay2' });
    const { hardware, clock } = start();
    await hardware.configure([
      {
        id: 'gate',
        model: 'usb-relay-2',
        address: { kind: 'hid', usb: { vendorId: 0x16c0, productId: 0x05df } },
      },
    ]);
    await clock.advanceAsync(0);
    expect(board.features).toEqual([
      [0, 0xfd, 1, 0, 0, 0, 0, 0, 0],
      [0, 0xfd, 2, 0, 0, 0, 0, 0, 0],
    ]);
    expect(await hardware.pulse({ deviceId: 'gate', channel: 2 }, 500)).toEqual({ outcome: 'confirmed' });
    expect(board.features.at(-1)?.slice(0, 3)).toEqual([0, 0xff, 2]);
    expect(state(hardware)).toMatchObject({ state: 'online', readsBack: true, channels: [false, true] });
    await clock.advanceAsync(500);
    expect(board.mask).toBe(0);
    board.welded = true;
    expect(await hardware.pulse({ deviceId: 'gate', channel: 2 }, 500)).toEqual({
      outcome: 'fault',
      detail: 'the board says that channel 2 is still off',
    });
    await hardware.close();
    expect(board.closed).toBe(true);
  });

  it('reads what a keyboard wedge types', async () => {
    const reader = plug('/dev/hidraw0', { vendorId: 0xffff, productId: 0x0035, usagePage: 1, usage: 6 });
    const { hardware, reads } = start();
    await hardware.configure([
      { id: 'door', model: 'hid-keyboard', address: { kind: 'hid', path: '/dev/hidraw0' } },
    ]);
    await settle();
    // 0005076483, the tag 0A004D7603 as 8H10D, key by key, then Enter.
    for (const key of [0x27, 0x27, 0x27, 0x22, 0x27, 0x24, 0x23, 0x21, 0x25, 0x20, 0x28]) {
      reader.emit('data', Buffer.from([0, 0, key, 0, 0, 0, 0, 0]));
      reader.emit('data', Buffer.alloc(8));
    }
    expect(reads.map(({ credential, form }) => ({ credential, form }))).toEqual([
      {
        credential: {
          technology: 'em4100',
          bits: 32,
          value: (5_076_483).toString(16).toUpperCase().padStart(8, '0'),
        },
        form: '8H10D',
      },
    ]);
    await hardware.close();
  });

  it('is offline at the first read error, which node-hid tells as a bare string', async () => {
    const reader = plug('/dev/hidraw0', { vendorId: 0xffff, productId: 0x0035, serialNumber: 'A1' });
    const { hardware, clock } = start();
    const usb = { vendorId: 0xffff, productId: 0x0035, serialNumber: 'A1' };
    await hardware.configure([{ id: 'door', model: 'hid-keyboard', address: { kind: 'hid', usb } }]);
    await settle();
    system.devices.length = 0;
    reader.emit('error', 'could not read from HID device: Input/output error');
    expect(state(hardware)).toMatchObject({ state: 'offline', fault: { code: 'unplugged' } });
    expect(state(hardware)?.fault?.detail).toContain('/dev/hidraw0');
    await clock.advanceAsync(5_000);
    expect(state(hardware)?.fault).toEqual({
      code: 'not-found',
      detail: 'no device ffff:0035 A1 is plugged in',
    });
    // Plugged in again, it is found at another path.
    plug('/dev/hidraw7', usb);
    await clock.advanceAsync(6_000);
    expect(state(hardware)?.state).toBe('online');
    await hardware.close();
  });

  it('runs on where node-hid does not load, and says what to install', async () => {
    system.failure = Object.assign(
      new Error('libusb-1.0.so.0: cannot open shared object file: No such file or directory'),
      { code: 'ERR_DLOPEN_FAILED' },
    );
    const { hardware } = start();
    await hardware.configure([
      { id: 'door', model: 'hid-keyboard', address: { kind: 'hid', path: '/dev/hidraw0' } },
    ]);
    await settle();
    expect(state(hardware)).toMatchObject({ state: 'offline', fault: { code: 'unsupported' } });
    const { problems } = await hardware.scan();
    expect(problems.find(({ detail }) => detail.startsWith('node-hid'))).toMatchObject({
      code: 'unsupported',
      detail: expect.stringContaining('libusb-1.0-0'),
    });
    await hardware.close();
  });

  it('lists what is plugged in, with the models that it may be', async () => {
    plug('/dev/hidraw3', { product: 'USBRelay4', manufacturer: 'www.dcttech.com' });
    plug('/dev/hidraw0', { vendorId: 0x1234, productId: 0x5678, usagePage: 1, usage: 6 });
    plug('/dev/hidraw1', { vendorId: 0x046d, productId: 0xc077, usagePage: 1, usage: 2 });
    const { hardware } = start();
    const { found } = await hardware.scan();
    expect(found.map(({ path, models }) => [path, models])).toEqual([
      ['/dev/hidraw3', ['usb-relay-4']],
      ['/dev/hidraw0', ['hid-keyboard']],
      ['/dev/hidraw1', []],
    ]);
  });

  it('takes the keyboard of a device with several interfaces, and refuses to guess between two devices', async () => {
    const usb = { vendorId: 0xffff, productId: 0x0035 };
    plug('/dev/hidraw1', { ...usb, usagePage: 12, usage: 1 });
    const keyboard = plug('/dev/hidraw2', { ...usb, usagePage: 1, usage: 6 });
    const link: ByteLink = await hidOpener().open({ kind: 'hid', usb }, undefined, 'door');
    await link.write(Uint8Array.of(0, 1));
    expect(keyboard.written).toEqual([[0, 1]]);
    plug('/dev/hidraw4', { ...usb, usagePage: 1, usage: 6 });
    const refused: LinkFault = await hidOpener()
      .open({ kind: 'hid', usb }, undefined, 'door')
      .then(
        () => ({ code: 'io', detail: 'opened' }),
        (fault) => fault,
      );
    expect(refused.code).toBe('ambiguous');
    expect(refused.detail).toContain('/dev/hidraw2, /dev/hidraw4');
    const typed = await hidOpener().open({ kind: 'hid', path: '/dev/hidraw4' }, undefined, 'door');
    await expect(typed.close()).resolves.toBeUndefined();
  });

  it('refuses a serial address', async () => {
    await expect(hidOpener().open({ kind: 'sim' }, undefined, 'door')).rejects.toMatchObject({
      code: 'unsupported',
    });
  });
});
