/** Gates with their lanes, lanes with their readers and wiring: what screens draw, put together from flat lists. */
import type { Device, DeviceStatus } from '../../server/contract/devices.ts';
import type { Campus, Gate, Lane, LaneState, Reader, Zone } from '../../server/contract/gates.ts';

export interface ReaderNode {
  reader: Reader;
  device: Device | undefined;
}

/** A device input or output that a lane names; `device` is absent when the list no longer has it. */
export interface Wire {
  deviceId: string;
  device: Device | undefined;
  /** On a bus: the reader whose output or input it is. */
  reader?: Reader;
  /** Output: channel from 1. Input: number from 0. */
  number: number;
}

export interface LaneNode {
  lane: Lane;
  zone: Zone | undefined;
  state: LaneState | undefined;
  in: ReaderNode[];
  out: ReaderNode[];
  output: Wire | undefined;
  dps: Wire | undefined;
  rex: Wire | undefined;
}

export interface GateNode {
  gate: Gate;
  lanes: LaneNode[];
}

export interface CampusTree {
  gates: GateNode[];
  /** Readers that stand at no lane. */
  spare: ReaderNode[];
}

const byPosition = (a: { position: number; name: string }, b: { position: number; name: string }) =>
  a.position - b.position || a.name.localeCompare(b.name);

export function campusTree(campus: Campus, devices: readonly Device[]): CampusTree {
  const deviceOf = new Map(devices.map((device) => [device.id, device]));
  const stateOf = new Map(campus.states.map((state) => [state.laneId, state]));
  const zoneOf = new Map(campus.zones.map((zone) => [zone.id, zone]));
  const readers = campus.readers
    .map((reader): ReaderNode => ({ reader, device: deviceOf.get(reader.deviceId) }))
    .sort((a, b) => a.reader.name.localeCompare(b.reader.name));
  const wire = (deviceId: string | null, address: number | null, number: number): Wire | undefined => {
    if (deviceId === null) return undefined;
    const reader = readerAt(campus, deviceId, address);
    return { deviceId, device: deviceOf.get(deviceId), number, ...(reader && { reader }) };
  };
  const node = (lane: Lane): LaneNode => {
    const own = readers.filter(({ reader }) => reader.laneId === lane.id);
    return {
      lane,
      zone: lane.zoneId === null ? undefined : zoneOf.get(lane.zoneId),
      state: stateOf.get(lane.id),
      in: own.filter(({ reader }) => reader.direction === 'in'),
      out: own.filter(({ reader }) => reader.direction === 'out'),
      output: wire(lane.outputDeviceId, lane.outputReader, lane.outputChannel),
      dps: wire(lane.dpsDeviceId, lane.dpsReader, lane.dpsInput),
      rex: wire(lane.rexDeviceId, lane.rexReader, lane.rexInput),
    };
  };
  const laneIds = new Set(campus.lanes.map((lane) => lane.id));
  return {
    gates: [...campus.gates].sort(byPosition).map((gate) => ({
      gate,
      lanes: campus.lanes
        .filter((lane) => lane.gateId === gate.id)
        .sort(byPosition)
        .map(node),
    })),
    spare: readers.filter(({ reader }) => reader.laneId === null || !laneIds.has(reader.laneId)),
  };
}

/** The reader that stands at an address of a bus. */
export function readerAt(campus: Campus, deviceId: string, address: number | null): Reader | undefined {
  if (address === null) return undefined;
  return campus.readers.find((reader) => reader.deviceId === deviceId && reader.number === address);
}

/** One thing that a device is used for; with any, it can't be removed. */
export interface DeviceUse {
  as: 'reader' | 'output' | 'dps' | 'rex';
  /** The reader's name: for a reader, and on a bus for whose output or input it is. */
  reader?: string;
  /** On a bus, its address. */
  address?: number;
  lane?: Lane;
  /** Channel from 1 of an output, input from 0. */
  number: number;
}

export function usesOf(deviceId: string, campus: Campus): DeviceUse[] {
  const laneOf = new Map(campus.lanes.map((lane) => [lane.id, lane]));
  const readers = campus.readers
    .filter((reader) => reader.deviceId === deviceId)
    .map((reader): DeviceUse => {
      const lane = reader.laneId === null ? undefined : laneOf.get(reader.laneId);
      return { as: 'reader', reader: reader.name, number: reader.number, ...(lane && { lane }) };
    });
  const wires = campus.lanes.flatMap((lane): DeviceUse[] => {
    const use = (as: 'output' | 'dps' | 'rex', on: string | null, address: number | null, number: number) => {
      if (on !== deviceId) return [];
      const reader = readerAt(campus, deviceId, address)?.name;
      return [{ as, lane, number, ...(address !== null && { address }), ...(reader && { reader }) }];
    };
    return [
      ...use('output', lane.outputDeviceId, lane.outputReader, lane.outputChannel),
      ...use('dps', lane.dpsDeviceId, lane.dpsReader, lane.dpsInput),
      ...use('rex', lane.rexDeviceId, lane.rexReader, lane.rexInput),
    ];
  });
  return [...readers, ...wires];
}

/** The lists with newer states put over them; states of unknown lanes and devices are kept out. */
export function withLaneStates(campus: Campus, states: readonly LaneState[]): Campus {
  const newer = new Map(states.map((state) => [state.laneId, state]));
  const posture = (lane: Lane): Lane => ({ ...lane, posture: newer.get(lane.id)?.posture ?? lane.posture });
  const older = campus.states.filter((state) => !newer.has(state.laneId));
  const ids = new Set(campus.lanes.map((lane) => lane.id));
  return {
    ...campus,
    lanes: campus.lanes.map(posture),
    states: [...older, ...states.filter((state) => ids.has(state.laneId))],
  };
}

/** Of two reports of one device the one to show: the later state, and of one state the higher counts. */
export function newerStatus(
  told: DeviceStatus | undefined,
  asked: DeviceStatus | undefined,
): DeviceStatus | undefined {
  if (told === undefined || asked === undefined) return told ?? asked;
  if (told.since !== asked.since) return told.since > asked.since ? told : asked;
  const counted = (status: DeviceStatus) => status.frames + status.frameErrors;
  if (told.state !== asked.state || counted(told) >= counted(asked)) return told;
  const { frames, frameErrors, lastFrameAt, readers } = asked;
  return {
    ...told,
    frames,
    frameErrors,
    ...(lastFrameAt !== undefined && { lastFrameAt }),
    ...(readers && { readers }),
  };
}
