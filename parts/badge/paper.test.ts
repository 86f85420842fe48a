import { expect, it } from 'vitest';
import { paperOf } from './paper.ts';

it('is named by the address, and a roll of 80 mm where it is not', () => {
  expect(paperOf('?paper=a4')).toBe('a4');
  expect(paperOf('?paper=sticker&x=1')).toBe('sticker');
  expect(paperOf('?paper=letter')).toBe('thermal-80');
  expect(paperOf('')).toBe('thermal-80');
});
