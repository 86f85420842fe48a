import { describe, expect, it } from 'vitest';
import { samples } from './conformance-helper.ts';
import { openHardware } from './index.ts';
import type { DeviceConfig, DeviceStatus, LinkOpener, Read } from './ports.ts';
import { manualClock, settle } from './sim/manual-clock.ts';

const sim = (id: string, model: string, options?: DeviceConfig['options']): DeviceConfig => ({
  id,
  model,
  address: { kind: 'sim' },
  ...(options ? { options } : {}),
});

function start(openers?: { serial?: LinkOpener }) {
  const clock = manualClock();
  const errors: unknown[] = [];
  const hardware = openHardware({
    clock,
    random: () => 0.5,
    onListenerError: (error) => errors.push(error),
    ...(openers ? { openers } : {}),
  });
  return { clock, hardware, errors };
}

describe('configure', () => {
  it('opens what is new, closes what is gone, and leaves the unchanged alone', async () => {
    const { hardware } = start();
    await hardware.configure([sim('a', 'rdm6300'), sim('b', 'lcus-1')]);
    await settle();
    const kept = hardware.simulated('a');
    const states: DeviceStatus[] = [];
    hardware.on('status', (status) => states.push(status));
    await hardware.configure([sim('a', 'rdm6300', { holdMs: 300 }), sim('c', 'id12')]);
    await settle();
    expect(hardware.simulated('a')).toBe(kept);
    expect(hardware.simulated('b')).toBeUndefined();
    expect(hardware.statuses().map(({ deviceId, state }) => `${deviceId} ${state}`)).toEqual([
      'a online',
      'c online',
    ]);
    expect(states.map(({ deviceId, state }) => `${deviceId} ${state}`)).toEqual(['c online']);
    await hardware.configure([sim('a', 'rdm6300', { holdMs: 0 })]);
    expect(hardware.simulated('a')).not.toBe(kept);
  });

  it('switches a board off before it is let go', async () => {
    const { hardware } = start();
    await hardware.configure([sim('b', 'usb-relay-2')]);
    await settle();
    await hardware.hold({ deviceId: 'b', channel: 2 }, true);
    const board = hardware.simulated('b');
    await hardware.configure([]);
    expect(board?.channels?.()).toEqual([false, false]);
  });

  it.each([
    [{ ...sim('x', 'nonesuch') }, 'unknown-model', 'There is no device model "nonesuch".'],
    [
      { ...sim('x', 'rdm6300'), address: { kind: 'hid' as const, path: '/dev/hidraw0' } },
      'wrong-address',
      'Device model rdm6300 needs an address of kind serial or sim.',
    ],
    [
      { ...sim('x', 'rdm6300'), address: { kind: 'serial' as const } },
      'wrong-address',
      'Device x needs a path or a USB identity.',
    ],
    [
      sim('x', 'rdm6300', { holdMs: -1 }),
      'bad-options',
      'Device model rdm6300: option "holdMs" must be a whole number from 0 to 60000, not -1.',
    ],
    [sim('x', 'rdm6300', { colour: 'red' }), 'bad-options', 'Device model rdm6300: has no option "colour".'],
    [sim('x', 'text-line', { radix: 'roman' }), 'bad-options', /"radix" must be one of text, dec, hex/],
    [sim('x', 'text-line', { radix: 'dec' }), 'bad-options', /radix dec needs bits/],
    [
      sim('x', 'text-line', { suffix: 5 }),
      'bad-options',
      /"suffix" must be a text of at most 8 characters, not 5/,
    ],
    [sim('kept', 'id12'), 'duplicate-device', 'Device kept is listed twice.'],
  ])('refuses a bad row in one sentence and changes nothing: %j', async (row, code, message) => {
    const { hardware } = start();
    await hardware.configure([sim('kept', 'rdm6300')]);
    await settle();
    const before = hardware.simulated('kept');
    const refusal = hardware.configure([sim('kept', 'id12'), row]);
    await expect(refusal).rejects.toMatchObject({ code });
    await expect(refusal).rejects.toThrow(message);
    expect(hardware.simulated('kept')).toBe(before);
  });

  it('takes a text option with its control characters written out', async () => {
    const { hardware } = start();
    const reads: Read[] = [];
    hardware.on('read', (read) => reads.push(read));
    await hardware.configure([sim('qr', 'text-line', { prefix: '\\x02', suffix: '\\x03', radix: '10H' })]);
    await settle();
    hardware.simulated('qr')?.present?.(samples.tag);
    await settle();
    expect(reads[0]).toMatchObject({ credential: samples.tag, form: '10H' });
  });

  it('hands the settings of the line to the opener', async () => {
    const asked: unknown[] = [];
    const { hardware } = start({
      serial: {
        open: async (address, serial) => {
          asked.push(address, serial);
          throw { code: 'busy', detail: 'taken' };
        },
        list: async () => ({ found: [] }),
      },
    });
    const address = { kind: 'serial' as const, path: '/dev/ttyACM0' };
    await hardware.configure([
      {
        id: 'qr',
        model: 'text-line',
        address,
        options: { baudRate: 115200, serialParity: 'even', dataBits: 7 },
      },
    ]);
    await settle();
    expect(asked).toEqual([address, { baudRate: 115200, dataBits: 7, parity: 'even', stopBits: 1 }]);
    expect(hardware.statuses()[0]).toMatchObject({
      state: 'offline',
      fault: { code: 'busy', detail: 'taken' },
    });
    await hardware.close();
  });
});

describe('the hardware as a whole', () => {
  it('keeps a listener that throws to itself', async () => {
    const { hardware, errors } = start();
    const heard: Read[] = [];
    hardware.on('read', () => {
      throw new Error('broken listener');
    });
    hardware.on('read', (read) => heard.push(read));
    await hardware.configure([sim('a', 'rdm6300')]);
    await settle();
    hardware.simulated('a')?.present?.(samples.tag);
    hardware.simulated('a')?.present?.(samples.other);
    await settle();
    expect(heard.map(({ credential }) => credential)).toEqual([samples.tag, samples.other]);
    expect(errors).toEqual([new Error('broken listener'), new Error('broken listener')]);
  });

  it('rejects a pulse on what is no relay board', async () => {
    const { hardware } = start();
    await hardware.configure([sim('a', 'rdm6300')]);
    await expect(hardware.pulse({ deviceId: 'a', channel: 1 }, 500)).rejects.toMatchObject({
      code: 'unknown-device',
    });
    await expect(hardware.hold({ deviceId: 'z', channel: 1 }, true)).rejects.toMatchObject({
      code: 'unknown-device',
    });
  });

  it('closes everything, once and for all, leaving no timer', async () => {
    const { hardware, clock } = start();
    await hardware.configure([sim('a', 'rdm6300'), sim('b', 'lcus-4'), sim('c', 'sim-inputs')]);
    await settle();
    await hardware.pulse({ deviceId: 'b', channel: 3 }, 5_000);
    await hardware.close();
    expect(clock.pending()).toBe(0);
    expect(hardware.statuses()).toEqual([]);
    await expect(hardware.configure([])).rejects.toMatchObject({ code: 'closed' });
  });

  it('presents in a reader only what its settings can write, and counts damage', async () => {
    const { hardware } = start();
    const reads: Read[] = [];
    hardware.on('read', (read) => reads.push(read));
    await hardware.configure([sim('qr', 'text-line', { charset: 'digits' })]);
    await settle();
    const foreign = sim('qr', 'text-line');
    expect(() => hardware.simulated('qr')?.present?.(samples.pass)).toThrow(/can't read/);
    await hardware.configure([foreign]);
    await settle();
    hardware.simulated('qr')?.misbehave({ badChecksum: true });
    hardware.simulated('qr')?.present?.(samples.pass);
    await settle();
    expect(reads).toEqual([]);
    expect(hardware.statuses()[0]).toMatchObject({ frames: 0, frameErrors: 1 });
  });
});
