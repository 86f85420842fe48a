/** The school calendar: holidays, half days, make-up days. */
import type { CalendarDay } from '../contract/access.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { dayOfDate } from './time-zone.ts';

type Changes = Pick<EventLog, 'change'>;

/** Sets days anew or otherwise; a whole year's at once is one event. RequestError `invalid-request` keeps all as it was. */
export async function setCalendarDays(
  log: Changes,
  days: readonly CalendarDay[],
  actorId: string,
): Promise<void> {
  checkDays(days);
  return log.change(async (tx) => {
    for (const { date, kind, followsWeekday, name } of days) {
      const row = { kind, name, followsWeekday: kind === 'make-up' ? followsWeekday : null };
      await tx.calendarDay.upsert({ where: { date }, create: { date, ...row }, update: row });
    }
    const dates = days.map(({ date }) => date);
    return {
      result: undefined,
      events: dates.length === 0 ? [] : [{ type: 'calendar.changed', data: { dates }, actorId }],
    };
  });
}

/** Makes days ordinary again. RequestError `not-found` when one of them is so already. */
export function removeCalendarDays(log: Changes, dates: readonly string[], actorId: string): Promise<void> {
  return log.change(async (tx) => {
    for (const date of dates) {
      const { count } = await tx.calendarDay.deleteMany({ where: { date } });
      if (count === 0) {
        throw new RequestError('not-found', `The school calendar has nothing on ${date}.`);
      }
    }
    return {
      result: undefined,
      events: dates.length === 0 ? [] : [{ type: 'calendar.changed', data: { dates: [...dates] }, actorId }],
    };
  });
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
  if (fields.length > 0) throw new RequestError('invalid-request', 'The calendar can not be set so.', fields);
}
