/**
 * What happens at one lane after a release, and without one: a pure state machine over monotonic milliseconds.
 *
 * - A release waits `notEnteredMs` for the door. The oldest waiting one takes each opening: so a turnstile counts
 *   one entry a cycle, also when the next release came before the cycle before it had ended.
 * - A door may also stay open between people. A release given while it stands open, and it stays open for another
 *   `walkThroughMs`, counts as entered; it still covers one opening, should the barrier turn after all.
 * - While the lock is free (`pulseMs` and `relockMs` after the relay moved) every opening is covered.
 * - An opening that no release covers is forced. A relay that turns out not to have moved covers nothing, even
 *   afterwards; a request to exit always covers, for such doors are let go by hand.
 * - A lost acknowledgement (`unknown`) covers: the lock may have moved. An answer that does not come within
 *   `settleMs` counts as lost, so every release ends within `max(notEnteredMs, settleMs)`.
 * - Open longer than `heldWarningMs`, then `heldAlarmMs`, after the opening or the last release: held. 0 is never.
 * - Where nothing tells about the door (no switch, its board is off line, `notEnteredMs` 0) a release is `assumed`.
 * - When watching ends, what is still open is `unobserved`: the lock was let go, and nobody saw who went.
 * - The first word about the door is no opening: it may have stood open since before anyone looked.
 * - Posture `free` suspends forced and held; a running alarm stays until the door closes.
 */
import type { LaneState } from '../contract/gates.ts';
import type { PassageOutcome } from '../contract/words.ts';
import { coveringRelease, type Opening, type Release, rematch, unlockedUntil } from './release-match.ts';

export const walkThroughMs = 1_500;
export const settleMs = 5_000;

export interface LaneTimes {
  free: boolean;
  pulseMs: number;
  notEnteredMs: number;
  heldWarningMs: number;
  heldAlarmMs: number;
}

export interface LaneMonitor {
  door: 'unknown' | 'closed' | 'open';
  openedAt: number;
  heldSince: number;
  alarm: LaneState['alarm'];
  free: boolean;
  releases: Release[];
  /** Openings that a late answer of a relay may still leave uncovered. */
  openings: Opening[];
}

export type RelayOutcome = 'confirmed' | 'sent' | 'unknown' | 'fault';

export type LaneInput =
  | { kind: 'tick' }
  | { kind: 'released'; id: number; by: Release['by'] }
  | { kind: 'relay'; id: number; outcome: RelayOutcome }
  /** `undefined`: nobody can tell any more. */
  | { kind: 'door'; open: boolean | undefined }
  /** Nobody watches from now on. */
  | { kind: 'end' };

export type LaneEffect =
  | { kind: 'outcome'; id: number; by: Release['by']; outcome: PassageOutcome; relay: RelayOutcome }
  | { kind: 'forced' }
  | { kind: 'held-warning' | 'held'; openForMs: number }
  | { kind: 'secured'; after: NonNullable<LaneState['alarm']> };

export function laneMonitor(alarm?: LaneState['alarm']): LaneMonitor {
  return { door: 'unknown', openedAt: 0, heldSince: 0, alarm, free: false, releases: [], openings: [] };
}

/** The next state and what is to be recorded, in order. `now` never goes back. */
export function step(
  before: LaneMonitor,
  times: LaneTimes,
  input: LaneInput,
  now: number,
): { state: LaneMonitor; effects: LaneEffect[] } {
  const state: LaneMonitor = {
    ...before,
    releases: before.releases.map((each) => ({ ...each })),
    openings: before.openings.map((each) => ({ ...each })),
  };
  const effects: LaneEffect[] = [];
  if (state.free && !times.free) state.heldSince = now;
  state.free = times.free;
  // A late timer must not change what an input means: what fell due before it, happened before it.
  passTime(state, times, now, effects);
  if (input.kind === 'released') release(state, input.id, input.by, now);
  if (input.kind === 'relay') settle(state, times, input.id, input.outcome, now, effects);
  if (input.kind === 'door') door(state, times, input.open, now, effects);
  passTime(state, times, now, effects);
  if (input.kind === 'end') end(state, effects);
  prune(state, times, now);
  return { state, effects };
}

/** When `tick` is next needed; undefined when nothing runs. */
export function nextDeadline(state: LaneMonitor, times: LaneTimes): number | undefined {
  const answerOut = state.releases.some((each) => each.relay === undefined);
  const due = state.releases.flatMap((each) => {
    // What is decided waits for the last answer before it can be forgotten.
    if (each.decided) return answerOut ? [] : [forgettable(each, times)];
    const walking = each.whileOpen && !each.entered;
    return walking ? [walkedThroughAt(each, times), expiry(each, times)] : [expiry(each, times)];
  });
  const held = nextHeld(state, times);
  if (held) due.push(held.at);
  return due.length === 0 ? undefined : Math.min(...due);
}

/** Whether the lane lets someone through now. */
export function isReleased(state: LaneMonitor, times: LaneTimes, now: number): boolean {
  return (
    times.free ||
    state.releases.some(
      (each) => each.relay !== 'fault' && (!each.decided || now < unlockedUntil(each, times)),
    )
  );
}

function release(state: LaneMonitor, id: number, by: Release['by'], now: number): void {
  state.releases.push({
    id,
    by,
    at: now,
    whileOpen: state.door === 'open',
    entered: false,
    walked: false,
    spent: false,
    decided: false,
  });
  if (state.door === 'open') state.heldSince = now;
}

function settle(
  state: LaneMonitor,
  times: LaneTimes,
  id: number,
  outcome: RelayOutcome,
  now: number,
  effects: LaneEffect[],
): void {
  const settled = state.releases.find((each) => each.id === id);
  if (!settled || settled.relay !== undefined) return;
  settled.relay = outcome;
  settled.settledAt = now;
  if (outcome !== 'fault' || settled.by === 'rex') return;
  const uncovered = rematch(state.openings, state.releases, times);
  for (const opening of uncovered) {
    opening.forced = true;
    if (!state.free && !opening.free) force(state, effects);
  }
  const closed = state.door !== 'open';
  if (closed && uncovered.length > 0) secure(state, effects);
}

function door(
  state: LaneMonitor,
  times: LaneTimes,
  open: boolean | undefined,
  now: number,
  effects: LaneEffect[],
): void {
  if (open && state.door !== 'open') {
    if (state.door === 'closed') opened(state, times, now, effects);
    state.openedAt = now;
    state.heldSince = now;
  }
  if (!open) for (const each of state.releases) each.whileOpen = false;
  if (open === false) secure(state, effects);
  state.door = open === undefined ? 'unknown' : open ? 'open' : 'closed';
}

function opened(state: LaneMonitor, times: LaneTimes, now: number, effects: LaneEffect[]): void {
  const cover = coveringRelease(now, state.releases, state.openings, times);
  if (cover) {
    cover.entered = true;
    state.openings.push({ at: now, by: cover.id, forced: false, free: state.free });
  } else {
    state.openings.push({ at: now, forced: true, free: state.free });
    if (!state.free) force(state, effects);
  }
}

function force(state: LaneMonitor, effects: LaneEffect[]): void {
  effects.push({ kind: 'forced' });
  state.alarm = 'forced';
}

function secure(state: LaneMonitor, effects: LaneEffect[]): void {
  if (state.alarm) effects.push({ kind: 'secured', after: state.alarm });
  state.alarm = undefined;
}

function passTime(state: LaneMonitor, times: LaneTimes, now: number, effects: LaneEffect[]): void {
  for (const each of state.releases) {
    if (each.whileOpen && !each.decided && now >= walkedThroughAt(each, times)) {
      each.entered = true;
      each.walked = true;
    }
    const outcome = each.decided ? undefined : verdict(state, times, each, now);
    if (outcome === undefined) continue;
    decide(each, outcome, effects);
  }
  for (let held = nextHeld(state, times); held && now >= held.at; held = nextHeld(state, times)) {
    state.alarm = held.kind;
    effects.push({ kind: held.kind, openForMs: held.at - state.openedAt });
  }
}

function decide(each: Release, outcome: PassageOutcome, effects: LaneEffect[]): void {
  each.relay ??= 'unknown';
  each.settledAt ??= each.at;
  each.decided = true;
  effects.push({ kind: 'outcome', id: each.id, by: each.by, outcome, relay: each.relay });
}

function end(state: LaneMonitor, effects: LaneEffect[]): void {
  for (const each of state.releases) {
    if (each.decided) continue;
    // An answer that was lost is news of the relay; one that was not waited for is none.
    const unseen = each.relay === 'unknown' ? 'relay-unknown' : 'unobserved';
    decide(each, each.entered ? 'entered' : unseen, effects);
  }
}

function verdict(
  state: LaneMonitor,
  times: LaneTimes,
  each: Release,
  now: number,
): PassageOutcome | undefined {
  if (each.relay === 'fault') return 'relay-fault';
  const over = now >= expiry(each, times);
  if (each.relay === undefined && !over) return undefined;
  if (each.entered) return 'entered';
  const untold = state.door === 'unknown' || times.notEnteredMs === 0;
  if (!untold && !over) return undefined;
  if (each.relay === undefined || each.relay === 'unknown') return 'relay-unknown';
  return untold ? 'assumed' : 'not-entered';
}

function expiry(each: Release, times: LaneTimes): number {
  return each.at + (each.relay === undefined ? Math.max(times.notEnteredMs, settleMs) : times.notEnteredMs);
}

function walkedThroughAt(each: Release, times: LaneTimes): number {
  return each.at + Math.min(walkThroughMs, times.notEnteredMs);
}

function nextHeld(
  { door, alarm, free, heldSince }: LaneMonitor,
  { heldWarningMs, heldAlarmMs }: LaneTimes,
): { kind: 'held-warning' | 'held'; at: number } | undefined {
  if (door !== 'open' || free || alarm === 'forced' || alarm === 'held') return undefined;
  const warns = heldWarningMs > 0 && (heldAlarmMs === 0 || heldWarningMs < heldAlarmMs);
  if (warns && alarm === undefined) return { kind: 'held-warning', at: heldSince + heldWarningMs };
  return heldAlarmMs > 0 ? { kind: 'held', at: heldSince + heldAlarmMs } : undefined;
}

function forgettable(each: Release, times: LaneTimes): number {
  return Math.max(each.at + times.notEnteredMs, unlockedUntil(each, times));
}

/** Openings stay known while an answer is out; then the releases they used are spent for good. */
function prune(state: LaneMonitor, times: LaneTimes, now: number): void {
  if (state.releases.some((each) => each.relay === undefined)) return;
  for (const { by } of state.openings) {
    const used = state.releases.find((each) => each.id === by);
    if (used) used.spent = true;
  }
  state.openings = [];
  state.releases = state.releases.filter((each) => !each.decided || now < forgettable(each, times));
}
