import { describe, expect, it } from 'vitest';
import type { Device } from '../../server/contract/devices.ts';
import { type LaneState, laneInput } from '../../server/contract/gates.ts';
import type { LaneNode } from './campus-tree.ts';
import { laneProblems, laneWord } from './lane-words.ts';

const state = (more: Partial<LaneState>): LaneState => ({
  laneId: 'a',
  posture: 'controlled',
  released: false,
  ...more,
});

describe('laneWord', () => {
  it.each([
    [state({ alarm: 'forced', open: true }), 'forced', 'bad'],
    [state({ alarm: 'held', open: true }), 'held', 'bad'],
    [state({ alarm: 'held-warning', open: true }), 'held-warning', 'warn'],
    [state({ open: true, released: true }), 'open', 'good'],
    [state({ open: false, released: true }), 'released', 'good'],
    [state({ open: false }), 'closed', 'calm'],
    [state({}), 'unknown', 'calm'],
    [state({ released: true }), 'released', 'good'],
    [undefined, 'unknown', 'calm'],
  ] as const)('%o is %s', (given, key, tone) => {
    expect(laneWord(given)).toEqual({ key, tone });
  });
});

describe('laneProblems', () => {
  const device = (id: string, status: 'online' | 'offline' | 'connecting'): Device => ({
    id,
    name: id,
    model: 'm',
    address: { kind: 'sim' },
    options: {},
    status: { deviceId: id, state: status, since: 0, frames: 0, frameErrors: 0 },
  });
  const bare: LaneNode = {
    lane: { ...laneInput.parse({ gateId: 'g', name: 'A' }), id: 'a', position: 0, posture: 'controlled' },
    zone: undefined,
    state: undefined,
    in: [],
    out: [],
    output: undefined,
    dps: undefined,
    rex: undefined,
  };
  const reader = (deviceState: 'online' | 'offline' | 'connecting') => ({
    reader: { id: 'r', name: 'Inner', deviceId: 'd', number: 0, laneId: 'a', direction: 'in' as const },
    device: device('d', deviceState),
  });

  it('tells what a lane lacks', () => {
    expect(laneProblems(bare)).toEqual([{ key: 'no-output' }, { key: 'no-reader' }]);
  });

  it('tells what is offline, by name', () => {
    const node: LaneNode = {
      ...bare,
      in: [reader('offline')],
      output: { deviceId: 'relay', device: device('relay', 'offline'), number: 1 },
      dps: { deviceId: 'box', device: device('box', 'offline'), number: 0 },
      rex: { deviceId: 'box', device: device('box', 'online'), number: 1 },
    };
    expect(laneProblems(node)).toEqual([
      { key: 'output-offline', name: 'relay' },
      { key: 'reader-offline', name: 'Inner' },
      { key: 'dps-offline', name: 'box' },
    ]);
  });

  it('waits while a device still connects', () => {
    const node: LaneNode = {
      ...bare,
      out: [reader('connecting')],
      output: { deviceId: 'relay', device: device('relay', 'online'), number: 1 },
    };
    expect(laneProblems(node)).toEqual([]);
  });
});
