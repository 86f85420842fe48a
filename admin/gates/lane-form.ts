/** A lane's settings as its form holds them: times in seconds, a device and its number as one choice. */
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import type { Campus, Lane } from '../../server/contract/gates.ts';
import type { OnStoreFault } from '../../server/contract/words.ts';
import { type DeviceUse, usesOf } from '../campus/campus-tree.ts';
import { inputCount } from './device-words.ts';

export interface LaneForm {
  name: string;
  zoneId?: string | undefined;
  output?: string | undefined;
  dps?: string | undefined;
  rex?: string | undefined;
  rexReleases: boolean;
  pulse: number;
  notEntered: number;
  heldWarning: number;
  heldAlarm: number;
  onStoreFault: OnStoreFault;
}

/** As the contract's own defaults are. */
export const newLane: LaneForm = {
  name: '',
  rexReleases: true,
  pulse: 1,
  notEntered: 8,
  heldWarning: 15,
  heldAlarm: 30,
  onStoreFault: 'pass-known',
};

/** Limits of the times, seconds. */
export const limits = {
  pulse: { min: 0.1, max: 60 },
  notEntered: { min: 0, max: 120 },
  heldWarning: { min: 0, max: 3600 },
  heldAlarm: { min: 0, max: 3600 },
} as const;

export type WireText = string | undefined;

export function wireText(deviceId: string | null, number: number): WireText {
  return deviceId === null ? undefined : `${number}@${deviceId}`;
}

export function parseWire(text: WireText): { deviceId: string; number: number } | undefined {
  const match = /^(\d+)@(.+)$/s.exec(text ?? '');
  return match?.[2] === undefined ? undefined : { deviceId: match[2], number: Number(match[1]) };
}

export function toForm(lane: Lane): LaneForm {
  return {
    name: lane.name,
    zoneId: lane.zoneId ?? undefined,
    output: wireText(lane.outputDeviceId, lane.outputChannel),
    dps: wireText(lane.dpsDeviceId, lane.dpsInput),
    rex: wireText(lane.rexDeviceId, lane.rexInput),
    rexReleases: lane.rexReleases,
    pulse: lane.pulseMs / 1000,
    notEntered: lane.notEnteredMs / 1000,
    heldWarning: lane.heldWarningMs / 1000,
    heldAlarm: lane.heldAlarmMs / 1000,
    onStoreFault: lane.onStoreFault,
  };
}

/** What the server takes. A wire that is taken away keeps a number that its own range allows. */
export function fromForm(form: LaneForm) {
  const output = parseWire(form.output);
  const dps = parseWire(form.dps);
  const rex = parseWire(form.rex);
  const ms = (seconds: number) => Math.round(seconds * 1000);
  return {
    name: form.name.trim(),
    zoneId: form.zoneId ?? null,
    outputDeviceId: output?.deviceId ?? null,
    outputChannel: output?.number ?? 1,
    dpsDeviceId: dps?.deviceId ?? null,
    dpsInput: dps?.number ?? 0,
    rexDeviceId: rex?.deviceId ?? null,
    rexInput: rex?.number ?? 0,
    rexReleases: form.rexReleases,
    pulseMs: ms(form.pulse),
    notEnteredMs: ms(form.notEntered),
    heldWarningMs: ms(form.heldWarning),
    heldAlarmMs: ms(form.heldAlarm),
    onStoreFault: form.onStoreFault,
  };
}

type LaneFields = ReturnType<typeof fromForm>;

/** Only what differs, so that the record names the fields that really changed. */
export function changedFields(lane: Lane, form: LaneForm): Partial<LaneFields> {
  const next = fromForm(form);
  const now: LaneFields = fromForm(toForm(lane));
  return Object.fromEntries(
    Object.entries(next).filter(([key, value]) => now[key as keyof LaneFields] !== value),
  );
}

/** The warning comes before the alarm, or it is none; 0 switches it off. */
export function heldInOrder(warning: number, alarm: number): boolean {
  return warning === 0 || alarm === 0 || warning < alarm;
}

export interface WireChoice {
  value: string;
  device: string;
  number: number;
  /** Another lane that it serves already. */
  usedBy: string | undefined;
}

/** Every relay channel, or every input, of the devices that are set up. */
export function wireChoices(
  what: 'output' | 'input',
  {
    devices,
    models,
    campus,
  }: { devices: Device[]; models: ReadonlyMap<string, DeviceModel>; campus: Campus },
  laneId: string | undefined,
): WireChoice[] {
  return devices.flatMap((device) => {
    const model = models.get(device.model);
    const count = what === 'output' ? (model?.channels ?? 0) : inputCount(device, model);
    const uses = usesOf(device.id, campus).filter(({ lane }) => lane !== undefined && lane.id !== laneId);
    const fits = ({ as }: DeviceUse) => (what === 'output' ? as === 'output' : as === 'dps' || as === 'rex');
    return Array.from({ length: count }, (_, index): WireChoice => {
      const number = what === 'output' ? index + 1 : index;
      const usedBy = uses.find((use) => fits(use) && use.number === number)?.lane?.name;
      return { value: `${number}@${device.id}`, device: device.name, number, usedBy };
    });
  });
}
