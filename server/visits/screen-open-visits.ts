/** A new entry of the lists is compared with whoever is expected, waits, or is inside already. */
import type { NewEvent } from '../contract/events.ts';
import { type VisitState, visitState } from '../contract/visit-words.ts';
import type { Tx } from '../db.ts';
import { agrees, type Hit, holdVisit, type Listed } from './screen-visitor.ts';
import { afterHold } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';

/** Who has left comes again with a pass that lets in many times. */
const open: VisitState[] = ['expected', 'waiting', 'approved', 'refused', 'inside'];

/** Holds those who are not in, so that their passes open nothing. Whoever is inside may leave; the guard is told. */
export async function screenOpenVisits(tx: Tx, entry: Listed, now: number): Promise<NewEvent[]> {
  const rows = await tx.visit.findMany({
    where: {
      OR: [
        { state: { in: open } },
        { state: 'left', passes: { some: { manyEntries: true, revokedAt: null } } },
      ],
    },
    include: { visitor: true },
    orderBy: { createdAt: 'asc' },
  });
  const events: NewEvent[] = [];
  for (const { id, visitor, companions, waitingSince, ...row } of rows) {
    const how = agrees(entry, {
      names: [visitor.name, ...(JSON.parse(companions) as string[])],
      phone: visitor.phone ?? undefined,
      idHashes: visitor.idHash === null ? undefined : [visitor.idHash],
    });
    if (how === undefined) continue;
    const hit: Hit = { entryId: entry.id, responderId: entry.responderId, how };
    const held = await holdVisit(tx, id, [hit]);
    const after = afterHold({ state: visitState.parse(row.state), pending: pendingOf(row.pending) });
    if (after === undefined) {
      events.push({ type: 'visit.listed-inside', data: held.data });
      continue;
    }
    const { state, pending } = after;
    const since = state === 'waiting' ? (waitingSince ?? now) : waitingSince;
    await tx.visit.update({
      where: { id },
      data: { state, pending: JSON.stringify(pending), waitingSince: since },
    });
    events.push(held);
  }
  return events;
}
