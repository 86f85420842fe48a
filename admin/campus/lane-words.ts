/** What a lane is doing now, as one sentence for the screen: a key of the `campus` texts and a tone. */
import type { LaneState } from '../../server/contract/gates.ts';
import type { Tone } from '../ui/StatusTag.tsx';
import type { LaneNode } from './campus-tree.ts';

export interface LaneWord {
  key: 'forced' | 'held' | 'held-warning' | 'open' | 'closed' | 'released' | 'unknown';
  tone: Tone;
}

/** The worst thing first: an alarm hides whether the lane stands open, never the other way round. */
export function laneWord(state: LaneState | undefined): LaneWord {
  if (!state) return { key: 'unknown', tone: 'calm' };
  if (state.alarm === 'forced' || state.alarm === 'held') return { key: state.alarm, tone: 'bad' };
  if (state.alarm === 'held-warning') return { key: 'held-warning', tone: 'warn' };
  if (state.open === true) return { key: 'open', tone: 'good' };
  if (state.released) return { key: 'released', tone: 'good' };
  return state.open === false ? { key: 'closed', tone: 'calm' } : { key: 'unknown', tone: 'calm' };
}

export interface LaneProblem {
  key: 'no-output' | 'no-reader' | 'output-offline' | 'reader-offline' | 'dps-offline' | 'rex-offline';
  /** Name of the device or reader. */
  name?: string;
}

/** What keeps this lane from working as it is set up. A device that still connects is not yet a problem. */
export function laneProblems(node: LaneNode): LaneProblem[] {
  const offline = (device: { status?: { state: string } | undefined } | undefined) =>
    device?.status?.state === 'offline';
  const problems: LaneProblem[] = [];
  if (!node.output) problems.push({ key: 'no-output' });
  else if (offline(node.output.device))
    problems.push({ key: 'output-offline', ...named(node.output.device) });
  if (node.in.length + node.out.length === 0) problems.push({ key: 'no-reader' });
  for (const { reader, device } of [...node.in, ...node.out]) {
    if (offline(device)) problems.push({ key: 'reader-offline', name: reader.name });
  }
  if (offline(node.dps?.device)) problems.push({ key: 'dps-offline', ...named(node.dps?.device) });
  if (offline(node.rex?.device)) problems.push({ key: 'rex-offline', ...named(node.rex?.device) });
  return problems;
}

function named(device: { name: string } | undefined): { name?: string } {
  return device ? { name: device.name } : {};
}
