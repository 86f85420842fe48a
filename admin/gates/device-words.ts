/** What a device is doing and what a person can do about it, as keys of the `gates` words. */
import type { Device, DeviceModel, DeviceStatus } from '../../server/contract/devices.ts';
import type { Tone } from '../ui/StatusTag.tsx';

export interface DeviceWord {
  state: 'online' | 'connecting' | 'offline' | 'unknown';
  tone: Tone;
  /** Key below `fault`, with a sentence `what` and an advice `todo`. */
  fault?: string;
  /** The system's own words, for those who can read them. */
  detail?: string;
}

const tones = { online: 'good', connecting: 'warn', offline: 'bad' } as const;

export function deviceWord(device: Pick<Device, 'address' | 'status'>): DeviceWord {
  const { status, address } = device;
  if (!status) return { state: 'unknown', tone: 'calm' };
  const word: DeviceWord = { state: status.state, tone: tones[status.state] };
  if (status.state === 'online' || !status.fault) return word;
  return { ...word, fault: faultKey(status.fault.code, address.kind), detail: status.fault.detail };
}

export type FaultCode = NonNullable<DeviceStatus['fault']>['code'];

/** Rights are given in another way to serial ports than to HID devices, and nothing on a network is plugged in. */
export function faultKey(code: FaultCode, kind: Device['address']['kind']): string {
  if (kind === 'tcp' && (code === 'not-found' || code === 'unplugged')) return `${code}-tcp`;
  return code === 'permission' ? `permission-${kind === 'hid' ? 'hid' : 'serial'}` : code;
}

/** How good the line is. Below ten frames a share says nothing. */
export function frameQuality(status: DeviceStatus | undefined): {
  frames: number;
  errors: number;
  noisy: boolean;
} {
  const frames = status?.frames ?? 0;
  const errors = status?.frameErrors ?? 0;
  return { frames, errors, noisy: frames + errors >= 10 && errors / (frames + errors) > 0.05 };
}

export type ChannelState = 'on' | 'off' | 'unknown';

/** Channels of a relay board, from 1: what the board said, or what it was last told where it can't say. */
export function channelStates(
  status: DeviceStatus | undefined,
  model: DeviceModel | undefined,
): ChannelState[] {
  const known = status?.channels ?? [];
  const count = Math.max(model?.channels ?? 0, known.length);
  return Array.from({ length: count }, (_, index) => {
    const state = known[index];
    return state === undefined || state === null ? 'unknown' : state ? 'on' : 'off';
  });
}

/** Whether the board tells its own state: what it says itself weighs more than the catalogue. */
export function readsBack(device: Device, model: DeviceModel | undefined): boolean | undefined {
  return model?.kind === 'relay' ? (device.status?.readsBack ?? model.confirms) : undefined;
}

/** How many inputs a device has: set in its options where the model lets them be chosen. */
export function inputCount(device: Pick<Device, 'options'>, model: DeviceModel | undefined): number {
  const row = model?.options.find(({ name }) => name === 'inputs');
  const chosen = row && (device.options[row.name] ?? row.default);
  return typeof chosen === 'number' ? chosen : (model?.inputs ?? 0);
}

/** Boards of one family differ only in their channels: `lcus-4` is told as `lcus` with 4. */
export function modelFamily(id: string): string {
  return id.replace(/-\d+$/, '');
}
