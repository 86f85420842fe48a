import { expect, it } from 'vitest';
import { afterWrong, isLocked, lockMs, maxWrong, meantUnderDuress, wrongWithinMs } from './pin-tries.ts';

it('locks after so many wrong tries within the time, for a time, and counts anew', () => {
  let { tries, locks } = afterWrong(undefined, 0);
  for (let n = 1; n < maxWrong; n++) {
    expect([locks, isLocked(tries, n)]).toEqual([false, false]);
    ({ tries, locks } = afterWrong(tries, n));
  }
  expect([locks, isLocked(tries, maxWrong), isLocked(tries, maxWrong - 1 + lockMs)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(afterWrong(tries, lockMs * 2).locks).toBe(false);
});

it('forgets what is long ago', () => {
  const first = afterWrong(afterWrong(undefined, 0).tries, 1).tries;
  expect(afterWrong(first, wrongWithinMs + 1).locks).toBe(false);
});

it('knows the PIN that is meant under duress', () => {
  expect(['1235', '1230'].map(meantUnderDuress)).toEqual(['1234', '1239']);
});
