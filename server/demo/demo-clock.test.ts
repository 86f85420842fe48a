import { describe, expect, it } from 'vitest';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { clockWatch } from '../events/clock-watch.ts';
import { demoClock } from './demo-clock.ts';

const start = Date.UTC(2026, 8, 7, 23, 5);

describe('the demo clock', () => {
  it('begins where it is told and runs as fast as the real one', () => {
    const real = manualClock(Date.UTC(2027, 6, 18, 12));
    const clock = demoClock(real, start);
    const monotonic = clock.monotonic();
    let ran = 0;
    clock.after(60_000, () => ran++);
    expect(clock.now()).toBe(start);
    real.advance(60_000);
    expect(clock.now()).toBe(start + 60_000);
    expect(clock.monotonic() - monotonic).toBe(60_000);
    expect(ran).toBe(1);
  });

  it('skips time on both its clocks, which is no jump, and never back', () => {
    const clock = demoClock(manualClock(), start);
    const jumped = clockWatch(clock);
    const monotonic = clock.monotonic();
    clock.skipTo(start + 86_400_000);
    clock.skipTo(start + 1_000);
    expect(clock.now()).toBe(start + 86_400_000);
    expect(clock.monotonic() - monotonic).toBe(86_400_000);
    expect(jumped()).toBeUndefined();
  });

  it('shows when the real clock was set', () => {
    const real = manualClock();
    const clock = demoClock(real, start);
    const jumped = clockWatch(clock);
    real.setNow(real.now() + 3_600_000);
    expect(jumped()).toEqual({ from: start, to: start + 3_600_000 });
  });
});
