import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { approver, visitState } from '../contract/visit-words.ts';
import {
  afterApproval,
  afterBorder,
  afterHold,
  afterRefusal,
  firstState,
  isCleared,
  nextState,
  type VisitStep,
  type Whereabouts,
} from './visit-state.ts';

const steps: VisitStep[] = ['arrive', 'enter', 'leave', 'close'];

describe('a visit', () => {
  it('waits for the words that it needs where it comes unannounced, and has the host’s where it was invited', () => {
    expect(firstState('registered', [])).toEqual({ state: 'approved', pending: [] });
    expect(firstState('registered', ['host'])).toEqual({ state: 'waiting', pending: ['host'] });
    expect(firstState('invited', ['host', 'guard'])).toEqual({ state: 'expected', pending: ['guard'] });
  });

  it('opens lanes only with all the words that it needs', () => {
    const clear = (pending: readonly 'guard'[]) =>
      visitState.options.filter((state) => isCleared({ state, pending }));
    expect(clear([])).toEqual(['expected', 'approved', 'inside', 'left']);
    expect(clear(['guard'])).toEqual([]);
  });

  it('is approved with the last word, in any order, and a refusal takes that word back', () => {
    const first = firstState('registered', ['host', 'guard']);
    const half = afterApproval(first, 'guard');
    expect(half).toEqual({ state: 'waiting', pending: ['host'] });
    expect(half && afterApproval(half, 'guard')).toBeUndefined();
    const whole = half && afterApproval(half, 'host');
    expect(whole).toEqual({ state: 'approved', pending: [] });
    const refused = whole && afterRefusal(whole, 'host');
    expect(refused).toEqual({ state: 'refused', pending: ['host'] });
    expect(refused && afterApproval(refused, 'host')).toEqual(whole);
  });

  it('never enters while it is waiting, refused or closed, and is never refused inside', () => {
    for (const state of ['waiting', 'refused', 'closed'] as const) {
      expect(nextState(state, 'enter')).toBeUndefined();
    }
    for (const state of ['inside', 'left', 'closed'] as const) {
      expect(afterRefusal({ state, pending: [] }, 'guard')).toBeUndefined();
    }
    expect(nextState('inside', 'close')).toBeUndefined();
    for (const step of steps) expect(nextState('closed', step)).toBeUndefined();
  });

  it('held later opens nothing until somebody decides, wherever it stands, but for who is inside', () => {
    expect(afterHold({ state: 'inside', pending: [] })).toBeUndefined();
    expect(afterHold({ state: 'closed', pending: [] })).toBeUndefined();
    for (const state of ['expected', 'waiting', 'approved', 'left'] as const) {
      const held = afterHold({ state, pending: [] });
      expect(held && isCleared(held), state).toBe(false);
      const again = held && afterHold(held);
      expect(again, state).toEqual(held);
      const admitted = held && afterApproval(held, 'screening');
      expect(admitted && isCleared(admitted), state).toBe(true);
      expect(held && afterRefusal(held, 'screening')?.state, state).toBe('refused');
    }
    expect(afterHold({ state: 'refused', pending: ['host'] })).toEqual({
      ...{ state: 'refused', pending: ['screening', 'host'] },
    });
  });

  it('opens no lane before everybody who must agree has, whatever happens', () => {
    const act = fc.record({ word: fc.constantFrom(...approver.options), approved: fc.boolean() });
    fc.assert(
      fc.property(fc.subarray([...approver.options]), fc.array(act, { maxLength: 20 }), (needed, acts) => {
        let now = firstState('registered', needed);
        const given = new Set<string>();
        for (const { word, approved } of acts) {
          const next = approved ? afterApproval(now, word) : afterRefusal(now, word);
          if (!next) continue;
          now = next;
          if (approved) given.add(word);
          else given.delete(word);
        }
        if (isCleared(now)) for (const word of needed) expect(given).toContain(word);
      }),
    );
  });
});

describe('passages of its pass', () => {
  const start: Whereabouts = {
    state: 'approved',
    enteredAt: null,
    enteredZone: null,
    leftAt: null,
    unseenOut: false,
  };
  const go = (before: Whereabouts, direction: 'in' | 'out', zoneId: string, at: number) =>
    afterBorder(before, { direction, zoneId, at });

  it('bring in, through inner zones, and out', () => {
    const inside = go(start, 'in', 'campus', 1);
    expect(inside).toEqual({
      state: 'inside',
      enteredAt: 1,
      enteredZone: 'campus',
      leftAt: null,
      unseenOut: false,
    });
    const within = go(go(inside, 'in', 'library', 2), 'out', 'library', 3);
    expect(within).toEqual(inside);
    const left = go(within, 'out', 'campus', 4);
    expect(left).toMatchObject({ state: 'left', enteredAt: 1, leftAt: 4 });
    expect(go(left, 'out', 'campus', 5)).toEqual(left);
    expect(go(left, 'in', 'campus', 6)).toMatchObject({ state: 'inside', enteredAt: 1, leftAt: null });
  });

  it('bring in whoever went in, whatever was decided meanwhile, and out again', () => {
    for (const state of ['waiting', 'refused', 'closed'] as const) {
      const before = { ...start, state };
      const inside = go(before, 'in', 'campus', 1);
      expect(inside, state).toMatchObject({ state: 'inside', enteredAt: 1, leftAt: null });
      expect(go(inside, 'out', 'campus', 2), state).toMatchObject({ state: 'left', leftAt: 2 });
      expect(go(before, 'out', 'campus', 1)).toBe(before);
    }
    const over = { ...start, state: 'closed', enteredAt: 1, enteredZone: 'campus', leftAt: 4 } as const;
    expect(go(over, 'in', 'campus', 3)).toBe(over);
  });
});
