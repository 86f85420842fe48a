import { expect, it } from 'vitest';
import { foldedText, searchText } from './search-text.ts';

it.each([
  ['ÉMILE', 'émile'],
  ['e\u0301mile', 'émile'],
  ['Özil', 'özil'],
  ['Ольга', 'ольга'],
  ['ａｂｃ　Full', 'abc full'],
  ['ΟΔΟΣ', 'οδοσ'],
  ['张三', '张三'],
])('%s is compared as %s', (typed, compared) => {
  expect(foldedText(typed)).toBe(compared);
});

it('keeps name, number and unit apart', () => {
  expect(searchText({ name: 'Ann', number: null, unit: 'A1' })).toBe('ann\n\na1');
});
