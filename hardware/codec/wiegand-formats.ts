/**
 * The known Wiegand layouts as data. Offsets count from the first bit sent.
 * Source: proxmark3, client/src/wiegand_formats.c, the pack and unpack function of each format.
 */

export const wiegandFormatNames = [
  'H10301',
  'D10202',
  'H10306',
  'BQT34',
  'C1k35s',
  'S12906',
  'H10302',
  'H10304',
  'Casi40',
  'C1k48s',
] as const;
export type WiegandFormatName = (typeof wiegandFormatNames)[number];

/** What a layout tells. All fit a double exactly: the widest number has 38 bits. */
export interface WiegandFields {
  facility?: number;
  number: number;
  issue?: number;
}

interface Field {
  at: number;
  length: number;
}

/** The parity bit and the bits that it makes up to an even, or an odd, count of ones. */
interface ParityGroup {
  bit: number;
  odd: boolean;
  over: readonly number[];
}

export interface WiegandFormat {
  name: WiegandFormatName;
  bits: number;
  facility?: Field;
  number: Field;
  issue?: Field;
  /** In the order in which they are set: a later group may cover the bit of an earlier one. */
  parity: readonly ParityGroup[];
}

const field = (at: number, length: number): Field => ({ at, length });
const even = (bit: number, over: number[]): ParityGroup => ({ bit, odd: false, over });
const odd = (bit: number, over: number[]): ParityGroup => ({ bit, odd: true, over });

/** `first` to `last` inclusive. */
function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** `first` to `last` inclusive, two taken and one left out. */
function pairs(first: number, last: number): number[] {
  return span(first, last).filter((bit) => (bit - first) % 3 !== 2);
}

export const wiegandFormats: readonly WiegandFormat[] = [
  {
    name: 'H10301',
    bits: 26,
    facility: field(1, 8),
    number: field(9, 16),
    parity: [even(0, span(1, 12)), odd(25, span(13, 24))],
  },
  {
    name: 'D10202',
    bits: 33,
    facility: field(1, 7),
    number: field(8, 24),
    parity: [even(0, span(1, 16)), odd(32, span(16, 31))],
  },
  {
    name: 'H10306',
    bits: 34,
    facility: field(1, 16),
    number: field(17, 16),
    parity: [even(0, span(1, 16)), odd(33, span(17, 32))],
  },
  {
    // The bits and parity of H10306, split in another place.
    name: 'BQT34',
    bits: 34,
    facility: field(1, 8),
    number: field(9, 24),
    parity: [even(0, span(1, 16)), odd(33, span(17, 32))],
  },
  {
    // Corporate 1000: bit 0 covers both other parity bits, and bit 34 covers bit 1.
    name: 'C1k35s',
    bits: 35,
    facility: field(2, 12),
    number: field(14, 20),
    parity: [even(1, pairs(2, 33)), odd(34, pairs(1, 32)), odd(0, span(1, 34))],
  },
  {
    name: 'S12906',
    bits: 36,
    facility: field(1, 8),
    issue: field(9, 2),
    number: field(11, 24),
    parity: [odd(0, span(1, 17)), odd(35, span(17, 34))],
  },
  {
    // Bit 18 is in both groups.
    name: 'H10302',
    bits: 37,
    number: field(1, 35),
    parity: [even(0, span(1, 18)), odd(36, span(18, 35))],
  },
  {
    name: 'H10304',
    bits: 37,
    facility: field(1, 16),
    number: field(17, 19),
    parity: [even(0, span(1, 18)), odd(36, span(18, 35))],
  },
  { name: 'Casi40', bits: 40, number: field(1, 38), parity: [] },
  {
    // Corporate 1000: bit 0 covers both other parity bits.
    name: 'C1k48s',
    bits: 48,
    facility: field(2, 22),
    number: field(24, 23),
    parity: [even(1, pairs(3, 46)), odd(47, pairs(2, 45)), odd(0, span(1, 47))],
  },
];
