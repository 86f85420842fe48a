import { describe, expect, it } from 'vitest';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { connectsPerMinute, openAtOnce, socketLimits } from './socket-limits.ts';

const times = <T>(count: number, run: () => T): T[] => Array.from({ length: count }, run);
const [office, other] = ['192.0.2.1', '192.0.2.2'];

describe('connections of one address', () => {
  it('are served so often a minute, then told, then turned away; others are not worse off', () => {
    const clock = manualClock();
    const limits = socketLimits(clock, 0.1);
    const limit = connectsPerMinute * 0.1;
    expect(new Set(times(limit, () => limits.mayAsk(office)))).toEqual(new Set(['yes']));
    expect(new Set(times(limit, () => limits.mayAsk(office)))).toEqual(new Set(['no']));
    expect(limits.mayAsk(office)).toBe('gone');
    expect(times(2 * limit, () => limits.mayEnter(office)).every(Boolean)).toBe(true);
    expect(limits.mayEnter(office)).toBe(false);
    expect([limits.mayEnter(other), limits.mayAsk(other)]).toEqual([true, 'yes']);
    clock.advance(60_000);
    expect([limits.mayEnter(office), limits.mayAsk(office)]).toEqual([true, 'yes']);
  });

  it('are bounded in number, however slowly they come', () => {
    const clock = manualClock();
    const limits = socketLimits(clock, 1);
    times(openAtOnce.address, () => limits.opened(office));
    expect(limits.mayAsk(office)).toBe('yes');
    limits.opened(office);
    expect([limits.mayEnter(office), limits.mayAsk(office), limits.mayAsk(other)]).toEqual([
      true,
      'no',
      'yes',
    ]);
    times(openAtOnce.address, () => limits.opened(office));
    expect(limits.mayEnter(office)).toBe(false);
    times(2 * openAtOnce.address + 1, () => limits.closed(office));
    expect(limits.mayAsk(office)).toBe('yes');
  });

  it('are one address where an IPv6 client may choose its own', () => {
    const limits = socketLimits(manualClock(), 1 / connectsPerMinute);
    expect(limits.mayAsk('2001:db8:1::1')).toBe('yes');
    expect(limits.mayAsk('2001:db8:1::2')).toBe('no');
    expect(limits.mayAsk('2001:db8:ffff::1')).toBe('yes');
  });
});
