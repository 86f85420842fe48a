/**
 * Use case: a person changes a lane's posture, also while the store takes no records: a lockdown can't wait for a disk.
 * The order stands in the log or in the spill file first; then it is in force. A row of the store that is still the
 * older one follows with the record, at the replay.
 */
import type { By, NewEvent } from '../contract/events.ts';
import type { Lane } from '../contract/gates.ts';
import type { Posture } from '../contract/words.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { Recorder } from '../events/recorder.ts';
import type { Lanes } from './lanes.ts';

export type SetPosture = (laneId: string, order: { posture: Posture }, by: By) => Promise<Lane>;

export interface SetPostureParts {
  recorder: Pick<Recorder, 'change'>;
  lanes: Pick<Lanes, 'lane' | 'obey'>;
  directory: { obey(laneId: string, posture: Posture): void };
}

/** Throws not-found, and StoreFault where not even the spill takes the order. The posture that is in force changes nothing. */
export function createSetPosture({ recorder, lanes, directory }: SetPostureParts): SetPosture {
  // One after the other: each order names the posture that it ends, and the last one stays in force.
  let turn: Promise<unknown> = Promise.resolve();

  async function setPosture(...[laneId, { posture }, by]: Parameters<SetPosture>): Promise<Lane> {
    const lane = lanes.lane(laneId);
    if (!lane) throw new RequestError('not-found', 'There is no such lane.');
    if (lane.posture === posture) return lane;
    const data = { gateId: lane.gateId, laneId, from: lane.posture, to: posture };
    await recorder.change({ type: 'lane.posture-changed', data, ...by });
    directory.obey(laneId, posture);
    lanes.obey(laneId, posture);
    return { ...lane, posture };
  }

  return (...order) => {
    const done = turn.then(() => setPosture(...order));
    turn = done.catch(() => {});
    return done;
  };
}

/** The lane's row, in the transaction that records the order. A lane that was removed meanwhile has none. */
export async function applyPosture(tx: Tx, event: NewEvent): Promise<void> {
  if (event.type !== 'lane.posture-changed') return;
  await tx.lane.updateMany({ where: { id: event.data.laneId }, data: { posture: event.data.to } });
}

/** By lane, the last posture of orders that are in force and not yet in the lanes' rows. */
export function orderedPostures(waiting: readonly NewEvent[]): ReadonlyMap<string, Posture> {
  const ordered = new Map<string, Posture>();
  for (const event of waiting) {
    if (event.type === 'lane.posture-changed') ordered.set(event.data.laneId, event.data.to);
  }
  return ordered;
}
