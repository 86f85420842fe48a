import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, sameName } from './name-match.ts';

describe('two names', () => {
  it.each([
    ['张三', '张 三', 'name'],
    ['Ｊｏｓé  Test', 'jose test', 'name'],
    ["O'Brien Test", 'OBrien-Test', 'name'],
    ['Test Anna', 'Anna Test', 'close-name'],
    ['Jonathan', 'Johnathan', 'close-name'],
    ['Michael', 'Micheal', 'close-name'],
    ['欧阳测试', '欧阳侧试', 'close-name'],
    ['张三', '张四', undefined],
    ['李测试', '李侧试', undefined],
    ['Anna', 'Hanna', undefined],
    ['Peter Test', 'Paula Test', undefined],
    ['', '', undefined],
    ['!!', '??', undefined],
  ])('%s and %s', (a, b, how) => {
    expect(sameName(a, b)).toBe(how);
    expect(sameName(b, a)).toBe(how);
  });

  it('are as far apart one way as the other, and not further than all their letters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        const far = distance(a, b);
        expect(distance(b, a)).toBe(far);
        expect(far).toBeLessThanOrEqual(Math.max([...a].length, [...b].length));
        expect(far === 0).toBe(a === b);
      }),
    );
  });
});
