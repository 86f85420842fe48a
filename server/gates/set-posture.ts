/** Use case: a person changes a lane's posture. The lanes follow the record and switch the relay. */
import type { Lane } from '../contract/gates.ts';
import type { Posture } from '../contract/words.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { laneOf } from './lane-rows.ts';

/** Throws not-found. The posture that the lane already has changes nothing. */
export function setPosture(
  { events }: { events: Pick<EventLog, 'change'> },
  laneId: string,
  { posture, reason }: { posture: Posture; reason: string },
  actorId: string,
): Promise<Lane> {
  return events.change(async (tx) => {
    const row = await tx.lane.findUnique({ where: { id: laneId } });
    if (!row) throw new RequestError('not-found', 'There is no such lane.');
    const before = laneOf(row);
    if (before.posture === posture) return { result: before, events: [] };
    const after = laneOf(await tx.lane.update({ where: { id: laneId }, data: { posture } }));
    const data = { gateId: after.gateId, laneId, from: before.posture, to: posture };
    return {
      result: after,
      events: [{ type: 'lane.posture-changed', data, actorId, note: reason }],
    };
  });
}
