import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { repeatFilter } from './debounce.ts';

describe('repeat filter', () => {
  it('passes a held tag once, and again when it has been away', () => {
    const isNews = repeatFilter(300);
    const passed = Array.from({ length: 100 }, (_, index) => isNews('A', index * 65)).filter(Boolean);
    expect(passed).toHaveLength(1);
    const last = 99 * 65;
    expect(isNews('A', last + 299)).toBe(false);
    expect(isNews('A', last + 299 + 300)).toBe(true);
  });

  it('holds 300 ms unless told otherwise', () => {
    const isNews = repeatFilter();
    expect([isNews('A', 0), isNews('A', 299), isNews('A', 599)]).toEqual([true, false, true]);
  });

  it('passes another tag at once, and keeps both apart when they take turns', () => {
    const isNews = repeatFilter(300);
    expect([isNews('A', 0), isNews('B', 1), isNews('A', 66), isNews('B', 67)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('does not wait for a clock that went back', () => {
    const isNews = repeatFilter(300);
    expect(isNews('A', 1_000_000)).toBe(true);
    expect(isNews('A', 10)).toBe(true);
    expect(isNews('A', 75)).toBe(false);
  });

  it('agrees with the plain rule for any reads', () => {
    const steps = fc.array(fc.record({ key: fc.constantFrom('A', 'B', 'C'), after: fc.nat(400) }));
    fc.assert(
      fc.property(steps, (reads) => {
        const isNews = repeatFilter(300);
        const last: Record<string, number> = {};
        let at = 0;
        for (const { key, after } of reads) {
          at += after;
          expect(isNews(key, at)).toBe(at - (last[key] ?? Number.NEGATIVE_INFINITY) >= 300);
          last[key] = at;
        }
      }),
    );
  });

  it('keeps a tag that is still held, however many others pass by', () => {
    const isNews = repeatFilter(300);
    isNews('held', 0);
    for (let index = 1; index <= 200; index += 1) {
      isNews(`tag ${index}`, index);
      if (index % 50 === 0) expect(isNews('held', index)).toBe(false);
    }
  });

  it('forgets the oldest of more tags than a field can hold', () => {
    const isNews = repeatFilter(300);
    for (let index = 0; index <= 64; index += 1) isNews(`tag ${index}`, index);
    expect(isNews('tag 64', 65)).toBe(false);
    expect(isNews('tag 0', 66)).toBe(true);
  });
});
