import { describe, expect, it } from 'vitest';
import { clockTime, dayGroups, intoNextDay, minuteOf, toRows, toWindows } from './schedule-words.ts';

const window = (day: '1' | '2' | '3' | '5' | 'holiday', startMinute: number, endMinute: number) => ({
  day,
  startMinute,
  endMinute,
});

describe('clock times', () => {
  it.each([
    [0, '00:00'],
    [425, '07:05'],
    [1440, '24:00'],
  ])('%i is %s', (minute, text) => {
    expect(clockTime(minute)).toBe(text);
    expect(minuteOf(text)).toBe(minute);
  });
  it('takes what people type', () => {
    expect(minuteOf(' 7：05 ')).toBe(425);
  });
  it.each(['24:01', '7:60', '705', '', '-1:00'])('refuses %s', (text) => {
    expect(minuteOf(text)).toBeUndefined();
  });
});

describe('dayGroups', () => {
  it('puts days with the same hours together, neighbours as a span', () => {
    const groups = dayGroups([
      window('2', 390, 1080),
      window('1', 390, 1080),
      window('3', 390, 1080),
      window('5', 390, 1080),
      window('holiday', 480, 720),
    ]);
    expect(groups).toEqual([
      {
        spans: [
          ['1', '3'],
          ['5', '5'],
        ],
        hours: [{ from: '06:30', to: '18:00', overnight: false }],
      },
      { spans: [['holiday', 'holiday']], hours: [{ from: '08:00', to: '12:00', overnight: false }] },
    ]);
  });
  it('sorts the hours of a day and marks those that run over midnight', () => {
    const [group] = dayGroups([window('1', 1320, 360), window('1', 480, 720)]);
    expect(group?.hours).toEqual([
      { from: '08:00', to: '12:00', overnight: false },
      { from: '22:00', to: '06:00', overnight: true },
    ]);
  });
});

describe('rows of the form', () => {
  it('hold windows with the same hours, and give them back', () => {
    const windows = [window('1', 390, 1080), window('2', 390, 1080), window('1', 1140, 1260)];
    const rows = toRows(windows);
    expect(rows).toEqual([
      { days: ['1', '2'], from: '06:30', to: '18:00' },
      { days: ['1'], from: '19:00', to: '21:00' },
    ]);
    expect(toWindows(rows)).toEqual(windows);
  });
  it.each([
    ['08:00', '08:00', 'whole-day'],
    ['8:00', ' 08：00', 'whole-day'],
    ['00:00', '00:00', 'whole-day'],
    ['22:00', '06:00', 'night'],
    ['08:00', '08:01', undefined],
    ['00:00', '24:00', undefined],
    ['08:00', '', undefined],
    ['x', 'x', undefined],
  ])('from %s to %s run into the next day: %s', (from, to, over) => {
    expect(intoNextDay({ from, to })).toBe(over);
  });
  it('leave out what is no time', () => {
    expect(toWindows([{ days: ['1'], from: '6', to: '18:00' }])).toEqual([]);
  });
});
