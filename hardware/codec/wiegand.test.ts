import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberCredential } from '../credential.ts';
import { required } from './required.ts';
import {
  decodeWiegand,
  encodeWiegand,
  pack,
  type WiegandRead,
  wiegandBits,
  wiegandCandidates,
} from './wiegand.ts';
import {
  type WiegandFields,
  type WiegandFormat,
  wiegandFormatNames,
  wiegandFormats,
} from './wiegand-formats.ts';

const bitsOf = (text: string) => Uint8Array.from(text, Number);

function read(bits: Parameters<typeof decodeWiegand>[0]): WiegandRead {
  const decoded = decodeWiegand(bits);
  if ('malformed' in decoded) throw new Error(`malformed ${decoded.malformed}`);
  return decoded;
}

function fieldsOf(format: WiegandFormat): fc.Arbitrary<WiegandFields> {
  const number = (length: number) => fc.integer({ min: 0, max: 2 ** length - 1 });
  return fc.record({
    ...(format.facility && { facility: number(format.facility.length) }),
    number: number(format.number.length),
    ...(format.issue && { issue: number(format.issue.length) }),
  });
}

const anyCard = fc.constantFrom(...wiegandFormats).chain((format) =>
  fieldsOf(format).map((fields) => ({
    format,
    fields,
    bits: required(encodeWiegand(format.name, fields)),
  })),
);

describe('Wiegand formats', () => {
  it('are all in the table, fields and parity inside their bits and not on each other', () => {
    expect(wiegandFormats.map((format) => format.name)).toEqual([...wiegandFormatNames]);
    for (const format of wiegandFormats) {
      const used = [format.facility, format.number, format.issue].flatMap((field) =>
        field ? Array.from({ length: field.length }, (_, index) => field.at + index) : [],
      );
      const all = [...used, ...format.parity.map((group) => group.bit)];
      expect(new Set(all).size, format.name).toBe(all.length);
      expect(Math.min(...all), format.name).toBeGreaterThanOrEqual(0);
      expect(Math.max(...all), format.name).toBeLessThan(format.bits);
      // Casi40 alone has no parity, and leaves its two outer bits unused.
      expect(all.length, format.name).toBe(format.name === 'Casi40' ? 38 : format.bits);
    }
  });

  // The masks of the source, bottom 32 bits and the bits above them, last bit sent lowest.
  it.each([
    ['C1k35s', 1, 0xb6db6db6n | (0x1n << 32n)],
    ['C1k35s', 34, 0x6db6db6cn | (0x3n << 32n)],
    ['C1k48s', 1, 0xb6db6db6n | (0x1b6dn << 32n)],
    ['C1k48s', 47, 0x6db6db6cn | (0x36dbn << 32n)],
  ] as const)('%s parity bit %i covers the bits of its mask', (name, bit, mask) => {
    const format = required(wiegandFormats.find((row) => row.name === name));
    const over = required(format.parity.find((group) => group.bit === bit)).over;
    expect(over.reduce((sum, at) => sum | (1n << BigInt(format.bits - 1 - at)), 0n)).toBe(mask);
  });
});

describe('decoding', () => {
  it('reads the published H10301 example', () => {
    const bits = bitsOf('10001111100000001010100011');
    expect(encodeWiegand('H10301', { facility: 31, number: 337 })).toEqual(bits);
    const expected = {
      credential: { technology: 'wiegand', bits: 26, value: '23E02A3' },
      candidates: [{ format: 'H10301', facility: 31, number: 337 }],
      parityOk: true,
    };
    expect(decodeWiegand(bits)).toEqual(expected);
    expect(decodeWiegand({ bitCount: 26, bytes: Uint8Array.of(0x8f, 0x80, 0xa8, 0xc0) })).toEqual(expected);
    // What is behind the last bit is not part of it.
    expect(decodeWiegand({ bitCount: 26, bytes: Uint8Array.of(0x8f, 0x80, 0xa8, 0xff, 0xee) })).toEqual(
      expected,
    );
  });

  it('takes any non-zero byte for a 1', () => {
    expect(decodeWiegand(bitsOf('10001111100000001010100011').map((bit) => bit * 0xff))).toEqual(
      decodeWiegand(bitsOf('10001111100000001010100011')),
    );
  });

  it('gives every layout that 37 and 34 bits may be', () => {
    const bits = required(encodeWiegand('H10304', { facility: 321, number: 4711 }));
    expect(read(bits).candidates).toEqual([
      { format: 'H10302', number: 321 * 2 ** 19 + 4711 },
      { format: 'H10304', facility: 321, number: 4711 },
    ]);
    expect(
      read(required(encodeWiegand('BQT34', { facility: 7, number: 70_000 }))).candidates.map(
        (row) => row.format,
      ),
    ).toEqual(['H10306', 'BQT34']);
  });

  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(anyCard, ({ format, fields, bits }) => {
        const decoded = read(bits);
        expect(decoded.parityOk).toBe(true);
        expect(decoded.candidates).toContainEqual({ format: format.name, ...fields });
        expect(read({ bitCount: bits.length, bytes: pack(bits) })).toEqual(decoded);
        expect(wiegandBits(decoded.credential)).toEqual(bits);
        expect(wiegandCandidates(decoded.credential)).toEqual(decoded.candidates);
      }),
    );
  });

  it('sees any single flipped bit of a layout with parity', () => {
    fc.assert(
      fc.property(anyCard, fc.nat(), ({ format, bits }, seed) => {
        fc.pre(format.parity.length > 0);
        const at = seed % bits.length;
        const damaged = bits.map((bit, index) => (index === at ? 1 - bit : bit));
        expect(read(damaged)).toMatchObject({ candidates: [], parityOk: false });
      }),
    );
  });

  it('keeps raw bits of a length that no layout has', () => {
    expect(read(bitsOf('0001'))).toEqual({
      credential: { technology: 'wiegand', bits: 4, value: '1' },
      candidates: [],
      parityOk: true,
    });
    expect(read(new Uint8Array(128)).credential.value).toBe('0'.repeat(32));
  });

  it('refuses no bits, too many, and fewer than told', () => {
    expect(decodeWiegand(new Uint8Array(0))).toEqual({ malformed: 'length', raw: '' });
    expect(decodeWiegand(new Uint8Array(129))).toMatchObject({ malformed: 'length' });
    expect(decodeWiegand({ bitCount: 26, bytes: Uint8Array.of(1, 2, 3) })).toEqual({
      malformed: 'length',
      raw: '010203',
    });
    expect(decodeWiegand({ bitCount: 2.5, bytes: Uint8Array.of(1) })).toMatchObject({ malformed: 'length' });
    expect(decodeWiegand({ bitCount: Number.NaN, bytes: Uint8Array.of(1) })).toMatchObject({
      malformed: 'length',
    });
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 300 }), fc.uint8Array({ maxLength: 200 }), (bitCount, bytes) => {
        decodeWiegand(bytes);
        decodeWiegand({ bitCount, bytes });
      }),
    );
  });
});

describe('encoding', () => {
  // Put together from the published fields and parity masks by another program.
  it.each([
    ['H10301', { facility: 101, number: 1_337 }, '00110010100000101001110011'],
    ['D10202', { facility: 101, number: 1_337_000 }, '011001010001010001100110101010000'],
    ['H10306', { facility: 10_101, number: 1_337 }, '1001001110111010100000101001110011'],
    ['BQT34', { facility: 101, number: 1_337_000 }, '0011001010001010001100110101010000'],
    ['S12906', { facility: 101, number: 1_337_001, issue: 2 }, '001100101100001010001100110101010011'],
    ['H10302', { number: 13_370_011_337 }, '0011000111001110101000101110110010010'],
    ['H10304', { facility: 10_101, number: 133_701 }, '0001001110111010101000001010010001011'],
    ['Casi40', { number: 133_700_113_377 }, '0011111001000010010010111010011111000010'],
    ['C1k35s', { facility: 2_010, number: 133_701 }, '10011111011010001000001010010001010'],
    [
      'C1k48s',
      { facility: 2_010_101, number: 1_337_011 },
      '100111101010101111110101001010001100110101100110',
    ],
    // Every bit set: a parity group that lost a bit shows.
    ['H10301', { facility: 255, number: 65_535 }, '01111111111111111111111111'],
    ['D10202', { facility: 127, number: 16_777_215 }, '011111111111111111111111111111111'],
    ['H10306', { facility: 65_535, number: 65_535 }, '0111111111111111111111111111111111'],
    ['BQT34', { facility: 255, number: 16_777_215 }, '0111111111111111111111111111111111'],
    ['S12906', { facility: 255, number: 16_777_215, issue: 3 }, '011111111111111111111111111111111111'],
    ['H10302', { number: 34_359_738_367 }, '0111111111111111111111111111111111111'],
    ['H10304', { facility: 65_535, number: 524_287 }, '0111111111111111111111111111111111111'],
    ['C1k35s', { facility: 4_095, number: 1_048_575 }, '10111111111111111111111111111111110'],
    [
      'C1k48s',
      { facility: 4_194_303, number: 8_388_607 },
      '101111111111111111111111111111111111111111111111',
    ],
  ] as const)('of %s %j is %s', (name, fields, bits) => {
    expect(encodeWiegand(name, fields)?.join('')).toBe(bits);
  });

  it.each([
    ['H10301', { facility: 256, number: 1 }],
    ['H10301', { facility: 1, number: 65_536 }],
    ['H10301', { facility: 1, number: -1 }],
    ['H10301', { facility: 1, number: 1.5 }],
    ['H10301', { number: 1 }],
    ['H10302', { facility: 1, number: 1 }],
    ['S12906', { facility: 1, number: 1 }],
  ] as const)('refuses %s %j', (name, fields) => {
    expect(encodeWiegand(name, fields)).toBeUndefined();
  });

  it('has bits for Wiegand credentials only', () => {
    expect(wiegandBits(required(numberCredential('em4100', 40, 1n)))).toBeUndefined();
    expect(wiegandCandidates({ technology: 'text', bits: 8, value: 'A' })).toEqual([]);
  });
});
