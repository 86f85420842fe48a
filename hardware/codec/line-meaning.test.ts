import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { em4100Forms, formatEm4100, matches, numberCredential, textCredential } from '../credential.ts';
import {
  formatLine,
  interpretLine,
  type LineMeaning,
  lineCharsets,
  lineForm,
  lineMeaningProblems,
  lineRadixes,
} from './line-meaning.ts';
import { required } from './required.ts';
import { encodeWiegand, pack } from './wiegand.ts';

const meaning = (row: Partial<LineMeaning>): LineMeaning => ({ radix: 'text', charset: 'printable', ...row });
const tag = required(numberCredential('em4100', 40, 0x01026f6c3an));
/** H10301, facility 31, number 337. */
const card = required(numberCredential('wiegand', 26, 0x23e02a3n));

describe('what a line means', () => {
  it('is itself for text, in the characters that are set', () => {
    expect(interpretLine('Pass 7/b', meaning({}))).toEqual(textCredential('Pass 7/b'));
    expect(interpretLine('AB%7:Z', meaning({ charset: 'base45' }))).toEqual(textCredential('AB%7:Z'));
    expect(interpretLine('ab', meaning({ charset: 'base45' }))).toEqual({
      malformed: 'charset',
      raw: '6162',
    });
    expect(interpretLine('校门', meaning({}))).toEqual({ malformed: 'charset', raw: 'E6A0A1E997A8' });
    expect(interpretLine('', meaning({}))).toEqual({ malformed: 'length', raw: '' });
  });

  it('keeps at most 64 bytes of what it refuses', () => {
    expect(interpretLine('x'.repeat(100), meaning({ charset: 'digits' }))).toEqual({
      malformed: 'charset',
      raw: '78'.repeat(64),
    });
  });

  it.each(em4100Forms)('is an EM4100 tag in form %s', (form) => {
    const line = required(formatEm4100(tag, form));
    const read = interpretLine(line, meaning({ radix: form }));
    expect('malformed' in read || matches(read, tag)).toBe(true);
    expect(read).not.toHaveProperty('malformed');
    expect(formatLine(tag, meaning({ radix: form }))).toBe(line);
    expect(interpretLine(`${line}0`, meaning({ radix: form }))).toMatchObject({ malformed: 'length' });
    expect(interpretLine(`X${line}`, meaning({ radix: form }))).toMatchObject({ malformed: 'charset' });
  });

  it('is a Wiegand number in binary, hexadecimal and decimal', () => {
    for (const [radix, bits, line] of [
      ['wiegand-bin', undefined, '10001111100000001010100011'],
      ['hex', 26, '23E02A3'],
      ['dec', 26, '37618339'],
    ] as const) {
      expect(interpretLine(line, meaning({ radix, bits }))).toEqual(card);
      expect(formatLine(card, meaning({ radix, bits }))).toBe(line);
    }
    expect(interpretLine('023e02a3', meaning({ radix: 'hex', bits: 26 }))).toEqual(card);
    expect(interpretLine('0037618339', meaning({ radix: 'dec', bits: 26 }))).toEqual(card);
    // Four bits a digit when nothing says otherwise.
    expect(interpretLine('04A1B2C3', meaning({ radix: 'hex' }))).toEqual(
      numberCredential('wiegand', 32, 0x04a1b2c3n),
    );
  });

  it('is refused when parity is wrong, unless that is to be ignored', () => {
    expect(interpretLine('23E02A2', meaning({ radix: 'hex', bits: 26 }))).toEqual({
      malformed: 'parity',
      raw: '32334530324132',
    });
    expect(interpretLine('23E02A2', meaning({ radix: 'hex', bits: 26, parity: 'ignore' }))).toEqual(
      numberCredential('wiegand', 26, 0x23e02a2n),
    );
  });

  it.each([
    ['4000000', { radix: 'hex', bits: 26 }, 'length'],
    ['67108864', { radix: 'dec', bits: 26 }, 'length'],
    ['23E02A', { radix: 'hex', bits: 26 }, 'length'],
    ['3761833', { radix: 'dec', bits: 26, exactLength: 8 }, 'length'],
    ['PASS-00', { radix: 'text', exactLength: 8 }, 'length'],
    ['111,277', { radix: '2H4H' }, 'length'],
    ['00623,27', { radix: '4H4H' }, 'length'],
    ['37618339', { radix: 'dec' }, 'length'],
    ['', { radix: 'hex', bits: 26 }, 'length'],
    ['', { radix: 'wiegand-bin' }, 'length'],
    ['0102', { radix: 'wiegand-bin' }, 'charset'],
    ['12G4', { radix: 'hex' }, 'charset'],
    ['-1', { radix: 'dec', bits: 26 }, 'charset'],
    ['0'.repeat(129), { radix: 'dec', bits: 26 }, 'length'],
  ] as const)('%j as %j is malformed: %s', (line, row, malformed) => {
    expect(interpretLine(line, meaning(row))).toMatchObject({ malformed });
  });

  it('never throws', () => {
    const anyLine = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9A-F,]{0,200}$/));
    const anyMeaning = fc.record({
      radix: fc.constantFrom(...lineRadixes),
      bits: fc.option(fc.integer({ min: 1, max: 128 }), { nil: undefined }),
      charset: fc.constantFrom(...(Object.keys(lineCharsets) as (keyof typeof lineCharsets)[])),
    });
    fc.assert(fc.property(anyLine, anyMeaning, (line, row) => void interpretLine(line, row)));
  });
});

describe('writing a line', () => {
  it('refuses what the reader can not say', () => {
    expect(formatLine(tag, meaning({}))).toBeUndefined();
    expect(formatLine(card, meaning({ radix: '10H' }))).toBeUndefined();
    expect(formatLine(card, meaning({ radix: 'hex', bits: 34 }))).toBeUndefined();
    expect(formatLine(card, meaning({ radix: 'hex' }))).toBeUndefined();
    expect(formatLine(required(textCredential('é')), meaning({}))).toBeUndefined();
    expect(formatLine(tag, meaning({ radix: 'wiegand-bin' }))).toBeUndefined();
  });

  it('names the printed form', () => {
    const wide = encodeWiegand('H10306', { facility: 1, number: 2 });
    const wideCard = interpretLine(required(wide).join(''), meaning({ radix: 'wiegand-bin' }));
    expect(pack(required(wide))).toHaveLength(5);
    expect('malformed' in wideCard || lineForm(wideCard, meaning({ radix: 'wiegand-bin' }))).toBe(
      'H10306/BQT34',
    );
    expect(lineForm(card, meaning({ radix: 'hex' }))).toBe('H10301');
    expect(lineForm(required(numberCredential('wiegand', 32, 1n)), meaning({ radix: 'hex' }))).toBe('32 bit');
    expect(lineForm(tag, meaning({ radix: '8H10D' }))).toBe('8H10D');
    expect(lineForm(required(textCredential('A')), meaning({}))).toBeUndefined();
  });

  it('tells what is wrong with a meaning', () => {
    const problems = (row: Partial<LineMeaning>, ended = true) => lineMeaningProblems(meaning(row), ended);
    expect(problems({ radix: 'dec' })).toHaveLength(1);
    expect(problems({ radix: 'hex', bits: 0 })).toHaveLength(1);
    expect(problems({ radix: 'hex', bits: 129 })).toHaveLength(1);
    expect(problems({ radix: 'dec', bits: 26 })).toEqual([]);
    // Where silence alone ends a read, only its length tells that it is whole.
    for (const radix of lineRadixes) {
      const row = { radix, bits: 26 };
      expect(problems(row, false)).toHaveLength(em4100Forms.some((form) => form === radix) ? 0 : 1);
      expect(problems({ ...row, exactLength: 8 }, false)).toEqual([]);
    }
  });
});
