import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breakLines, widthOf } from './lines.ts';

it('keeps words whole, breaks Chinese anywhere, and a word that is longer than the paper', () => {
  expect(breakLines('Please wear this badge', 12)).toEqual(['Please wear', 'this badge']);
  expect(breakLines('请把访客证戴在胸前', 8)).toEqual(['请把访客', '证戴在胸', '前']);
  expect(breakLines('to 李老师 Room 4', 9)).toEqual(['to 李老师', 'Room 4']);
  expect(breakLines('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  expect(breakLines('', 10)).toEqual(['']);
});

it('makes no line too long and loses nothing but spaces', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '校', '门', 'é', '-'), maxLength: 80 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 48 }), (words, columns) => {
      const lines = breakLines(words, columns);
      for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
      expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
    }),
  );
});
