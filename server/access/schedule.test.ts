import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scheduleDay } from '../contract/access.ts';
import type { Calendar, CalendarDayFact, ScheduleDay, ScheduleFact, Window } from './facts.ts';
import { isOpen, makeSchedule, nextChange } from './schedule.ts';
import { dayOfDate, openTimeZone } from './time-zone.ts';

const zoneNames = ['Asia/Shanghai', 'America/New_York', 'Europe/London', 'Australia/Lord_Howe'];
const zones = new Map(zoneNames.map((name) => [name, openTimeZone(name)]));
const zone = (name: string) => zones.get(name) ?? openTimeZone(name);
const at = (text: string) => Date.parse(text);

type Row = { day: ScheduleDay } & Window;
const make = (rows: Row[], ignoresCalendar = false) => makeSchedule('s', 'Schedule', ignoresCalendar, rows);
const row = (day: ScheduleDay, startMinute: number, endMinute: number): Row => ({
  day,
  startMinute,
  endMinute,
});
const calendarOf = (days: Record<string, CalendarDayFact>): Calendar =>
  new Map(Object.entries(days).map(([date, day]) => [dayOfDate(date) ?? 0, day]));
const shanghai = (schedule: ScheduleFact, time: string, calendar: Calendar = new Map()) =>
  isOpen(schedule, calendar, zone('Asia/Shanghai'), at(`${time}+08:00`));

describe('isOpen', () => {
  // 14 September 2026 is a Monday.
  const monday = make([row('1', 390, 1080)]);

  it('is true from the first minute of a window to the last before its end', () => {
    expect(shanghai(monday, '2026-09-14T06:29:59')).toBe(false);
    expect(shanghai(monday, '2026-09-14T06:30:00')).toBe(true);
    expect(shanghai(monday, '2026-09-14T17:59:59')).toBe(true);
    expect(shanghai(monday, '2026-09-14T18:00:00')).toBe(false);
    expect(shanghai(monday, '2026-09-15T12:00:00')).toBe(false);
  });

  it('carries a window over midnight, with the day it starts on', () => {
    const night = make([row('5', 1320, 360)]);
    expect(shanghai(night, '2026-09-18T22:00')).toBe(true);
    expect(shanghai(night, '2026-09-19T05:59')).toBe(true);
    expect(shanghai(night, '2026-09-19T06:00')).toBe(false);
    expect(shanghai(night, '2026-09-18T05:00')).toBe(false);
    // The Saturday is a holiday: the night that began on Friday still ends at six.
    const holiday = calendarOf({ '2026-09-19': { kind: 'holiday', name: 'Holiday' } });
    expect(shanghai(night, '2026-09-19T05:59', holiday)).toBe(true);
    const before = calendarOf({ '2026-09-18': { kind: 'holiday', name: 'Holiday' } });
    expect(shanghai(night, '2026-09-19T05:59', before)).toBe(false);
  });

  it('takes a window that ends when it starts for a whole day', () => {
    const day = make([row('1', 480, 480)]);
    expect(shanghai(day, '2026-09-14T07:59')).toBe(false);
    expect(shanghai(day, '2026-09-14T08:00')).toBe(true);
    expect(shanghai(day, '2026-09-15T07:59')).toBe(true);
    expect(shanghai(day, '2026-09-15T08:00')).toBe(false);
  });

  it('follows the school calendar', () => {
    const noon = '2026-09-14T12:00';
    const day = (fact: CalendarDayFact) => calendarOf({ '2026-09-14': fact });
    const holiday = day({ kind: 'holiday', name: 'Holiday' });
    const half = day({ kind: 'half-day', name: 'Exams' });
    expect(shanghai(monday, noon, holiday)).toBe(false);
    expect(shanghai(make([row('holiday', 700, 800)]), noon, holiday)).toBe(true);
    expect(shanghai(make([row('1', 390, 1080)], true), noon, holiday)).toBe(true);
    expect(shanghai(monday, noon, half)).toBe(true);
    expect(shanghai(make([row('1', 390, 1080), row('half-day', 390, 700)]), noon, half)).toBe(false);
  });

  it('gives a make-up day the windows of the weekday it follows', () => {
    const sunday = calendarOf({ '2026-09-20': { kind: 'make-up', followsWeekday: 1, name: 'Make-up' } });
    expect(shanghai(monday, '2026-09-20T12:00', sunday)).toBe(true);
    expect(shanghai(monday, '2026-09-20T12:00')).toBe(false);
  });

  it('goes by the wall clock where clocks change', () => {
    // 1 November 2026: New York repeats 01:00 to 02:00. 8 March: it skips 02:00 to 03:00.
    const early = make([row('7', 60, 90)]);
    const newYork = zone('America/New_York');
    const open = (time: string) => isOpen(early, new Map(), newYork, at(time));
    expect(open('2026-11-01T01:15:00-04:00')).toBe(true);
    expect(open('2026-11-01T01:45:00-04:00')).toBe(false);
    expect(open('2026-11-01T01:15:00-05:00')).toBe(true);
    const skipped = make([row('7', 120, 179)]);
    const change = nextChange(skipped, new Map(), newYork, at('2026-03-08T01:00:00-05:00'));
    expect(change).toEqual({ at: at('2026-03-15T02:00:00-04:00'), opens: true });
  });
});

describe('nextChange', () => {
  const weekdays = make(['1', '2', '3', '4', '5'].map((day) => row(day as ScheduleDay, 390, 1080)));
  const next = (schedule: ScheduleFact, time: string, calendar: Calendar = new Map()) =>
    nextChange(schedule, calendar, zone('Asia/Shanghai'), at(`${time}+08:00`));

  it('says when it opens, and when it closes', () => {
    expect(next(weekdays, '2026-09-14T06:00')).toEqual({ at: at('2026-09-14T06:30+08:00'), opens: true });
    expect(next(weekdays, '2026-09-14T06:30')).toEqual({ at: at('2026-09-14T18:00+08:00'), opens: false });
    expect(next(weekdays, '2026-09-18T18:00')).toEqual({ at: at('2026-09-21T06:30+08:00'), opens: true });
  });

  it('looks past holidays, and not for ever', () => {
    const monday = calendarOf({ '2026-09-21': { kind: 'holiday', name: 'Holiday' } });
    expect(next(weekdays, '2026-09-18T18:00', monday)?.at).toBe(at('2026-09-22T06:30+08:00'));
    expect(next(make([]), '2026-09-18T18:00')).toBeUndefined();
    expect(
      next(make(scheduleDay.options.map((day) => row(day, 0, 1440))), '2026-09-18T18:00'),
    ).toBeUndefined();
  });

  it('does not take two windows that touch for a change', () => {
    const touching = make([row('1', 480, 600), row('1', 600, 720)]);
    expect(next(touching, '2026-09-14T09:00')?.at).toBe(at('2026-09-14T12:00+08:00'));
  });
});

// ---- against a slow reference --------------------------------------------------------------------------

/** Straight from the platform, minute by minute, with dates as text: slow, and obviously so. */
function slowlyOpen(
  rows: Row[],
  days: Record<string, CalendarDayFact>,
  zoneName: string,
  instant: number,
): boolean {
  const clock = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zoneName,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  const [date = '', time = ''] = clock.format(instant).split(' ');
  const minute = Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const noonBefore = new Date(`${date}T12:00:00Z`);
  noonBefore.setUTCDate(noonBefore.getUTCDate() - 1);
  const rowsOf = (of: string) => {
    const special = days[of];
    if (special?.kind === 'holiday') return rows.filter(({ day }) => day === 'holiday');
    const half = rows.filter(({ day }) => day === 'half-day');
    if (special?.kind === 'half-day' && half.length > 0) return half;
    const weekday =
      special?.kind === 'make-up' ? special.followsWeekday : new Date(`${of}T12:00:00Z`).getUTCDay() || 7;
    return rows.filter(({ day }) => day === String(weekday));
  };
  const minutesOf = ({ startMinute, endMinute }: Row) => {
    const end = endMinute > startMinute ? endMinute : endMinute + 1440;
    return (asked: number) => asked >= startMinute && asked < end;
  };
  return (
    rowsOf(date).some((each) => minutesOf(each)(minute)) ||
    rowsOf(noonBefore.toISOString().slice(0, 10)).some((each) => minutesOf(each)(minute + 1440))
  );
}

const rowsArb = fc.array(
  fc.record({
    day: fc.constantFrom(...scheduleDay.options),
    startMinute: fc.integer({ min: 0, max: 1439 }),
    endMinute: fc.integer({ min: 0, max: 1440 }),
  }),
  { maxLength: 8 },
);
/** Around the changes of 2026 in the zones above, and elsewhere in that year. */
const instantArb = fc.oneof(
  fc
    .record({
      near: fc.constantFrom(
        '2026-03-08T07:00Z',
        '2026-11-01T06:00Z',
        '2026-03-29T01:00Z',
        '2026-10-25T01:00Z',
        '2026-04-04T15:00Z',
        '2026-10-03T15:30Z',
      ),
      by: fc.integer({ min: -2880, max: 2880 }),
    })
    .map(({ near, by }) => at(near) + by * 60_000),
  fc.integer({ min: at('2026-01-01T00:00Z'), max: at('2026-12-31T00:00Z') }),
);
const factArb: fc.Arbitrary<CalendarDayFact> = fc.oneof(
  fc.constant({ kind: 'holiday' as const, name: 'Holiday' }),
  fc.constant({ kind: 'half-day' as const, name: 'Half' }),
  fc
    .integer({ min: 1, max: 7 })
    .map((followsWeekday) => ({ kind: 'make-up' as const, followsWeekday, name: 'Make-up' })),
);
/** Calendar days around an instant. */
const caseArb = fc
  .record({
    rows: rowsArb,
    zoneName: fc.constantFrom(...zoneNames),
    instant: instantArb,
    specials: fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), factArb), { maxLength: 4 }),
  })
  .map(({ specials, ...rest }) => ({
    ...rest,
    days: Object.fromEntries(
      specials.map(([offset, fact]) => [
        new Date(rest.instant + offset * 86_400_000).toISOString().slice(0, 10),
        fact,
      ]),
    ),
  }));

describe('against a slow reference', () => {
  it('is open at the same instants', () => {
    fc.assert(
      fc.property(caseArb, ({ rows, zoneName, instant, days }) => {
        const open = isOpen(make(rows), calendarOf(days), zone(zoneName), instant);
        expect(open).toBe(slowlyOpen(rows, days, zoneName, instant));
      }),
      { numRuns: 1_000 },
    );
  });

  it('changes at the same minute', () => {
    fc.assert(
      fc.property(caseArb, ({ rows, zoneName, instant, days }) => {
        const schedule = make(rows);
        const calendar = calendarOf(days);
        const open = isOpen(schedule, calendar, zone(zoneName), instant);
        let minute = Math.floor(instant / 60_000) * 60_000 + 60_000;
        const end = minute + 4 * 86_400_000;
        while (minute < end && isOpen(schedule, calendar, zone(zoneName), minute) === open) minute += 60_000;
        const change = nextChange(schedule, calendar, zone(zoneName), instant);
        if (minute < end) expect(change).toEqual({ at: minute, opens: !open });
        else expect(change?.at ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(end);
      }),
      { numRuns: 300 },
    );
  });
});
