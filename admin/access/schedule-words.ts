/** Schedules as people say them: days with the same hours together, minutes as clock times. */
import { type Schedule, scheduleDay } from '../../server/contract/access.ts';

type Window = Schedule['windows'][number];
export type Day = Window['day'];
export const days: readonly Day[] = scheduleDay.options;

/** `07:05`; 1440 is `24:00`. */
export function clockTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Minutes from `7:05` or `07:05`; `24:00` is the end of the day. Undefined for anything else. */
export function minuteOf(text: string): number | undefined {
  const match = /^(\d{1,2})[:：]([0-5]\d)$/.exec(text.trim());
  if (!match) return undefined;
  const minute = Number(match[1]) * 60 + Number(match[2]);
  return minute <= 1440 ? minute : undefined;
}

export interface DayGroup {
  /** Neighbouring weekdays, `['1', '5']` for Monday to Friday; single days stand alone. */
  spans: (readonly [Day, Day])[];
  hours: { from: string; to: string; overnight: boolean }[];
}

/** Days with the same hours become one row; days without hours are left out. */
export function dayGroups(windows: readonly Window[]): DayGroup[] {
  const groups = new Map<string, { days: Day[]; windows: Window[] }>();
  for (const day of days) {
    const own = windows
      .filter((window) => window.day === day)
      .sort((a, b) => a.startMinute - b.startMinute || a.endMinute - b.endMinute);
    if (own.length === 0) continue;
    const hours = own.map(({ startMinute, endMinute }) => `${startMinute}-${endMinute}`).join();
    const group = groups.get(hours);
    if (group) group.days.push(day);
    else groups.set(hours, { days: [day], windows: own });
  }
  return [...groups.values()].map((group) => ({
    spans: spansOf(group.days),
    hours: group.windows.map(({ startMinute, endMinute }) => ({
      from: clockTime(startMinute),
      to: clockTime(endMinute),
      overnight: endMinute <= startMinute,
    })),
  }));
}

function spansOf(listed: readonly Day[]): (readonly [Day, Day])[] {
  const spans: [Day, Day][] = [];
  for (const day of listed) {
    const last = spans.at(-1);
    const follows = last !== undefined && /^\d$/.test(day) && Number(last[1]) + 1 === Number(day);
    if (follows) last[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}

/** One line of the form: some days with the same hours. */
export interface HoursRow {
  days: Day[];
  from: string;
  to: string;
}

/** How a line of the form runs into the next day: a whole day from its start, or a night. */
export function intoNextDay({ from, to }: Pick<HoursRow, 'from' | 'to'>): 'whole-day' | 'night' | undefined {
  const startMinute = minuteOf(from);
  const endMinute = minuteOf(to);
  if (startMinute === undefined || endMinute === undefined || startMinute < endMinute) return undefined;
  return startMinute === endMinute ? 'whole-day' : 'night';
}

/** Windows with the same hours as one line each, in the order in which they first come. */
export function toRows(windows: readonly Window[]): HoursRow[] {
  const rows = new Map<string, HoursRow>();
  for (const { day, startMinute, endMinute } of windows) {
    const key = `${startMinute}-${endMinute}`;
    const row = rows.get(key) ?? { days: [], from: clockTime(startMinute), to: clockTime(endMinute) };
    row.days.push(day);
    rows.set(key, row);
  }
  return [...rows.values()];
}

/** Rows whose times can't be read are left out: the form does not let them through. */
export function toWindows(rows: readonly HoursRow[]): Window[] {
  return rows.flatMap(({ days: listed, from, to }) => {
    const startMinute = minuteOf(from);
    const endMinute = minuteOf(to);
    if (startMinute === undefined || endMinute === undefined) return [];
    return listed.map((day) => ({ day, startMinute, endMinute }));
  });
}
