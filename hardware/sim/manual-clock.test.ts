import { describe, expect, it } from 'vitest';
import { manualClock } from './manual-clock.ts';

describe('manualClock', () => {
  it('runs due timers in order of time, then of setting', () => {
    const clock = manualClock(0);
    const ran: string[] = [];
    clock.after(20, () => ran.push(`late@${clock.monotonic()}`));
    clock.after(10, () => ran.push(`first@${clock.monotonic()}`));
    clock.after(10, () => ran.push(`second@${clock.monotonic()}`));
    clock.advance(15);
    expect(ran).toEqual(['first@10', 'second@10']);
    clock.advance(5);
    expect(ran).toEqual(['first@10', 'second@10', 'late@20']);
  });

  it('runs a timer that a timer set, if it falls due in the same advance', () => {
    const clock = manualClock(0);
    const ran: number[] = [];
    clock.after(10, () => clock.after(10, () => ran.push(clock.monotonic())));
    clock.advance(100);
    expect(ran).toEqual([20]);
    expect(clock.monotonic()).toBe(100);
  });

  it('lets promises settle between timers', async () => {
    const clock = manualClock(0);
    const ran: number[] = [];
    const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
    const walk = (async () => {
      await wait(10);
      ran.push(clock.monotonic());
      await wait(10);
      ran.push(clock.monotonic());
    })();
    await clock.advanceAsync(25);
    await walk;
    expect(ran).toEqual([10, 20]);
  });

  it('cancels, and keeps a set wall clock apart from the monotonic one', () => {
    const clock = manualClock(1_000);
    let ran = false;
    const cancel = clock.after(10, () => {
      ran = true;
    });
    cancel();
    clock.advance(50);
    expect(ran).toBe(false);
    clock.setNow(500);
    clock.advance(7);
    expect([clock.now(), clock.monotonic()]).toEqual([507, 57]);
  });
});
