/** For tests: a script of what happens at a lane, run with every timer at its own moment. */
import { expect } from 'vitest';
import {
  type LaneEffect,
  type LaneInput,
  type LaneMonitor,
  type LaneTimes,
  laneMonitor,
  nextDeadline,
  step,
} from './lane-monitor.ts';

export const times: LaneTimes = {
  free: false,
  pulseMs: 1_000,
  notEnteredMs: 8_000,
  heldWarningMs: 15_000,
  heldAlarmMs: 30_000,
};

export type Script = [at: number, input: LaneInput, times?: Partial<LaneTimes>][];

/** Runs a script with every timer at its own moment; effects as short words with their time. */
export function run(script: Script, { until = 100_000, start = laneMonitor() } = {}) {
  let state: LaneMonitor = start;
  let current = times;
  const told: [number, LaneEffect][] = [];
  const go = (at: number, input: LaneInput) => {
    const next = step(state, current, input, at);
    state = next.state;
    for (const effect of next.effects) told.push([at, effect]);
  };
  const timersUntil = (limit: number) => {
    for (let due = nextDeadline(state, current); due !== undefined && due < limit; ) {
      go(due, { kind: 'tick' });
      const after = nextDeadline(state, current);
      expect(after).not.toBe(due);
      due = after;
    }
  };
  for (const [at, input, change] of script) {
    timersUntil(at);
    current = { ...current, ...change };
    go(at, input);
  }
  timersUntil(until);
  return { state, told, words: told.map(([at, effect]) => `${at} ${word(effect)}`) };
}

function word(effect: LaneEffect): string {
  if (effect.kind === 'outcome') return `${effect.id}:${effect.outcome}/${effect.relay}`;
  if (effect.kind === 'secured') return `secured after ${effect.after}`;
  return 'openForMs' in effect ? `${effect.kind} ${effect.openForMs}` : effect.kind;
}

export const opens: LaneInput = { kind: 'door', open: true };
export const closes: LaneInput = { kind: 'door', open: false };
export const lost: LaneInput = { kind: 'door', open: undefined };
export const tick: LaneInput = { kind: 'tick' };
export const grant = (id: number): LaneInput => ({ kind: 'released', id, by: 'grant' });
export const rex = (id: number): LaneInput => ({ kind: 'released', id, by: 'rex' });
export const relay = (
  id: number,
  outcome: 'confirmed' | 'sent' | 'unknown' | 'fault' = 'confirmed',
): LaneInput => ({
  kind: 'relay',
  id,
  outcome,
});
