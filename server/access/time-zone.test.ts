import { describe, expect, it } from 'vitest';
import { dateOfDay, dayOfDate, instantsOf, offsetChanges, openTimeZone, weekdayOf } from './time-zone.ts';

describe('time zones', () => {
  it('shows the wall clock, half an hour of summer time included', () => {
    const lordHowe = openTimeZone('Australia/Lord_Howe');
    expect(lordHowe.offsetAt(Date.UTC(2026, 3, 4, 14, 59))).toBe(660);
    expect(lordHowe.offsetAt(Date.UTC(2026, 3, 4, 15, 0))).toBe(630);
    expect(lordHowe.localAt(Date.UTC(2026, 3, 4, 15, 0))).toEqual({
      day: dayOfDate('2026-04-05'),
      minute: 90,
    });
    expect(offsetChanges(lordHowe, Date.UTC(2026, 3, 4), Date.UTC(2026, 3, 6))).toEqual([
      Date.UTC(2026, 3, 4, 15),
    ]);
  });

  it('finds the instants of a wall-clock minute: one, two or none', () => {
    const newYork = openTimeZone('America/New_York');
    const at = (date: string, minute: number) => instantsOf(newYork, dayOfDate(date) ?? 0, minute);
    expect(at('2026-07-01', 0)).toEqual([Date.UTC(2026, 6, 1, 4)]);
    expect(at('2026-11-01', 90)).toEqual([Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)]);
    expect(at('2026-03-08', 150)).toEqual([]);
  });

  it('refuses a zone that there is not', () => {
    expect(() => openTimeZone('Mars/Olympus')).toThrow(RangeError);
  });
});

describe('dates', () => {
  it('are numbered, and have weekdays', () => {
    expect(dayOfDate('1970-01-01')).toBe(0);
    expect(weekdayOf(0)).toBe(4);
    expect(weekdayOf(-4)).toBe(7);
    expect(dateOfDay(dayOfDate('2028-02-29') ?? 0)).toBe('2028-02-29');
    for (const none of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', ''])
      expect(dayOfDate(none)).toBeUndefined();
  });
});
