/** Where visits stand in the store, as the lanes tell it: a durable follower of the log. */
import type { EventType, LoggedEvent, NewEvent } from '../contract/events.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Tx } from '../db.ts';
import { afterBorder, isCleared } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';

/** Name and types for `follow` of server/events/followers.ts. */
export const visitsFollower: {
  readonly name: string;
  readonly types: readonly EventType[];
  handle(tx: Tx, events: LoggedEvent[]): Promise<NewEvent[]>;
} = { name: 'visits', types: ['passage.outcome'], handle };

async function handle(tx: Tx, events: LoggedEvent[]): Promise<NewEvent[]> {
  const told: NewEvent[] = [];
  for (const { type, data, at } of events) {
    if (type !== 'passage.outcome' || data.visitId === undefined) continue;
    // Nobody went through. Where that is not known they count as gone in, or out: the guard looks for who is inside.
    if (data.outcome === 'not-entered' || data.outcome === 'relay-fault') continue;
    told.push(...(await pass(tx, data.visitId, { laneId: data.laneId, direction: data.direction, at })));
  }
  return told;
}

async function pass(
  tx: Tx,
  id: string,
  { laneId, direction, at }: { laneId: string; direction: 'in' | 'out'; at: number },
): Promise<NewEvent[]> {
  const row = await tx.visit.findUnique({ where: { id } });
  if (!row) return [];
  const lane = await tx.lane.findUnique({ where: { id: laneId }, select: { zoneId: true } });
  const before = {
    state: visitState.parse(row.state),
    enteredAt: row.enteredAt === null ? null : Number(row.enteredAt),
    enteredZone: row.enteredZone,
    leftAt: row.leftAt === null ? null : Number(row.leftAt),
    unseenOut: row.unseenOut,
  };
  const after = afterBorder(before, { direction, zoneId: lane?.zoneId ?? '', at });
  if (after === before) return [];
  await tx.visit.update({ where: { id }, data: after });
  const { state: from } = before;
  // Refused, held or closed while the lane was open for them.
  if (direction === 'out' || isCleared({ state: from, pending: pendingOf(row.pending) })) return [];
  return [{ type: 'visit.inside-uncleared', data: { visitId: id, from, to: after.state } }];
}
