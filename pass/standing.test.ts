import { describe, expect, it } from 'vitest';
import type { PassPage } from '../server/contract/passes.ts';
import { askAgainIn, mayBeKept, showsCode, standingOf, standings } from './standing.ts';
import { texts } from './texts.ts';

const [from, until] = [1_000_000, 9_000_000];
const page: PassPage = {
  ...{ school: 'S', timeZone: 'UTC', now: from, visitor: 'V', host: null, department: null, number: 1 },
  type: { names: { 'zh-CN': '家长', en: 'Parent' }, colour: 'blue', escort: false },
  ...{ state: 'expected', cleared: true, revoked: false, manyEntries: false, liveCode: false, lanes: null },
  ...{ validFrom: from, validUntil: until, token: 'XM:' },
};

describe('standingOf', () => {
  it.each([
    ['early', {}, from - 1],
    ['good', {}, from],
    ['good', { state: 'approved' }, until - 1],
    ['expired', {}, until],
    ['not-cleared', { state: 'waiting', cleared: false }, from],
    ['expired', { state: 'waiting', cleared: false }, until],
    ['inside', { state: 'inside' }, until - 1],
    ['late', { state: 'inside' }, until],
    ['used', { state: 'left' }, from],
    ['good', { state: 'left', manyEntries: true }, from],
    ['expired', { state: 'left', manyEntries: true }, until],
    ['refused', { state: 'refused', cleared: false }, from],
    ['revoked', { state: 'inside', revoked: true }, from],
  ] as const)('is %s with %o at %i', (standing, of, now) => {
    expect(standingOf({ ...page, ...of }, now)).toBe(standing);
  });

  it('has words for each in both languages', () => {
    for (const { standing, means } of Object.values(texts)) {
      expect(Object.keys(standing).sort()).toEqual([...standings].sort());
      expect(Object.keys(means).sort()).toEqual([...standings].sort());
    }
  });
});

describe('the code', () => {
  const at = (of: Partial<PassPage>, now: number) =>
    showsCode({ ...page, ...of }, standingOf({ ...page, ...of }, now), now);
  it('is shown as long as it opens a lane', () => {
    expect([at({}, from - 1), at({}, from), at({}, until)]).toEqual([true, true, false]);
    expect(at({ state: 'inside' }, until)).toBe(true);
    expect(at({ state: 'left' }, from)).toBe(false);
    const { token: _, ...without } = page;
    expect(showsCode(without, 'good', from)).toBe(false);
  });
  it('is not shown when another one is due, and never kept where it changes', () => {
    expect(at({ renewAt: from + 5 }, from + 4)).toBe(true);
    expect(at({ renewAt: from + 5 }, from + 5)).toBe(false);
    expect([mayBeKept(page), mayBeKept({ ...page, liveCode: true })]).toEqual([true, false]);
  });
});

it('asks again for the next code, at each turn, soon for a word, and now and then', () => {
  const mid = (from + until) / 2;
  expect(askAgainIn(page, mid)).toBe(120_000);
  expect(askAgainIn({ ...page, cleared: false }, mid)).toBe(20_000);
  expect(askAgainIn(page, until - 7)).toBe(7);
  expect(askAgainIn(page, from - 9)).toBe(9);
  expect(askAgainIn({ ...page, renewAt: mid + 30 }, mid)).toBe(30);
});
