import { describe, expect, it } from 'vitest';
import type { Device, DeviceModel, DeviceStatus } from '../../server/contract/devices.ts';
import {
  channelStates,
  deviceWord,
  frameQuality,
  inputCount,
  modelFamily,
  readsBack,
} from './device-words.ts';

const status = (more: Partial<DeviceStatus> = {}): DeviceStatus => ({
  deviceId: 'd',
  state: 'online',
  since: 0,
  frames: 0,
  frameErrors: 0,
  ...more,
});
const relay: DeviceModel = {
  id: 'lcus-4',
  label: 'LCUS-4',
  kind: 'relay',
  addressKinds: ['serial'],
  channels: 4,
  confirms: false,
  options: [],
};

describe('deviceWord', () => {
  it('gives serial ports and HID devices their own advice on permission', () => {
    const fault = { code: 'permission' as const, detail: 'EACCES' };
    const at = (kind: 'serial' | 'hid') =>
      deviceWord({ address: { kind }, status: status({ state: 'offline', fault }) });
    expect(at('serial')).toEqual({
      state: 'offline',
      tone: 'bad',
      fault: 'permission-serial',
      detail: 'EACCES',
    });
    expect(at('hid').fault).toBe('permission-hid');
  });

  it('tells the fault while it connects again, not once it is online', () => {
    const fault = { code: 'unplugged' as const, detail: '' };
    const word = (state: DeviceStatus['state']) =>
      deviceWord({ address: { kind: 'serial' }, status: status({ state, fault }) });
    expect(word('connecting').fault).toBe('unplugged');
    expect(word('online').fault).toBeUndefined();
  });

  it('says that it does not know without a status', () => {
    expect(deviceWord({ address: { kind: 'sim' } })).toEqual({ state: 'unknown', tone: 'calm' });
  });
});

describe('frameQuality', () => {
  it('calls a line noisy from one error in twenty, with enough frames to say so', () => {
    expect(frameQuality(status({ frames: 90, frameErrors: 10 })).noisy).toBe(true);
    expect(frameQuality(status({ frames: 99, frameErrors: 1 })).noisy).toBe(false);
    expect(frameQuality(status({ frames: 1, frameErrors: 3 })).noisy).toBe(false);
    expect(frameQuality(undefined)).toEqual({ frames: 0, errors: 0, noisy: false });
  });
});

describe('channelStates', () => {
  it('shows every channel of the model, known or not', () => {
    expect(channelStates(status({ channels: [true, false, null] }), relay)).toEqual([
      'on',
      'off',
      'unknown',
      'unknown',
    ]);
  });
  it('shows what the board says where the model names no count', () => {
    expect(channelStates(status({ channels: [false] }), undefined)).toEqual(['off']);
  });
});

describe('readsBack', () => {
  const device: Device = { id: 'd', name: 'd', model: 'lcus-4', address: { kind: 'serial' }, options: {} };
  it('believes the board before the catalogue', () => {
    expect(readsBack({ ...device, status: status({ readsBack: true }) }, relay)).toBe(true);
    expect(readsBack(device, relay)).toBe(false);
  });
  it('asks it of relay boards only', () => {
    expect(readsBack(device, { ...relay, kind: 'reader' })).toBeUndefined();
  });
});

describe('inputCount', () => {
  const inputs: DeviceModel = {
    ...relay,
    kind: 'inputs',
    inputs: 8,
    options: [{ name: 'inputs', type: 'number', default: 4 }],
  };
  it('goes by what is set, then by what is usual, then by the model', () => {
    expect(inputCount({ options: { inputs: 2 } }, inputs)).toBe(2);
    expect(inputCount({ options: {} }, inputs)).toBe(4);
    expect(inputCount({ options: {} }, { ...inputs, options: [] })).toBe(8);
    expect(inputCount({ options: {} }, undefined)).toBe(0);
  });
});

describe('modelFamily', () => {
  it('leaves out the count of channels only', () => {
    expect(['lcus-4', 'lcus-hid-8', 'hid-pos', 'rdm6300'].map(modelFamily)).toEqual([
      'lcus',
      'lcus-hid',
      'hid-pos',
      'rdm6300',
    ]);
  });
});
