/** Use case: visits of a period, counted. */
import type { z } from 'zod';
import type { VisitReport, visitReportRoutes } from '../contract/visit-report.ts';
import type { Reader } from '../db.ts';

type Period = z.output<(typeof visitReportRoutes)['visits.report']['query']>;

/** Minutes up to which stays are counted together. */
const spans = [15, 30, 60, 120, 240, 480];
const longest = 20;

export async function reportVisits(
  store: Reader,
  { dateAt }: { dateAt(instant: number): string },
  { from, to, ...filter }: Period,
): Promise<VisitReport> {
  const who = whichVisits(filter);
  const within = { gte: from, lt: to };
  const [announced, rows] = await Promise.all([
    store.visit.count({ where: { ...who, expectedFrom: within } }),
    store.visit.findMany({
      where: { ...who, enteredAt: within },
      select: { typeId: true, hostId: true, purpose: true, enteredAt: true, leftAt: true, unseenOut: true },
    }),
  ]);
  const hosts = tally(rows.map((row) => row.hostId)).slice(0, longest);
  const accounts = await store.user.findMany({
    where: { id: { in: hosts.flatMap(([id]) => id ?? []) } },
    select: { id: true, name: true },
  });
  // Of whoever was not seen leaving nobody knows how long they stayed.
  const stays = rows.flatMap(({ enteredAt, leftAt, unseenOut }) =>
    enteredAt === null || leftAt === null || unseenOut ? [] : Number(leftAt - enteredAt) / 60_000,
  );
  const days = tally(rows.map(({ enteredAt }) => dateAt(Number(enteredAt))));
  return {
    announced,
    came: rows.length,
    days: days.map(([date, count]) => ({ date, count })).toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    types: tally(rows.map((row) => row.typeId)).map(([id, count]) => ({ typeId: id, count })),
    hosts: hosts.map(([id, count]) => ({ host: accounts.find((each) => each.id === id) ?? null, count })),
    purposes: tally(rows.flatMap(({ purpose }) => purpose ?? []))
      .slice(0, longest)
      .map(([purpose, count]) => ({ purpose, count })),
    durations: [...spans, null].map((upToMinutes, index) => ({
      upToMinutes,
      count: stays.filter((stay) => stay > (spans[index - 1] ?? -1) && stay <= (upToMinutes ?? Infinity))
        .length,
    })),
  };
}

/** What of the filter is set, as columns of a visit. */
export function whichVisits({ typeId, hostId, state }: Pick<Period, 'typeId' | 'hostId' | 'state'>) {
  return {
    ...(typeId === undefined ? {} : { typeId }),
    ...(hostId === undefined ? {} : { hostId }),
    ...(state === undefined ? {} : { state }),
  };
}

/** How often each, the most frequent first. */
function tally<T>(values: readonly T[]): [T, number][] {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
