/** A lane's settings as its form holds them: times in seconds, a device and its number as one choice. */
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import type { Campus, Lane } from '../../server/contract/gates.ts';
import type { OnStoreFault, PinMode } from '../../server/contract/words.ts';
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
  demandsSecure: boolean;
  pinIn: PinMode;
  pinOut: PinMode;
  cardAlone?: string | undefined;
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
  demandsSecure: false,
  pinIn: 'card',
  pinOut: 'card',
};

/** Limits of the times, seconds. */
export const limits = {
  pulse: { min: 0.1, max: 60 },
  notEntered: { min: 0, max: 120 },
  heldWarning: { min: 0, max: 3600 },
  heldAlarm: { min: 0, max: 3600 },
} as const;

export type WireText = string | undefined;

/** `2@relay`; on a bus with the reader's address, `2/5@bus`. */
export function wireText(deviceId: string | null, reader: number | null, number: number): WireText {
  if (deviceId === null) return undefined;
  return reader === null ? `${number}@${deviceId}` : `${number}/${reader}@${deviceId}`;
}

export function parseWire(
  text: WireText,
): { deviceId: string; reader: number | null; number: number } | undefined {
  const [, number, reader, deviceId] = /^(\d+)(?:\/(\d+))?@(.+)$/s.exec(text ?? '') ?? [];
  if (deviceId === undefined) return undefined;
  return { deviceId, reader: reader === undefined ? null : Number(reader), number: Number(number) };
}

export function toForm(lane: Lane): LaneForm {
  return {
    name: lane.name,
    zoneId: lane.zoneId ?? undefined,
    output: wireText(lane.outputDeviceId, lane.outputReader, lane.outputChannel),
    dps: wireText(lane.dpsDeviceId, lane.dpsReader, lane.dpsInput),
    rex: wireText(lane.rexDeviceId, lane.rexReader, lane.rexInput),
    rexReleases: lane.rexReleases,
    pulse: lane.pulseMs / 1000,
    notEntered: lane.notEnteredMs / 1000,
    heldWarning: lane.heldWarningMs / 1000,
    heldAlarm: lane.heldAlarmMs / 1000,
    onStoreFault: lane.onStoreFault,
    demandsSecure: lane.demandsSecure,
    pinIn: lane.pinIn,
    pinOut: lane.pinOut,
    cardAlone: lane.cardAloneScheduleId ?? undefined,
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
    outputReader: output?.reader ?? null,
    outputChannel: output?.number ?? 1,
    dpsDeviceId: dps?.deviceId ?? null,
    dpsReader: dps?.reader ?? null,
    dpsInput: dps?.number ?? 0,
    rexDeviceId: rex?.deviceId ?? null,
    rexReader: rex?.reader ?? null,
    rexInput: rex?.number ?? 0,
    rexReleases: form.rexReleases,
    pulseMs: ms(form.pulse),
    notEnteredMs: ms(form.notEntered),
    heldWarningMs: ms(form.heldWarning),
    heldAlarmMs: ms(form.heldAlarm),
    onStoreFault: form.onStoreFault,
    demandsSecure: form.demandsSecure,
    pinIn: form.pinIn,
    pinOut: form.pinOut,
    cardAloneScheduleId: form.cardAlone ?? null,
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
  /** On a bus: the reader's name. */
  reader?: string;
  number: number;
  /** Another lane that it serves already. */
  usedBy: string | undefined;
}

type Setting = { devices: Device[]; models: ReadonlyMap<string, DeviceModel>; campus: Campus };

/** Of a reader that has not yet told what it has: what most have. */
const usual = { outputs: 1, inputs: 2 };

/** Every relay channel, or every input, of the devices that are set up, and of readers on buses. */
export function wireChoices(
  what: 'output' | 'input',
  setting: Setting,
  laneId: string | undefined,
): WireChoice[] {
  const fits = ({ as }: DeviceUse) => (what === 'output' ? as === 'output' : as === 'dps' || as === 'rex');
  return setting.devices.flatMap((device) => {
    const uses = usesOf(device.id, setting.campus).filter(
      (use) => fits(use) && use.lane !== undefined && use.lane.id !== laneId,
    );
    return placesOf(what, device, setting).flatMap(({ address, reader, count }) =>
      Array.from({ length: count }, (_, index): WireChoice => {
        const number = what === 'output' ? index + 1 : index;
        const usedBy = uses.find((use) => use.number === number && (use.address ?? null) === address)?.lane;
        const value = wireText(device.id, address, number) ?? '';
        return { value, device: device.name, ...(reader && { reader }), number, usedBy: usedBy?.name };
      }),
    );
  });
}

/** The device itself, or the readers on it. */
function placesOf(
  what: 'output' | 'input',
  device: Device,
  { models, campus }: Setting,
): { address: number | null; reader?: string; count: number }[] {
  const model = models.get(device.model);
  if (!model?.bus) {
    const count = what === 'output' ? (model?.channels ?? 0) : inputCount(device, model);
    return [{ address: null, count }];
  }
  return campus.readers
    .filter(({ deviceId }) => deviceId === device.id)
    .map(({ number, name }) => {
      const status = device.status?.readers?.find((each) => each.number === number);
      const { outputs, inputs } = status?.abilities ?? usual;
      return { address: number, reader: name, count: what === 'output' ? outputs : inputs };
    });
}
