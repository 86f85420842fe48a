import { expect, it } from 'vitest';
import { heard, silent } from './wedge.ts';

/** Types the text with so many ms between the keys, and tells what was heard. */
function type(text: string, gap: number, state = silent): string[] {
  const told: string[] = [];
  let now = 1000;
  for (const key of [...text, 'Enter']) {
    const [next, code] = heard(state, key, now);
    state = next;
    now += gap;
    if (code !== undefined) told.push(code);
  }
  return told;
}

it('hears a scanner, and no person', () => {
  expect(type('6BF-PASS:42', 5)).toEqual(['6BF-PASS:42']);
  expect(type('6BF-PASS:42', 120)).toEqual([]);
});

it('hears no short text, and nothing twice', () => {
  expect(type('1234', 5)).toEqual([]);
  const [after] = heard({ text: '6BF-PASS:42', at: 1000 }, 'Enter', 1005);
  expect(heard(after, 'Enter', 1010)[1]).toBeUndefined();
});

it('takes no letters of a person into a code', () => {
  expect(type('6BF-PASS:42', 5, { text: 'ab', at: 0 })).toEqual(['6BF-PASS:42']);
});

it('a shift key between two characters is none', () => {
  const [shifted] = heard({ text: '6BF-PASS', at: 1000 }, 'Shift', 1003);
  expect(heard(shifted, ':', 1006)[0].text).toBe('6BF-PASS:');
});
