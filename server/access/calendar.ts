/** The school calendar: holidays, half days, make-up days. */

import type { CalendarDay } from '../contract/access.ts';
import type { Changes } from '../contract/changes.ts';
import type { By, NewEvent } from '../contract/events.ts';
import { RequestError } from '../errors.ts';
import { toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { dayOfDate } from './time-zone.ts';

/** Sets days anew or otherwise; a whole year's at once is one event. RequestError `invalid-request` keeps all as it was. */
export async function setCalendarDays(
  log: Pick<EventLog, 'change'>,
  days: readonly CalendarDay[],
  by: By,
): Promise<void> {
  checkDays(days);
  return log.change(async (tx) => {
    const changes: Changes = {};
    for (const { date, kind, followsWeekday, name } of days) {
      const row = { kind, name, followsWeekday: kind === 'make-up' ? followsWeekday : null };
      const before = await tx.calendarDay.findUnique({ where: { date } });
      await tx.calendarDay.upsert({ where: { date }, create: { date, ...row }, update: row });
      Object.assign(changes, changesOf(date, before, row));
    }
    return { result: undefined, events: calendarChanged(days, changes, by) };
  });
}

/** Makes days ordinary again. RequestError `not-found` when one of them is so already. */
export function removeCalendarDays(
  log: Pick<EventLog, 'change'>,
  dates: readonly string[],
  by: By,
): Promise<void> {
  return log.change(async (tx) => {
    const before = await tx.calendarDay.findMany({ where: { date: { in: [...dates] } } });
    const ordinary = dates.find((date) => !before.some((day) => day.date === date));
    if (ordinary !== undefined) {
      throw new RequestError('not-found', `The school calendar has nothing on ${ordinary}.`);
    }
    await tx.calendarDay.deleteMany({ where: { date: { in: [...dates] } } });
    const changes = Object.assign({}, ...before.map((day) => changesOf(day.date, day, null)));
    return { result: undefined, events: calendarChanged(before, changes, by) };
  });
}

type DayKind = { kind: string; followsWeekday: number | null } | null;

function changesOf(date: string, before: DayKind, after: DayKind): Changes {
  const told = (day: DayKind) => ({
    [date]: day?.kind ?? null,
    [`${date}.followsWeekday`]: day?.followsWeekday ?? null,
  });
  return toldChanges(told(before), told(after)).changes;
}

function calendarChanged(days: readonly { date: string }[], changes: Changes, by: By): NewEvent[] {
  if (days.length === 0) return [];
  return [{ type: 'calendar.changed', data: { dates: days.map(({ date }) => date), changes }, ...by }];
}

function checkDays(days: readonly CalendarDay[]): void {
  const fields = days.flatMap(({ date, kind, followsWeekday }, index) => [
    ...(dayOfDate(date) === undefined ? [{ path: `${index}.date`, message: 'There is no such date.' }] : []),
    ...(days.findIndex((other) => other.date === date) < index
      ? [{ path: `${index}.date`, message: 'This date is given twice.' }]
      : []),
    ...(kind === 'make-up' && !followsWeekday
      ? [{ path: `${index}.followsWeekday`, message: 'A make-up day follows a weekday.' }]
      : []),
  ]);
  if (fields.length > 0)
    throw new RequestError(
      'invalid-request',
      'The calendar can not be set so.',
      { why: 'calendar.no-day' },
      fields,
    );
}
