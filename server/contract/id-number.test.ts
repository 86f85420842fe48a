import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskedIdNumber, residentIdFault, tidyIdNumber } from './id-number.ts';

const today = '2026-09-01';

describe('a resident identity number', () => {
  // The two examples of GB 11643.
  it.each(['11010519491231002X', '440524188001010014'])('%s is one', (number) => {
    expect(residentIdFault(number, today)).toBeUndefined();
  });

  it.each([
    ['110105194912310021', 'check-digit'],
    ['11010519491231002x', 'form'],
    ['1101051949123100', 'form'],
    ['010105194912310029', 'form'],
    ['11010519490230002X', 'birth-date'],
    ['11010518491231002X', 'birth-date'],
    ['11010520991231002X', 'birth-date'],
  ])('%s is none: %s', (number, fault) => {
    expect(residentIdFault(number, today)).toBe(fault);
  });

  it('is none with any one digit changed, or two neighbours swapped', () => {
    const number = '11010519491231002X';
    fc.assert(
      fc.property(fc.nat({ max: 17 }), fc.constantFrom(...'0123456789X'), (at, digit) => {
        const changed = number.slice(0, at) + digit + number.slice(at + 1);
        expect(residentIdFault(changed, today) === undefined).toBe(changed === number);
      }),
    );
    for (let at = 0; at < 17; at += 1) {
      const [a, b] = [number[at], number[at + 1]];
      const swapped = number.slice(0, at) + b + a + number.slice(at + 2);
      if (a !== b) expect(residentIdFault(swapped, today), swapped).toBeDefined();
    }
  });

  it('is typed in many ways', () => {
    expect(tidyIdNumber(' 110105 19491231 002x')).toBe('11010519491231002X');
    expect(tidyIdNumber('１１０１０５-19491231-002ｘ')).toBe('11010519491231002X');
  });

  it('is shown by its ends alone', () => {
    expect(maskedIdNumber('11010519491231002X')).toBe('1****************X');
    expect(maskedIdNumber('E12')).toBe('***');
  });
});
