import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMrz } from './mrz.ts';

// The specimens of Doc 9303: part 4 appendix B, part 5 appendix B, part 6 appendix B.
const passport = 'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10';
const card = 'I<UTOD231458907<<<<<<<<<<<<<<<7408122F1204159UTO<<<<<<<<<<<6ERIKSSON<<ANNA<MARIA<<<<<<<<<<';
const paper = 'I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<D231458907UTO7408122F1204159<<<<<<<6';

describe('machine-readable lines', () => {
  it.each([
    [passport, 'L898902C3'],
    [card, 'D23145890'],
    [paper, 'D23145890'],
  ])('%s', (lines, number) => {
    expect(readMrz(lines)).toEqual({ number, name: 'ERIKSSON ANNA MARIA' });
  });

  it('are told from a number, and from half of themselves', () => {
    expect(readMrz('L898902C3')).toBeUndefined();
    expect(readMrz(passport.slice(0, 44))).toBe('mrz-lines');
    expect(readMrz(passport.replace('ANNA', 'ÄNNA'))).toBe('mrz-lines');
  });

  it('are refused with any one digit of what is checked read wrong', () => {
    // Places of line 2: document number, birth, expiry, and their check digits.
    const checked = [...Array(10).keys(), 13, 14, 15, 16, 17, 18, 19, 21, 22, 23, 24, 25, 26, 27];
    fc.assert(
      fc.property(fc.constantFrom(...checked), fc.constantFrom(...'0123456789'), (place, digit) => {
        const at = 44 + place;
        const before = passport[at] ?? '';
        fc.pre(/\d/.test(before) && before !== digit);
        expect(readMrz(passport.slice(0, at) + digit + passport.slice(at + 1))).toBe('mrz-check-digit');
      }),
    );
  });
});
