/** One lane as it is watched: feeds its monitor, keeps its timer, records what the monitor tells. */
import type { Cancel, Clock, RelayResult } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { Lane, LaneState } from '../contract/gates.ts';
import type { Direction } from '../contract/words.ts';
import {
  isReleased,
  type LaneEffect,
  type LaneInput,
  type LaneTimes,
  laneMonitor,
  nextDeadline,
  step,
} from './lane-monitor.ts';
import { dpsOf, type InputPlace, inputKey, rexOf } from './lane-rows.ts';

/**
 * Why a lane is let go; `seq` of the record that stands before it, undefined while the store takes no records.
 * `notAfter`: monotonic milliseconds until when its relay may be told to move.
 */
export type ReleaseCause = { notAfter: number } & ReleaseReason;

type ReleaseReason =
  | {
      kind: 'grant';
      seq: number | undefined;
      readerId: string;
      direction: Direction;
      /** Who passes, as the outcome names them: a cardholder, or a visitor by pass and visit. */
      holder: { cardholderId: string } | { passId: string; visitId: string };
    }
  | { kind: 'hand'; seq: number | undefined }
  | { kind: 'rex' };

export interface WatchedLane {
  lane(): Lane;
  /** The lane as it is set up from now on. */
  change(lane: Lane): void;
  state(): LaneState;
  /** Moves the relay, and waits for the door from the same moment. Never rejects. */
  release(cause: ReleaseCause, move: () => Promise<RelayResult>): Promise<RelayResult>;
  door(open: boolean | undefined): void;
  /** Whether this is a press: the button is active and was known not to be. */
  pressed(active: boolean): boolean;
  /** Records what is known of the releases that still wait, and watches no more. */
  close(): void;
}

export interface WatchedLaneParts {
  lane: Lane;
  /** An alarm that was running when the server last stopped. */
  alarm: LaneState['alarm'];
  clock: Clock;
  record(event: NewEvent): void;
  onState(state: LaneState): void;
}

export function watchLane({ lane: first, alarm, clock, record, onState }: WatchedLaneParts): WatchedLane {
  let lane = first;
  let monitor = laneMonitor(alarm);
  let lastId = 0;
  let rex: boolean | undefined;
  let cancelTimer: Cancel = () => {};
  let closed = false;
  let told = JSON.stringify(stateNow());
  const causes = new Map<number, ReleaseCause>();

  function times(): LaneTimes {
    const { pulseMs, notEnteredMs, heldWarningMs, heldAlarmMs } = lane;
    return { free: lane.posture === 'free', pulseMs, notEnteredMs, heldWarningMs, heldAlarmMs };
  }

  function stateNow(): LaneState {
    return {
      laneId: lane.id,
      posture: lane.posture,
      ...(monitor.door === 'unknown' ? {} : { open: monitor.door === 'open' }),
      ...(monitor.alarm ? { alarm: monitor.alarm } : {}),
      released: isReleased(monitor, times(), clock.monotonic()),
    };
  }

  function feed(input: LaneInput): void {
    if (closed) return;
    const { state, effects } = step(monitor, times(), input, clock.monotonic());
    monitor = state;
    for (const effect of effects) {
      const event = eventOf(effect);
      if (event) record({ ...event, at: clock.now() });
      if (effect.kind === 'outcome') causes.delete(effect.id);
    }
    cancelTimer();
    const due = nextDeadline(monitor, times());
    if (due !== undefined) {
      cancelTimer = clock.after(Math.max(0, due - clock.monotonic()), () => feed({ kind: 'tick' }));
    }
    const now = stateNow();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    onState(now);
  }

  function eventOf(effect: LaneEffect): NewEvent | undefined {
    const where = { gateId: lane.gateId, laneId: lane.id };
    switch (effect.kind) {
      case 'forced':
        return { type: 'lane.forced', data: where };
      case 'held-warning':
        return { type: 'lane.held-warning', data: { ...where, openForMs: Math.round(effect.openForMs) } };
      case 'held':
        return { type: 'lane.held', data: { ...where, openForMs: Math.round(effect.openForMs) } };
      case 'secured':
        return { type: 'lane.secured', data: { ...where, after: effect.after } };
      case 'outcome':
        return outcomeEvent(where, effect, causes.get(effect.id));
    }
  }

  return {
    lane: () => lane,
    change(next) {
      const [dps, button] = [dpsOf(lane), rexOf(lane)];
      lane = next;
      if (!sameInput(button, rexOf(next))) rex = undefined;
      const sameSwitch = sameInput(dps, dpsOf(next));
      feed(sameSwitch ? { kind: 'tick' } : { kind: 'door', open: undefined });
    },
    state: stateNow,
    async release(cause, move) {
      lastId += 1;
      const id = lastId;
      causes.set(id, cause);
      // Told first, for somebody waits; what its board and the door answer comes in a later turn.
      const moving = move();
      feed({ kind: 'released', id, by: cause.kind });
      const result = await moving.catch(
        (error: unknown): RelayResult => ({
          outcome: 'fault',
          detail: error instanceof Error ? error.message : String(error),
        }),
      );
      feed({ kind: 'relay', id, outcome: result.outcome });
      return result;
    },
    door: (open) => feed({ kind: 'door', open }),
    pressed(active) {
      const press = active && rex === false;
      rex = active;
      return press;
    },
    close() {
      feed({ kind: 'end' });
      closed = true;
      cancelTimer();
    },
  };
}

function sameInput(a: InputPlace | undefined, b: InputPlace | undefined): boolean {
  return (a && inputKey(a)) === (b && inputKey(b));
}

function outcomeEvent(
  where: { gateId: string; laneId: string },
  { outcome, relay }: LaneEffect & { kind: 'outcome' },
  cause: ReleaseCause | undefined,
): NewEvent | undefined {
  if (!cause) return undefined;
  const { kind } = cause;
  if (kind === 'grant') {
    const { seq, readerId, direction, holder } = cause;
    const of = seq === undefined ? {} : { of: seq };
    return {
      type: 'passage.outcome',
      data: { ...where, readerId, direction, ...of, outcome, ...holder, relay },
    };
  }
  if (kind === 'hand') {
    const of = cause.seq === undefined ? {} : { of: cause.seq };
    return { type: 'lane.release-outcome', data: { ...where, by: 'hand', ...of, outcome, relay } };
  }
  // Who pressed the button stands before the door: only a relay that failed them is worth a row.
  if (relay === 'confirmed' || relay === 'sent') return undefined;
  return { type: 'lane.release-outcome', data: { ...where, by: 'rex', outcome, relay } };
}
