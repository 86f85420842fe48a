import { expect, it } from 'vitest';
import { safeNext } from './safe-next.ts';

it.each([
  [null, '/'],
  ['', '/'],
  ['/people?text=a', '/people?text=a'],
  ['https://elsewhere.example', '/'],
  ['//elsewhere.example', '/'],
  ['/\\elsewhere.example', '/'],
  ['/sign-in?next=/sign-in', '/'],
])('%j leads to %j', (next, expected) => {
  expect(safeNext(next)).toBe(expected);
});
