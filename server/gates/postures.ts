/** Posture `free` holds a lane's relay; every other posture lets it go. A board that comes back is told again. */
import type { DeviceStatus, Hardware, Output, RelayResult } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { Lane } from '../contract/gates.ts';
import type { Log } from '../log.ts';
import { outputOf } from './lane-rows.ts';
import { outsideChannel } from './reader-states.ts';

export interface Postures {
  /** Switches what differs from what these lanes want. Never rejects. */
  apply(lanes: readonly Lane[]): Promise<void>;
  /** A board, or a reader on a bus, that was away holds nothing any more. */
  heard(board: Board, state: DeviceStatus['state']): void;
}

type Board = Pick<Output, 'deviceId' | 'reader'>;

export interface PosturesParts {
  hardware: Pick<Hardware, 'hold'>;
  /** Whether this lane's relay may be told to open there. */
  believed(lane: Lane, output: Output): boolean;
  record(event: NewEvent): Promise<unknown>;
  log: Log;
}

export function postures({ hardware, believed, record, log }: PosturesParts): Postures {
  const online = new Set<string>();
  /** What is held, by output. */
  const held = new Map<string, Output>();
  let turn: Promise<unknown> = Promise.resolve();

  async function hold(output: Output, on: boolean): Promise<RelayResult> {
    try {
      return await hardware.hold(output, on);
    } catch (error) {
      return { outcome: 'fault', detail: error instanceof Error ? error.message : String(error) };
    }
  }

  async function applyNow(lanes: readonly Lane[]): Promise<void> {
    const wanted = new Map<string, { lane: Lane; output: Output }>();
    for (const lane of lanes) {
      const output = outputOf(lane);
      if (lane.posture === 'free' && output) wanted.set(keyOf(output), { lane, output });
    }
    for (const [key, output] of [...held]) {
      const want = wanted.get(key);
      if (want && believed(want.lane, output)) continue;
      held.delete(key);
      const { outcome, detail } = await hold(output, false);
      // The board goes on trying, and tells when the relay is stuck.
      if (!isGood(outcome))
        log.warn({ ...output, detail }, 'a lane that is no longer free could not be let go yet');
    }
    for (const [key, { lane, output }] of wanted) {
      if (held.has(key) || !online.has(boardKey(output))) continue;
      held.set(key, output);
      const { outcome, detail } = believed(lane, output) ? await hold(output, true) : outsideChannel;
      if (isGood(outcome)) continue;
      if (outcome === 'fault') held.delete(key);
      log.warn({ ...output, detail }, 'a free lane could not be held open');
      const where = { gateId: lane.gateId, laneId: lane.id };
      await record({ type: 'lane.hold-failed', data: { ...where, relay: outcome } });
    }
  }

  return {
    apply(lanes) {
      const done = turn.then(() => applyNow(lanes));
      turn = done;
      return done;
    },
    heard(board, state) {
      if (state === 'online') online.add(boardKey(board));
      else online.delete(boardKey(board));
      for (const [key, output] of held) if (boardKey(output) === boardKey(board)) held.delete(key);
    },
  };
}

const boardKey = ({ deviceId, reader }: Board): string => `${deviceId}/${reader ?? ''}`;
const keyOf = (output: Output): string => `${boardKey(output)}/${output.channel}`;
const isGood = (outcome: RelayResult['outcome']): boolean => outcome === 'confirmed' || outcome === 'sent';
