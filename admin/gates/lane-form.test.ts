import { describe, expect, it } from 'vitest';
import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import { type Campus, type Lane, laneInput } from '../../server/contract/gates.ts';
import {
  changedFields,
  fromForm,
  heldInOrder,
  limits,
  newLane,
  parseWire,
  toForm,
  wireChoices,
} from './lane-form.ts';

const lane: Lane = {
  ...laneInput.parse({ gateId: 'g', name: 'A', outputDeviceId: 'relay', outputChannel: 2 }),
  id: 'a',
  position: 0,
  posture: 'controlled',
};

describe('lane form', () => {
  it('holds what the contract has by default', () => {
    const { gateId, ...defaults } = laneInput.parse({ gateId: 'g', name: 'New' });
    expect(gateId).toBe('g');
    expect({ ...defaults, rexInput: 0 }).toMatchObject(fromForm({ ...newLane, name: ' New ' }));
  });
  it('changes nothing that was not touched', () => {
    expect(changedFields(lane, toForm(lane))).toEqual({});
  });
  it('sends what was touched, in milliseconds', () => {
    expect(changedFields(lane, { ...toForm(lane), pulse: 0.35, output: undefined })).toEqual({
      pulseMs: 350,
      outputDeviceId: null,
      outputChannel: 1,
    });
  });
  it('lets only pass what the contract takes', () => {
    const extremes = [limits.pulse.min, limits.pulse.max].map((pulse) =>
      laneInput.safeParse({ gateId: 'g', ...fromForm({ ...newLane, name: 'x', pulse }) }),
    );
    expect(extremes.every(({ success }) => success)).toBe(true);
  });
});

describe('parseWire', () => {
  it('takes device ids as they are', () => {
    expect(parseWire('3@a@b')).toEqual({ number: 3, reader: null, deviceId: 'a@b' });
    expect(parseWire('3/5@a@b')).toEqual({ number: 3, reader: 5, deviceId: 'a@b' });
    expect(parseWire('x')).toBeUndefined();
    expect(parseWire(undefined)).toBeUndefined();
  });
});

describe('heldInOrder', () => {
  it('wants the warning first, unless one is off', () => {
    expect(heldInOrder(15, 30)).toBe(true);
    expect(heldInOrder(30, 30)).toBe(false);
    expect(heldInOrder(30, 0)).toBe(true);
    expect(heldInOrder(0, 30)).toBe(true);
  });
});

describe('wireChoices', () => {
  const device: Device = { id: 'relay', name: 'Board', model: 'm', address: { kind: 'sim' }, options: {} };
  const model: DeviceModel = {
    id: 'm',
    label: 'M',
    kind: 'relay',
    addressKinds: ['sim'],
    channels: 2,
    inputs: 1,
    options: [],
  };
  const campus: Campus = { gates: [], zones: [], readers: [], states: [], lanes: [lane] };
  const all = { devices: [device], models: new Map([['m', model]]), campus };
  it('counts channels from 1 and inputs from 0, and names the other lane', () => {
    expect(wireChoices('output', all, undefined)).toEqual([
      { value: '1@relay', device: 'Board', number: 1, usedBy: undefined },
      { value: '2@relay', device: 'Board', number: 2, usedBy: 'A' },
    ]);
    expect(wireChoices('output', all, 'a')[1]?.usedBy).toBeUndefined();
    expect(wireChoices('input', all, undefined).map(({ number }) => number)).toEqual([0]);
  });

  it('counts of a bus what each reader says that it has, and what most have of one that has not said it', () => {
    const bus: Device = {
      id: 'bus',
      name: 'Bus',
      model: 'b',
      address: { kind: 'sim' },
      options: {},
      status: {
        deviceId: 'bus',
        state: 'online',
        since: 0,
        frames: 0,
        frameErrors: 0,
        readers: [
          {
            number: 4,
            state: 'online',
            since: 0,
            secure: true,
            ready: true,
            misunderstands: false,
            key: 'held',
            abilities: { inputs: 1, outputs: 2, leds: 1, buzzer: true, displays: 0 },
            inputs: [],
            outputs: [],
            errorsPerHour: 0,
          },
        ],
      },
    };
    const reader = { deviceId: 'bus', laneId: null, direction: 'in' as const };
    const busLane: Lane = { ...lane, outputDeviceId: 'bus', outputReader: 4, outputChannel: 2 };
    const setting = {
      devices: [bus],
      models: new Map([['b', { ...model, bus: { first: 0, last: 126 } }]]),
      campus: {
        ...campus,
        lanes: [busLane],
        readers: [
          { ...reader, id: 'r4', name: 'Four', number: 4 },
          { ...reader, id: 'r9', name: 'Nine', number: 9 },
        ],
      },
    };
    expect(wireChoices('output', setting, undefined)).toEqual([
      { value: '1/4@bus', device: 'Bus', reader: 'Four', number: 1, usedBy: undefined },
      { value: '2/4@bus', device: 'Bus', reader: 'Four', number: 2, usedBy: 'A' },
      { value: '1/9@bus', device: 'Bus', reader: 'Nine', number: 1, usedBy: undefined },
    ]);
    expect(wireChoices('input', setting, undefined).map(({ value }) => value)).toEqual([
      '0/4@bus',
      '0/9@bus',
      '1/9@bus',
    ]);
    expect(changedFields(busLane, { ...toForm(busLane), dps: '1/9@bus' })).toEqual({
      dpsDeviceId: 'bus',
      dpsReader: 9,
      dpsInput: 1,
    });
  });
});
