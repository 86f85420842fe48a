/** The sample school's calendar: a plausible school year around a given day, with every kind of day in it. */
import type { CalendarDay } from '../server/contract/access.ts';
import { type SampleWords, sampleWords } from './sample-words.ts';

const dayMs = 86_400_000;

/** @param now milliseconds since 1970. @returns `YYYY-MM-DD` there. */
export function localDate(now: number, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The day itself or the nearest before it that is a Monday to Friday with nothing special about it. */
export function schoolDayUntil(date: string): string {
  const special = schoolYear(date, sampleWords.en.days);
  for (let day = date; ; day = shifted(day, -1)) {
    if (day < `${yearOf(date)}-09-01`) return schoolDayUntil(day);
    if (weekdayOf(day) <= 5 && !special.has(day)) return day;
  }
}

/**
 * The school year from September to August that `today` is in. Today is a school day whatever it is, so that the
 * sample is alive on the day it is loaded.
 */
export function sampleCalendar(today: string, words: SampleWords['days']): CalendarDay[] {
  const days = schoolYear(today, words);
  days.delete(today);
  const weekday = weekdayOf(today);
  if (weekday > 5) {
    days.set(today, { date: today, kind: 'make-up', followsWeekday: weekday - 5, name: words.sampleDay });
  }
  return [...days.values()].toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/** The year in which a school year began that holds the day. */
function yearOf(date: string): number {
  return Number(date.slice(0, 4)) - (Number(date.slice(5, 7)) < 9 ? 1 : 0);
}

/** All days that are not ordinary ones. */
function schoolYear(date: string, words: SampleWords['days']): Map<string, CalendarDay> {
  const year = yearOf(date);
  const next = year + 1;
  const days = new Map<string, CalendarDay>();
  const put = (date: string, kind: CalendarDay['kind'], name: string, followsWeekday: number | null = null) =>
    days.set(date, { date, kind, followsWeekday, name });
  const holidays = (from: string, to: string, name: string) => {
    for (let date = from; date <= to; date = shifted(date, 1)) put(date, 'holiday', name);
  };

  holidays(`${year}-10-01`, `${year}-10-07`, words.nationalDay);
  put(onOrBefore(`${year}-09-30`, 7), 'make-up', words.makeUp, 4);
  put(onOrAfter(`${year}-10-08`, 6), 'make-up', words.makeUp, 5);
  put(onOrAfter(`${year}-11-08`, 5), 'half-day', words.sports);
  put(`${next}-01-01`, 'holiday', words.newYear);
  put(onOrBefore(`${next}-01-19`, 5), 'half-day', words.endOfTerm);
  holidays(`${next}-01-20`, `${next}-02-20`, words.winter);
  holidays(`${next}-04-04`, `${next}-04-06`, words.tombSweeping);
  holidays(`${next}-05-01`, `${next}-05-05`, words.labourDay);
  put(onOrAfter(`${next}-05-06`, 6), 'make-up', words.makeUp, 1);
  put(onOrBefore(`${next}-07-04`, 5), 'half-day', words.endOfTerm);
  holidays(`${next}-07-05`, `${next}-08-31`, words.summer);
  return days;
}

function shifted(date: string, byDays: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + byDays * dayMs).toISOString().slice(0, 10);
}

/** 1 (Monday) to 7. */
function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function onOrBefore(date: string, weekday: number): string {
  return shifted(date, -((weekdayOf(date) - weekday + 7) % 7));
}

function onOrAfter(date: string, weekday: number): string {
  return shifted(date, (weekday - weekdayOf(date) + 7) % 7);
}
