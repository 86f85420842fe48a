/**
 * When a schedule is open. Windows are wall-clock minutes in the school's time zone: where clocks go back, the
 * repeated hour counts both times; a window inside the skipped hour does not open that day. A window that runs
 * into the next day belongs to the day it starts on, whatever kind of day the next one is.
 */
import { scheduleDay } from '../contract/access.ts';
import type { Calendar, LocalTime, ScheduleDay, ScheduleFact, TimeZone, Window } from './facts.ts';
import { instantsOf, offsetChanges, weekdayOf } from './time-zone.ts';

/** How far ahead `nextChange` looks: past the longest school year. */
const horizonDays = 400;

export function makeSchedule(
  id: string,
  name: string,
  ignoresCalendar: boolean,
  rows: readonly ({ day: ScheduleDay } & Window)[],
): ScheduleFact {
  const windows = Object.fromEntries(scheduleDay.options.map((day) => [day, [] as Window[]])) as Record<
    ScheduleDay,
    Window[]
  >;
  for (const { day, startMinute, endMinute } of rows) windows[day].push({ startMinute, endMinute });
  for (const day of scheduleDay.options) windows[day].sort((a, b) => a.startMinute - b.startMinute);
  return { id, name, ignoresCalendar, windows, overnight: rows.some(runsIntoNextDay) };
}

export function runsIntoNextDay({ startMinute, endMinute }: Window): boolean {
  return endMinute <= startMinute;
}

/** Whose windows hold on a day: the calendar's kind of day first, else the weekday. */
export function scheduleDayOf(schedule: ScheduleFact, calendar: Calendar, day: number): ScheduleDay {
  const special = schedule.ignoresCalendar ? undefined : calendar.get(day);
  if (special?.kind === 'holiday') return 'holiday';
  // A schedule that says nothing of half days keeps its hours on them.
  if (special?.kind === 'half-day' && schedule.windows['half-day'].length > 0) return 'half-day';
  const weekday = special?.kind === 'make-up' ? special.followsWeekday : undefined;
  return String(weekday ?? weekdayOf(day)) as ScheduleDay;
}

export function windowsOn(schedule: ScheduleFact, calendar: Calendar, day: number): readonly Window[] {
  return schedule.windows[scheduleDayOf(schedule, calendar, day)];
}

export function isOpen(schedule: ScheduleFact, calendar: Calendar, zone: TimeZone, at: number): boolean {
  return isOpenAt(schedule, calendar, zone.localAt(at));
}

function isOpenAt(schedule: ScheduleFact, calendar: Calendar, { day, minute }: LocalTime): boolean {
  for (const window of windowsOn(schedule, calendar, day)) {
    if (minute >= window.startMinute && (minute < window.endMinute || runsIntoNextDay(window))) return true;
  }
  if (!schedule.overnight) return false;
  for (const window of windowsOn(schedule, calendar, day - 1)) {
    if (minute < window.endMinute && runsIntoNextDay(window)) return true;
  }
  return false;
}

export interface ScheduleChange {
  readonly at: number;
  readonly opens: boolean;
}

/** When it next opens (if closed now) or closes (if open); undefined when it does neither for more than a year. */
export function nextChange(
  schedule: ScheduleFact,
  calendar: Calendar,
  zone: TimeZone,
  now: number,
): ScheduleChange | undefined {
  const open = isOpen(schedule, calendar, zone, now);
  const today = zone.localAt(now).day;
  // Yesterday's windows may end today. Later than that, whatever changes is an edge of that day's windows, the
  // day's beginning (another day's windows hold), or a jump of the clock over one of these.
  for (let day = today - 1; day <= today + horizonDays; day++) {
    const at = edgesOf(schedule, calendar, zone, day).find(
      (edge) => edge > now && isOpen(schedule, calendar, zone, edge) !== open,
    );
    if (at !== undefined) return { at, opens: !open };
  }
  return undefined;
}

/** Every instant at which this day, by its own windows or its predecessor's, can open or close; ascending. */
function edgesOf(schedule: ScheduleFact, calendar: Calendar, zone: TimeZone, day: number): number[] {
  const minutes = new Set([0]);
  for (const window of windowsOn(schedule, calendar, day)) {
    minutes.add(window.startMinute);
    if (!runsIntoNextDay(window)) minutes.add(window.endMinute);
  }
  for (const window of windowsOn(schedule, calendar, day - 1)) {
    if (runsIntoNextDay(window)) minutes.add(window.endMinute);
  }
  const noonUtc = (day * 1440 + 720) * 60_000;
  const edges = [...minutes].flatMap((minute) => instantsOf(zone, day, minute));
  // 26 hours on either side of noon cover this day in every zone on Earth.
  const changes = offsetChanges(zone, noonUtc - 93_600_000, noonUtc + 93_600_000);
  edges.push(...changes.filter((at) => zone.localAt(at).day === day));
  return edges.sort((a, b) => a - b);
}
