/** Two devices of one kind without serial numbers, as the system lists them in another order after a restart. */
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lastingAddress } from '../address.ts';
import { required } from '../codec/required.ts';
import type { DeviceAddress, FoundAddress, LinkOpener } from '../ports.ts';
import { hidOpener } from './hid.ts';
import { serialOpener } from './serial.ts';

const system = vi.hoisted(() => ({
  listed: [] as { path: string; serialNumber?: string }[],
  opened: [] as string[],
}));

vi.mock('serialport', () => ({
  SerialPort: class extends EventEmitter {
    readonly #path: string;
    isOpen = false;
    static list = async () =>
      system.listed.map((each) => ({ ...each, vendorId: '1a86', productId: '7523', manufacturer: '1a86' }));
    constructor({ path }: { path: string }) {
      super();
      this.#path = path;
    }
    open(done: (reason: Error | null) => void): void {
      system.opened.push(this.#path);
      this.isOpen = true;
      done(null);
    }
  },
}));
vi.mock('node-hid', () => ({
  devicesAsync: async () =>
    system.listed.map((each) => ({ ...each, vendorId: 0xffff, productId: 0x0035, release: 0, interface: 0 })),
  HIDAsync: {
    open: async (path: string) => {
      system.opened.push(path);
      return new EventEmitter();
    },
  },
}));

let sys: string;
beforeEach(() => {
  sys = mkdtempSync(join(tmpdir(), 'xiaomen-sys-'));
  system.opened = [];
});
afterEach(() => rmSync(sys, { recursive: true, force: true }));

const kinds = {
  serial: {
    opener: () => serialOpener(sys),
    group: 'tty',
    name: 'ttyUSB',
    port: (at: string) => `${at}:1.0`,
  },
  hid: { opener: () => hidOpener(sys), group: 'hidraw', name: 'hidraw', port: (at: string) => at },
} as const;

/** A start of the machine: what is at these sockets gets its paths in this order. */
function boot(kind: keyof typeof kinds, sockets: string[], serialNumber?: string): void {
  const { group, name } = kinds[kind];
  rmSync(sys, { recursive: true, force: true });
  system.listed = sockets.map((socket, index) => {
    const device = `${name}${index}`;
    // Another order of the controllers too.
    const bus = sockets.length - index;
    const place = join(
      sys,
      'devices',
      '0000:00:14.0',
      `usb${bus}`,
      `${bus}-${socket}`,
      `${bus}-${socket}:1.0`,
      device,
    );
    mkdirSync(place, { recursive: true });
    mkdirSync(join(sys, 'class', group, device), { recursive: true });
    symlinkSync(place, join(sys, 'class', group, device, 'device'));
    return { path: `/dev/${device}`, ...(serialNumber ? { serialNumber } : {}) };
  });
}

async function keptAddresses(opener: LinkOpener): Promise<FoundAddress[]> {
  const { found } = await opener.list();
  return found.map((each) => lastingAddress(each, found));
}

async function openedAt(opener: LinkOpener, address: DeviceAddress): Promise<string | undefined> {
  await opener.open(address, undefined, 'it');
  return system.opened.at(-1);
}

const refusal = (opener: LinkOpener, address: DeviceAddress) =>
  opener.open(address, undefined, 'it').then(
    () => undefined,
    (fault) => fault,
  );

describe.each(['serial', 'hid'] as const)('two %s devices of one kind', (kind) => {
  const { opener: open, name, port } = kinds[kind];

  it.each([undefined, '0001'])('with serial number %s are followed by their ports', async (serialNumber) => {
    boot(kind, ['2', '3.1'], serialNumber);
    const opener = open();
    const [at2, at3] = (await keptAddresses(opener)).map(required);
    expect(at2).toEqual({
      kind,
      usb: expect.objectContaining({ port: port('0000:00:14.0-2') }),
    });
    expect(at3).not.toHaveProperty('path');
    boot(kind, ['3.1', '2'], serialNumber);
    expect(await openedAt(opener, required(at2))).toBe(`/dev/${name}1`);
    expect(await openedAt(opener, required(at3))).toBe(`/dev/${name}0`);
    expect((await keptAddresses(opener)).reverse()).toEqual([at2, at3]);
  });

  it('are not taken for each other when one is away, or at another port', async () => {
    boot(kind, ['2', '3.1']);
    const opener = open();
    const [at2] = (await keptAddresses(opener)).map(required);
    boot(kind, ['3.1']);
    expect(await refusal(opener, required(at2))).toMatchObject({
      code: 'not-found',
      detail: expect.stringContaining(`/dev/${name}0 at ${port('0000:00:14.0-3.1')} is of its kind`),
    });
    boot(kind, []);
    const { code, detail } = await refusal(opener, required(at2));
    expect(code).toBe('not-found');
    expect(detail).toMatch(/0000:00:14\.0-2(:1\.0)? is plugged in$/);
    expect(system.opened).toEqual([]);
  });

  it('are told to be several by whoever names their kind alone', async () => {
    boot(kind, ['2', '3.1']);
    const usb =
      kind === 'serial' ? { vendorId: 0x1a86, productId: 0x7523 } : { vendorId: 0xffff, productId: 0x35 };
    // A path is no help: it was another one's before the restart.
    const fault = await refusal(open(), { kind, usb, path: `/dev/${name}0` });
    expect(fault).toMatchObject({ code: 'ambiguous', detail: expect.stringContaining('unplug the others') });
    boot(kind, ['3.1']);
    expect(await openedAt(open(), { kind, usb })).toBe(`/dev/${name}0`);
  });

  it('are followed as before where Linux tells no ports', async () => {
    boot(kind, ['2']);
    rmSync(sys, { recursive: true });
    const [kept] = await keptAddresses(open());
    expect(kept).toMatchObject({ kind, path: `/dev/${name}0` });
    system.listed = [{ path: `/dev/${name}7` }];
    expect(await openedAt(open(), required(kept))).toBe(`/dev/${name}7`);
  });
});

it('tells the lines of an adapter apart', async () => {
  boot('serial', ['2', '2']);
  writeFileSync(join(sys, 'class', 'tty', 'ttyUSB1', 'device', 'port_number'), '1\n');
  expect(
    (await keptAddresses(serialOpener(sys))).map((address) => address.kind !== 'sim' && address.usb?.port),
  ).toEqual(['0000:00:14.0-2:1.0', '0000:00:14.0-2:1.0-1']);
});
