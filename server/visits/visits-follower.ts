/** Where visits stand in the store, as the lanes tell it: a durable follower of the log. */
import type { EventType, LoggedEvent } from '../contract/events.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Tx } from '../db.ts';
import { afterBorder } from './visit-state.ts';

/** Name and types for `follow` of server/events/followers.ts. */
export const visitsFollower: {
  readonly name: string;
  readonly types: readonly EventType[];
  handle(tx: Tx, events: LoggedEvent[]): Promise<undefined>;
} = { name: 'visits', types: ['passage.outcome'], handle };

async function handle(tx: Tx, events: LoggedEvent[]): Promise<undefined> {
  for (const { type, data, at } of events) {
    if (type !== 'passage.outcome' || data.visitId === undefined) continue;
    // Nobody went through. Where that is not known they count as gone in, or out: the guard looks for who is inside.
    if (data.outcome === 'not-entered' || data.outcome === 'relay-fault') continue;
    await pass(tx, data.visitId, { laneId: data.laneId, direction: data.direction, at });
  }
}

async function pass(
  tx: Tx,
  id: string,
  { laneId, direction, at }: { laneId: string; direction: 'in' | 'out'; at: number },
): Promise<void> {
  const row = await tx.visit.findUnique({ where: { id } });
  if (!row) return;
  const lane = await tx.lane.findUnique({ where: { id: laneId }, select: { zoneId: true } });
  const before = {
    state: visitState.parse(row.state),
    enteredAt: row.enteredAt === null ? null : Number(row.enteredAt),
    enteredZone: row.enteredZone,
    leftAt: row.leftAt === null ? null : Number(row.leftAt),
    unseenOut: row.unseenOut,
  };
  const after = afterBorder(before, { direction, zoneId: lane?.zoneId ?? '', at });
  if (after !== before) await tx.visit.update({ where: { id }, data: after });
}
