import { describe, expect, it } from 'vitest';
import type { Device, DeviceStatus } from '../../server/contract/devices.ts';
import { type Campus, type Lane, laneInput } from '../../server/contract/gates.ts';
import { campusTree, newerStatus, usesOf, withLaneStates } from './campus-tree.ts';

const lane = (id: string, gateId: string, position: number, more: Partial<Lane> = {}): Lane => ({
  ...laneInput.parse({ gateId, name: id }),
  id,
  position,
  posture: 'controlled',
  ...more,
});
const device = (id: string): Device => ({
  id,
  name: `Device ${id}`,
  model: 'm',
  address: { kind: 'sim' },
  options: {},
});
const campus: Campus = {
  gates: [
    { id: 'south', name: 'South', position: 2 },
    { id: 'main', name: 'Main', position: 1 },
  ],
  zones: [{ id: 'z', name: 'Grounds', apbMode: 'soft', apbMinutes: 0 }],
  lanes: [
    lane('b', 'main', 2),
    lane('a', 'main', 1, {
      zoneId: 'z',
      outputDeviceId: 'relay',
      outputChannel: 3,
      dpsDeviceId: 'gone',
      dpsInput: 4,
    }),
  ],
  readers: [
    { id: 'r2', name: 'A out', deviceId: 'd2', number: 0, laneId: 'a', direction: 'out' },
    { id: 'r1', name: 'A in', deviceId: 'd1', number: 0, laneId: 'a', direction: 'in' },
    { id: 'r3', name: 'Spare', deviceId: 'd1', number: 1, laneId: null, direction: 'in' },
    { id: 'r4', name: 'Of a lost lane', deviceId: 'd1', number: 2, laneId: 'vanished', direction: 'in' },
  ],
  states: [{ laneId: 'a', posture: 'controlled', open: false, released: false }],
};

describe('campusTree', () => {
  const tree = campusTree(campus, [device('d1'), device('d2'), device('relay')]);

  it('orders gates and lanes by position', () => {
    expect(tree.gates.map(({ gate }) => gate.id)).toEqual(['main', 'south']);
    expect(tree.gates[0]?.lanes.map((node) => node.lane.id)).toEqual(['a', 'b']);
    expect(tree.gates[1]?.lanes).toEqual([]);
  });

  it('hangs readers, zone, state and wiring on their lane', () => {
    const node = tree.gates[0]?.lanes[0];
    expect(node?.in.map(({ reader }) => reader.id)).toEqual(['r1']);
    expect(node?.out[0]?.device?.id).toBe('d2');
    expect(node?.zone?.name).toBe('Grounds');
    expect(node?.state?.open).toBe(false);
    expect(node?.output).toMatchObject({ number: 3, device: { id: 'relay' } });
    expect(node?.rex).toBeUndefined();
  });

  it('keeps a wire whose device is gone', () => {
    expect(tree.gates[0]?.lanes[0]?.dps).toEqual({ deviceId: 'gone', device: undefined, number: 4 });
  });

  it('counts a reader without a known lane as spare', () => {
    expect(tree.spare.map(({ reader }) => reader.id).sort()).toEqual(['r3', 'r4']);
  });
});

describe('usesOf', () => {
  it('names every use of a device', () => {
    expect(usesOf('relay', campus)).toMatchObject([{ as: 'output', number: 3, lane: { id: 'a' } }]);
    expect(usesOf('d1', campus).map(({ as, reader }) => `${as} ${reader}`)).toEqual([
      'reader A in',
      'reader Spare',
      'reader Of a lost lane',
    ]);
    expect(usesOf('unused', campus)).toEqual([]);
  });
  it('says of a bus which reader it is', () => {
    const wired = lane('b', 'main', 2, { outputDeviceId: 'd1', outputReader: 1, outputChannel: 1 });
    const bus = { ...campus, lanes: [wired] };
    expect(usesOf('d1', bus).at(-1)).toMatchObject({ as: 'output', number: 1, address: 1, reader: 'Spare' });
    expect(campusTree(bus, []).gates[0]?.lanes[0]?.output?.reader?.name).toBe('Spare');
  });
});

describe('withLaneStates', () => {
  it('lets newer states stand over older ones, postures too', () => {
    const next = withLaneStates(campus, [
      { laneId: 'a', posture: 'free', open: true, released: true },
      { laneId: 'unknown', posture: 'free', released: true },
    ]);
    expect(next.states).toEqual([{ laneId: 'a', posture: 'free', open: true, released: true }]);
    expect(next.lanes.find(({ id }) => id === 'a')?.posture).toBe('free');
    expect(next.lanes.find(({ id }) => id === 'b')?.posture).toBe('controlled');
  });

  it('leaves states alone that nothing newer was said about', () => {
    expect(withLaneStates(campus, []).states).toEqual(campus.states);
  });
});

describe('newerStatus', () => {
  const online: DeviceStatus = { deviceId: 'd', state: 'online', since: 10, frames: 5, frameErrors: 1 };
  const offline: DeviceStatus = { ...online, state: 'offline', since: 20 };

  it('takes the later state, whichever way it came', () => {
    expect(newerStatus(offline, online)).toBe(offline);
    expect(newerStatus(online, offline)).toBe(offline);
    expect(newerStatus(undefined, online)).toBe(online);
    expect(newerStatus(online, undefined)).toBe(online);
  });

  it('takes the higher counts of one state, and leaves the rest as told', () => {
    const asked = { ...online, frames: 9, frameErrors: 3, lastFrameAt: 15 };
    expect(newerStatus({ ...online, readsBack: true }, asked)).toEqual({ ...asked, readsBack: true });
    expect(newerStatus(asked, online)).toBe(asked);
  });

  it('takes with the counts what readers on a bus count', () => {
    const reader = { number: 1, state: 'online' as const, since: 0, secure: true, key: 'held' as const };
    const well = { ready: true, misunderstands: false, inputs: [], outputs: [] };
    const counted = (errorsPerHour: number) => [{ ...reader, ...well, errorsPerHour }];
    const asked = { ...online, frames: 9, readers: counted(3) };
    expect(newerStatus({ ...online, readers: counted(1) }, asked)?.readers).toEqual(counted(3));
  });
});
