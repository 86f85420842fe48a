import { describe, expect, it } from 'vitest';
import { offsetOf, zoneChoices } from './time-zones.ts';

const winter = Date.UTC(2025, 0, 15);

describe('time zones', () => {
  it('says how far ahead of UTC a zone is, to the minute', () => {
    expect(offsetOf('Asia/Shanghai', winter)).toBe('UTC+08:00');
    expect(offsetOf('Asia/Kathmandu', winter)).toBe('UTC+05:45');
    expect(offsetOf('UTC', winter)).toBe('UTC+00:00');
  });
  it('puts the browser’s own first, once', () => {
    const choices = zoneChoices('Asia/Shanghai', ['Africa/Abidjan', 'Asia/Shanghai'], winter);
    expect(choices.map(({ value }) => value)).toEqual(['Asia/Shanghai', 'Africa/Abidjan']);
    expect(zoneChoices('America/New_York', [], winter)[0]?.label).toBe('America/New York (UTC-05:00)');
  });
});
