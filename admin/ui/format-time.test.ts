import { describe, expect, it } from 'vitest';
import { formatRecent, formatTime, timeLeft } from './format-time.ts';

// 2025-09-01 23:59:30 UTC is the next morning in Shanghai.
const at = Date.UTC(2025, 8, 1, 23, 59, 30);

describe('times', () => {
  it('stand in the zone that is named', () => {
    expect(formatTime(at, 'Asia/Shanghai', 'full')).toBe('2025-09-02 07:59:30');
    expect(formatTime(at, 'UTC', 'full')).toBe('2025-09-01 23:59:30');
    expect(formatTime(at, 'Asia/Shanghai', 'clock')).toBe('07:59');
  });
  it('writes midnight as 00', () => {
    expect(formatTime(Date.UTC(2025, 0, 1), 'UTC', 'time')).toBe('00:00:00');
  });
  it('leaves the day out when it is today in the zone', () => {
    expect(formatRecent(at, at + 3_600_000, 'Asia/Shanghai')).toBe('07:59:30');
    expect(formatRecent(at, at + 3_600_000, 'UTC')).toBe('09-01 23:59:30');
  });
});

it('counts down in minutes and seconds, to the last one', () => {
  expect(timeLeft(247_000, 0)).toBe('4:07');
  expect(timeLeft(1_001, 1_000)).toBe('0:01');
  expect(timeLeft(1_000, 1_000)).toBeUndefined();
});
