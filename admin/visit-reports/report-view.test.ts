import { describe, expect, it } from 'vitest';
import { columnsOf, presetPeriod, sizeText, spansOf } from './report-view.ts';

describe('periods', () => {
  it('end today', () => {
    expect(presetPeriod('week', '2026-03-03')).toEqual({ first: '2026-02-25', last: '2026-03-03' });
    expect(presetPeriod('month-long', '2026-03-03').first).toBe('2026-02-02');
    expect(presetPeriod('month', '2026-03-03').first).toBe('2026-03-01');
    expect(presetPeriod('year', '2026-03-03').first).toBe('2026-01-01');
  });
});

describe('columns', () => {
  it('are days, those of nobody too', () => {
    const days = [{ date: '2026-02-28', count: 3 }];
    expect(columnsOf(days, { first: '2026-02-27', last: '2026-03-01' })).toEqual([
      { label: '2026-02-27', count: 0 },
      { label: '2026-02-28', count: 3 },
      { label: '2026-03-01', count: 0 },
    ]);
  });
  it('are months of a long period', () => {
    const days = [
      { date: '2026-01-02', count: 1 },
      { date: '2026-03-04', count: 2 },
      { date: '2026-03-05', count: 3 },
    ];
    expect(columnsOf(days, { first: '2026-01-01', last: '2026-03-31' })).toEqual([
      { label: '2026-01', count: 1 },
      { label: '2026-02', count: 0 },
      { label: '2026-03', count: 5 },
    ]);
  });
});

it('says of durations from where to where', () => {
  const durations = [
    { upToMinutes: 15, count: 1 },
    { upToMinutes: null, count: 2 },
  ];
  expect(spansOf(durations)).toEqual([
    { from: 0, to: 15, count: 1 },
    { from: 15, to: null, count: 2 },
  ]);
});

it('writes sizes short', () => {
  expect([999, 1_500, 2_340_000].map(sizeText)).toEqual(['999 B', '2 KB', '2.3 MB']);
});
