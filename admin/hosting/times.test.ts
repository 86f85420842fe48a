import { expect, it } from 'vitest';
import { datesOf, mostTimes, timesOf, weekdayOf } from './times.ts';

const zone = 'Asia/Shanghai';
/** A Wednesday. */
const date = '2026-09-02';

it('is one visit, for as long as the kind may stay or until a time', () => {
  expect(weekdayOf(date)).toBe(3);
  const expectedFrom = Date.UTC(2026, 8, 2, 1);
  expect(timesOf({ date, from: '09:00' }, zone)).toEqual([{ expectedFrom }]);
  expect(timesOf({ date, from: '09:00', until: '' }, zone)).toEqual([{ expectedFrom }]);
  const expectedUntil = Date.UTC(2026, 8, 2, 3, 30);
  expect(timesOf({ date, from: '09:00', until: '11:30' }, zone)).toEqual([{ expectedFrom, expectedUntil }]);
});

it('ends on the day after where it ends before it begins', () => {
  const [night] = timesOf({ date, from: '22:00', until: '06:00' }, zone);
  expect((night?.expectedUntil ?? 0) - (night?.expectedFrom ?? 0)).toBe(8 * 3_600_000);
});

it('is on the chosen days of the week, the last day included', () => {
  const again = { weekdays: [1, 3], lastDay: '2026-09-14' };
  expect(datesOf({ date, again })).toEqual(['2026-09-02', '2026-09-07', '2026-09-09', '2026-09-14']);
  expect(datesOf({ date, again: { weekdays: [4], lastDay: date } })).toEqual([]);
  const all = { weekdays: [1, 2, 3, 4, 5, 6, 7], lastDay: '2030-01-01' };
  expect(datesOf({ date, again: all })).toHaveLength(mostTimes + 1);
});

it('keeps the time of day where clocks are changed', () => {
  const again = { weekdays: [7], lastDay: '2026-11-01' };
  const [before, after] = timesOf({ date: '2026-10-18', from: '09:00', again }, 'Europe/Berlin');
  expect((after?.expectedFrom ?? 0) - (before?.expectedFrom ?? 0)).toBe(7 * 86_400_000 + 3_600_000);
});
