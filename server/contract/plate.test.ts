import { expect, it } from 'vitest';
import { isPlate, tidyPlate } from './plate.ts';

it.each([
  '京A12345',
  '粤B·12345',
  '沪a d12345',
  '粤BD12345',
  '京A12345D',
  '浙A1234学',
  '粤Z1234港',
  '京O1234警'.replace('O', 'A'),
  '使123456',
  '川A 1234 挂',
])('%s can be a plate', (typed) => expect(isPlate(tidyPlate(typed))).toBe(true));

it.each(['', 'A12345', '京12345', '京A1234', '京I12345', '京AO1234', '京A123456', '日A12345', '京A1234挂5'])(
  '%s is none',
  (typed) => expect(isPlate(tidyPlate(typed))).toBe(false),
);
