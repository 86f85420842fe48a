/** When invited visitors come: the days that somebody chose as instants of the school's clocks. Pure. */
import { instantAt } from '../ui/day-bounds.ts';

export interface Chosen {
  /** `YYYY-MM-DD`, the first day. */
  date: string;
  /** `HH:MM`. */
  from: string;
  /** Absent: as long as the kind of visitor may stay. Not later than `from`: on the day after. */
  until?: string | undefined;
  /** Again on these days of the week, 1 Monday to 7 Sunday, until and with the last day. */
  again?: { weekdays: readonly number[]; lastDay: string };
}

export interface Times {
  expectedFrom: number;
  expectedUntil?: number;
}

/** As many visits as one invitation may hold. */
export const mostTimes = 60;

const dayMs = 86_400_000;
const day = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateAt = (utcDay: number) => new Date(utcDay).toISOString().slice(0, 10);

/** 1 Monday to 7 Sunday. */
export const weekdayOf = (date: string): number => new Date(day(date)).getUTCDay() || 7;

/** One more than may be, where there are more. */
export function datesOf({ date, again }: Pick<Chosen, 'date' | 'again'>): string[] {
  if (!again) return [date];
  const dates: string[] = [];
  for (let at = day(date); at <= day(again.lastDay) && dates.length <= mostTimes; at += dayMs) {
    if (again.weekdays.includes(weekdayOf(dateAt(at)))) dates.push(dateAt(at));
  }
  return dates;
}

export function timesOf(chosen: Chosen, timeZone: string): Times[] {
  const { from, until } = chosen;
  return datesOf(chosen).map((date) => {
    const expectedFrom = instantAt(date, from, timeZone);
    if (until === undefined || until === '') return { expectedFrom };
    const last = until > from ? date : dateAt(day(date) + dayMs);
    return { expectedFrom, expectedUntil: instantAt(last, until, timeZone) };
  });
}
