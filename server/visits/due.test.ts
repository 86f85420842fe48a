import { describe, expect, it } from 'vitest';
import { dueAt, type Timed } from './due.ts';

const minute = 60_000;
const day = 1440 * minute;
const localAt = (at: number) => ({ day: Math.floor(at / day), minute: Math.floor((at % day) / minute) });
const ten = 10 * 60 * minute;
const calm: Timed = {
  ...{ state: 'inside', pending: [], waitMinutes: 5, closeMinute: 1380, waitingSince: null },
  ...{ expectedUntil: ten, lapsedAt: null, remindedAt: null, alarmedAt: null },
};
const due = (change: Partial<Timed>, now: number) => dueAt({ ...calm, ...change }, now, localAt);

describe('who waits for the host', () => {
  const waiting = { state: 'waiting', pending: ['host'], waitingSince: 0 } as const;
  it('goes to the guard after the minutes of the visitor’s type, once', () => {
    expect(due(waiting, 5 * minute - 1)).toEqual([]);
    expect(due(waiting, 5 * minute)).toEqual(['lapse']);
    expect(due({ ...waiting, lapsedAt: 5 * minute }, 6 * minute)).toEqual([]);
    expect(due({ ...waiting, pending: ['guard'] }, 6 * minute)).toEqual([]);
    expect(due({ ...waiting, state: 'expected' }, 6 * minute)).toEqual([]);
  });
});

describe('who is still inside', () => {
  it('is told of at the end, and louder a quarter of an hour later, once each', () => {
    expect(due({}, ten - 1)).toEqual([]);
    expect(due({}, ten)).toEqual(['remind']);
    expect(due({ remindedAt: ten }, ten + 15 * minute - 1)).toEqual([]);
    expect(due({ remindedAt: ten }, ten + 15 * minute)).toEqual(['alarm']);
    expect(due({ remindedAt: ten, alarmedAt: ten }, ten + day / 4)).toEqual([]);
    expect(due({ state: 'left' }, ten + day / 4)).toEqual([]);
  });

  it('is closed when the clocks first show the closing time after the end', () => {
    const at = 23 * 60 * minute;
    expect(due({ remindedAt: 1, alarmedAt: 1 }, at - 1)).toEqual([]);
    expect(due({}, at)).toEqual(['close']);
    const late = { expectedUntil: at + minute, remindedAt: 1, alarmedAt: 1 };
    expect(due(late, at + 30 * minute)).toEqual([]);
    expect(due(late, at + day)).toEqual(['close']);
    expect(due({ state: 'closed' }, at + day)).toEqual([]);
  });
});
