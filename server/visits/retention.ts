/**
 * Erases what was kept of visitors long enough, by the days of each kind of visitor, and records how much. Records hold
 * ids alone, so the chain of the log stays whole.
 */
import type { Clock } from '../../hardware/ports.ts';
import { visitEventData } from '../contract/visit-events.ts';
import type { Reader, Tx } from '../db.ts';
import type { EventLog } from '../events/port.ts';

export interface RetentionParts {
  reader: Reader;
  /** Looks through the log for what was typed about a visit. */
  questions: Pick<Reader, '$queryRawUnsafe'>;
  events: Pick<EventLog, 'change'>;
  clock: Pick<Clock, 'now'>;
}

const dayMs = 86_400_000;
/** Most visits in one transaction: a swipe may wait for it. */
const page = 100;

interface Erased {
  visits: number;
  visitors: number;
  photos: number;
}

/** Everything that is due now. Throws StoreFault; what was erased until then stays so. */
export async function eraseDue({ reader, questions, events, clock }: RetentionParts): Promise<void> {
  const types = await reader.visitorType.findMany({
    select: { id: true, keepDays: true, keepPhotoDays: true },
  });
  for (const { id: typeId, keepDays, keepPhotoDays } of types) {
    const now = clock.now();
    const over = (days: number) => ({ typeId, state: 'closed', ...endedBefore(now - days * dayMs) });
    await pages(reader, { ...over(keepPhotoDays), photoId: { not: null } }, (ids) =>
      erase(events, (tx) => erasePhotos(tx, ids)),
    );
    await pages(reader, { ...over(keepDays), erasedAt: null }, async (ids) => {
      const notes = await notesOf(questions, ids);
      await erase(events, (tx) => eraseVisits(tx, ids, notes, now));
    });
  }
  const longest = Math.max(0, ...types.map(({ keepDays }) => keepDays));
  await eraseEntries(reader, events, clock.now() - longest * dayMs);
}

/** Entries of the lists that are taken off or run out, when the visits that they held are erased. */
async function eraseEntries(reader: Reader, events: Pick<EventLog, 'change'>, before: number): Promise<void> {
  const where = {
    OR: [{ removedAt: { lt: before } }, { validUntil: { lt: before } }],
    holds: { none: {} },
  };
  if ((await reader.screeningEntry.count({ where })) === 0) return;
  await events.change(async (tx) => {
    await tx.screeningEntry.deleteMany({ where });
    return { result: undefined, events: [] };
  });
}

const endedBefore = (at: number) => ({
  expectedUntil: { lt: at },
  OR: [{ leftAt: null }, { leftAt: { lt: at } }],
});

type Where = NonNullable<NonNullable<Parameters<Reader['visit']['findMany']>[0]>['where']>;

/** Until nothing is left of it: what was worked on does not fit the condition any more. */
async function pages(reader: Reader, where: Where, work: (ids: string[]) => Promise<void>): Promise<void> {
  for (;;) {
    const rows = await reader.visit.findMany({ where, take: page, select: { id: true } });
    if (rows.length === 0) return;
    await work(rows.map(({ id }) => id));
  }
}

function erase(events: Pick<EventLog, 'change'>, work: (tx: Tx) => Promise<Erased>): Promise<void> {
  return events.change(async (tx) => {
    const data = await work(tx);
    return { result: undefined, events: [{ type: 'visits.erased', data }] };
  });
}

async function erasePhotos(tx: Tx, ids: string[]): Promise<Erased> {
  const rows = await tx.visit.findMany({ where: { id: { in: ids } }, select: { photoId: true } });
  await tx.visit.updateMany({ where: { id: { in: ids } }, data: { photoId: null } });
  const { count } = await tx.photo.deleteMany({
    where: { id: { in: rows.flatMap((row) => row.photoId ?? []) } },
  });
  return { visits: 0, visitors: 0, photos: count };
}

const aboutVisits = Object.entries(visitEventData).flatMap(([type, { shape }]) =>
  'visitId' in shape ? [`'${type}'`] : [],
);

/** Sequence numbers of the events of these visits beside which somebody typed something. */
async function notesOf(questions: RetentionParts['questions'], ids: string[]): Promise<number[]> {
  const sql = `SELECT "seq" FROM "Event" WHERE "type" IN (${aboutVisits.join()}) AND "note" IS NOT NULL
    AND json_extract("body", '$.data.visitId') IN (${ids.map(() => '?').join()})`;
  return (await questions.$queryRawUnsafe<{ seq: bigint }[]>(sql, ...ids)).map(({ seq }) => Number(seq));
}

async function eraseVisits(tx: Tx, ids: string[], notes: number[], now: number): Promise<Erased> {
  const rows = await tx.visit.findMany({
    where: { id: { in: ids } },
    select: { photoId: true, signatureId: true, visitorId: true },
  });
  const personal = {
    companions: '[]',
    department: null,
    purpose: null,
    plate: null,
    items: null,
    photoId: null,
    signatureId: null,
  };
  await tx.visit.updateMany({ where: { id: { in: ids } }, data: { ...personal, erasedAt: now } });
  // That somebody was taken for one of the lists.
  await tx.visitHold.deleteMany({ where: { visitId: { in: ids } } });
  // Whoever guesses a short note could try it against its digest while the salt is there.
  await tx.event.updateMany({ where: { seq: { in: notes } }, data: { note: null, noteSalt: null } });
  const pictures = rows.flatMap(({ photoId, signatureId }) => [photoId ?? [], signatureId ?? []].flat());
  const { count: photos } = await tx.photo.deleteMany({ where: { id: { in: pictures } } });
  // Whoever comes still, or came lately, is known until the last of their visits is old.
  const nameless = { phone: null, organisation: null, idKind: null, idSealed: null, idHash: null };
  const { count: visitors } = await tx.visitor.updateMany({
    where: { id: { in: rows.map(({ visitorId }) => visitorId) }, visits: { none: { erasedAt: null } } },
    data: { ...nameless, name: '', search: '', erasedAt: now },
  });
  return { visits: rows.length, visitors, photos };
}
