import { describe, expect, it } from 'vitest';
import { dateOf, endOfDay, lastDate, startOfDay } from './day-bounds.ts';

describe('day bounds', () => {
  it('are those of the school, not of UTC', () => {
    expect(startOfDay('2026-09-01', 'Asia/Shanghai')).toBe(Date.parse('2026-08-31T16:00:00Z'));
    expect(startOfDay('2026-09-01', 'America/New_York')).toBe(Date.parse('2026-09-01T04:00:00Z'));
    expect(endOfDay('2026-12-31', 'Asia/Shanghai')).toBe(Date.parse('2026-12-31T16:00:00Z'));
  });
  it('know the days of 23 and 25 hours', () => {
    const hours = (date: string) =>
      (endOfDay(date, 'Europe/Berlin') - startOfDay(date, 'Europe/Berlin')) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-10-26')]).toEqual([23, 25, 24]);
  });
  it('start where clocks skip midnight', () => {
    const start = startOfDay('2024-09-08', 'America/Santiago');
    expect(dateOf(start, 'America/Santiago')).toBe('2024-09-08');
    expect(dateOf(start - 1, 'America/Santiago')).toBe('2024-09-07');
  });
  it('name the last day that counts', () => {
    expect(lastDate(endOfDay('2027-06-30', 'Asia/Shanghai'), 'Asia/Shanghai')).toBe('2027-06-30');
  });
});
