import { expect, it } from 'vitest';
import { afterWrong, isLocked, meantUnderDuress, usualLimits } from './pin-tries.ts';

const { tries: maxWrong, withinMs, lockMs } = usualLimits;

it('locks after so many wrong tries within the time, for a time, and counts anew', () => {
  let { tries, locks } = afterWrong(undefined, 0, usualLimits);
  for (let n = 1; n < maxWrong; n++) {
    expect([locks, isLocked(tries, n)]).toEqual([false, false]);
    ({ tries, locks } = afterWrong(tries, n, usualLimits));
  }
  expect([locks, isLocked(tries, maxWrong), isLocked(tries, maxWrong - 1 + lockMs)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(afterWrong(tries, lockMs * 2, usualLimits).locks).toBe(false);
});

it('forgets what is long ago', () => {
  const first = afterWrong(afterWrong(undefined, 0, usualLimits).tries, 1, usualLimits).tries;
  expect(afterWrong(first, withinMs + 1, usualLimits).locks).toBe(false);
  expect(afterWrong(first, withinMs + 1, { ...usualLimits, withinMs: 2 * withinMs }).locks).toBe(true);
  expect(afterWrong(undefined, 0, { ...usualLimits, tries: 1 }).locks).toBe(true);
});

it('knows the PIN that is meant under duress', () => {
  expect(['1235', '1230'].map(meantUnderDuress)).toEqual(['1234', '1239']);
});
