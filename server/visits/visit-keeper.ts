/** Looks at all open visits every half minute, and does what is due: the clock's part in a visit, each with its event. */
import type { Clock } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader, Tx } from '../db.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { type Due, dueAt, type LocalAt, type Timed } from './due.ts';
import { type Repeated, repeat } from './repeat.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface KeeperParts {
  reader: Reader;
  events: Pick<EventLog, 'change'>;
  clock: Pick<Clock, 'now' | 'after'>;
  log: Log;
  localAt: LocalAt;
}

const everyMs = 30_000;
/** Most visits in one transaction; the others follow at the next look. */
const most = 200;

export function openVisitKeeper(parts: KeeperParts): Repeated {
  return repeat(parts, everyMs, 'what is due of visits', () => keepVisits(parts));
}

/** One look. Throws StoreFault. */
export async function keepVisits({
  reader,
  events,
  clock,
  localAt,
}: Omit<KeeperParts, 'log'>): Promise<void> {
  const now = clock.now();
  const rows = await openVisits(reader, undefined);
  const ids = rows
    .flatMap((row) => (dueAt(timed(row), now, localAt).length > 0 ? row.id : []))
    .slice(0, most);
  if (ids.length === 0) return;
  await events.change(async (tx) => {
    const told: NewEvent[] = [];
    // Read again in its turn: somebody may have been faster.
    for (const row of await openVisits(tx, ids)) {
      for (const due of dueAt(timed(row), now, localAt)) told.push(...(await acts[due](tx, row, now)));
    }
    return { result: undefined, events: told };
  });
}

type Row = Awaited<ReturnType<typeof openVisits>>[number];

function openVisits(store: Reader | Tx, ids: string[] | undefined) {
  return store.visit.findMany({
    where: { state: { not: 'closed' }, ...(ids ? { id: { in: ids } } : {}) },
    orderBy: { createdAt: 'asc' },
    select: {
      ...{ id: true, state: true, pending: true, hostId: true, waitingSince: true, expectedUntil: true },
      ...{ lapsedAt: true, remindedAt: true, alarmedAt: true },
      type: { select: { waitMinutes: true, closeMinute: true } },
      passes: { orderBy: { number: 'desc' }, take: 1, select: { id: true } },
    },
  });
}

function timed({ type, state, pending, expectedUntil, ...at }: Row): Timed {
  const instant = (value: bigint | null) => (value === null ? null : Number(value));
  return {
    ...type,
    state: visitState.parse(state),
    pending: pendingOf(pending),
    expectedUntil: Number(expectedUntil),
    waitingSince: instant(at.waitingSince),
    lapsedAt: instant(at.lapsedAt),
    remindedAt: instant(at.remindedAt),
    alarmedAt: instant(at.alarmedAt),
  };
}

const acts: Record<Due, (tx: Tx, row: Row, now: number) => Promise<NewEvent[]>> = {
  async lapse(tx, { id }, now) {
    await tx.visit.update({ where: { id }, data: { lapsedAt: now } });
    return [{ type: 'visit.lapsed', data: { visitId: id } }];
  },
  async remind(tx, { id, hostId }, now) {
    await tx.visit.update({ where: { id }, data: { remindedAt: now } });
    return [{ type: 'visit.overdue', data: { visitId: id, ...(hostId === null ? {} : { hostId }) } }];
  },
  async alarm(tx, { id }, now) {
    await tx.visit.update({ where: { id }, data: { alarmedAt: now } });
    return [{ type: 'visit.long-overdue', data: { visitId: id } }];
  },
  /**
   * Whoever still counts as inside has gone unseen, and is marked so: nobody can be inside a visit that is over. Their
   * pass lets them out still.
   */
  async close(tx, { id, state, passes }, now) {
    const from = visitState.parse(state);
    const [pass] = passes;
    const unseen = from === 'inside';
    const gone = unseen ? { unseenOut: true, leftAt: now } : {};
    await tx.visit.update({ where: { id }, data: { state: 'closed', ...gone } });
    const left: NewEvent[] =
      unseen && pass
        ? [
            {
              type: 'visit.signed-out',
              data: { visitId: id, from, to: 'left', passId: pass.id, unseen: true },
            },
          ]
        : [];
    const to = 'closed' as const;
    return [...left, { type: 'visit.closed', data: { visitId: id, from: unseen ? 'left' : from, to } }];
  },
};
