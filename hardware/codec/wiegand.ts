import { type Credential, maxWiegandBits, numberCredential } from '../credential.ts';
import type { MalformedCredential } from '../ports.ts';
import { malformed } from './malformed.ts';
import {
  type WiegandFields,
  type WiegandFormat,
  type WiegandFormatName,
  wiegandFormats,
} from './wiegand-formats.ts';

/** Bits as a bus gives them: left-justified, the first one sent in the top bit of the first byte. */
export interface PackedBits {
  bitCount: number;
  bytes: Uint8Array;
}

/** One way to read the bits, for showing; the credential alone is compared. */
export interface WiegandCandidate extends WiegandFields {
  format: WiegandFormatName;
}

export interface WiegandRead {
  credential: Credential;
  /** Every layout of this length whose parity holds, in the order of the table. */
  candidates: WiegandCandidate[];
  /** False when layouts of this length are known and the parity of none of them holds. */
  parityOk: boolean;
}

/**
 * Reads the bits of a card, given as one 0 or 1 each or packed. A length that no layout has still gives the raw
 * number, without candidates. Malformed `length`: no bits, more than 128, or fewer bytes than the count says.
 */
export function decodeWiegand(received: Uint8Array | PackedBits): WiegandRead | MalformedCredential {
  const packed =
    received instanceof Uint8Array ? { bitCount: received.length, bytes: pack(received) } : received;
  const { bitCount, bytes } = packed;
  if (
    !Number.isInteger(bitCount) ||
    bitCount < 1 ||
    bitCount > maxWiegandBits ||
    bytes.length * 8 < bitCount
  ) {
    return malformed('length', bytes);
  }
  const bits = received instanceof Uint8Array ? received.map((bit) => (bit ? 1 : 0)) : unpack(packed);
  const credential = numberCredential('wiegand', bitCount, numberAt(bits, 0, bitCount));
  return credential ? { credential, ...readLayouts(bits) } : malformed('length', bytes);
}

function readLayouts(bits: Uint8Array): Pick<WiegandRead, 'candidates' | 'parityOk'> {
  const layouts = wiegandFormats.filter((format) => format.bits === bits.length);
  const candidates = layouts
    .filter((format) => parityHolds(bits, format))
    .map((format) => readFields(bits, format));
  return { candidates, parityOk: layouts.length === 0 || candidates.length > 0 };
}

/** The raw bits of a Wiegand credential, one 0 or 1 each, first sent first; undefined for other technologies. */
export function wiegandBits(credential: Credential): Uint8Array | undefined {
  if (credential.technology !== 'wiegand') return undefined;
  return bitsOf(BigInt(`0x${credential.value}`), credential.bits);
}

/** Every layout that a Wiegand credential may be; empty for other technologies and unknown lengths. */
export function wiegandCandidates(credential: Credential): WiegandCandidate[] {
  const bits = wiegandBits(credential);
  return bits ? readLayouts(bits).candidates : [];
}

/**
 * The bits of a card, one 0 or 1 each, parity set. Undefined when a field that the format has is missing, one
 * that it has not is given, or a number does not fit.
 */
export function encodeWiegand(name: WiegandFormatName, fields: WiegandFields): Uint8Array | undefined {
  const format = wiegandFormats.find((row) => row.name === name);
  if (!format) return undefined;
  const bits = new Uint8Array(format.bits);
  for (const field of ['facility', 'number', 'issue'] as const) {
    const place = format[field];
    const value = fields[field];
    if (place === undefined && value === undefined) continue;
    if (place === undefined || value === undefined) return undefined;
    if (!Number.isSafeInteger(value) || value < 0 || value >= 2 ** place.length) return undefined;
    bits.set(bitsOf(BigInt(value), place.length), place.at);
  }
  // In the order of the table: a later group may cover the bit of an earlier one.
  for (const { bit, odd, over } of format.parity) bits[bit] = ones(bits, over) % 2 === (odd ? 1 : 0) ? 0 : 1;
  return bits;
}

/** Left-justified bytes of bits given as one 0 or 1 each. */
export function pack(bits: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(bits.length / 8));
  bits.forEach((bit, at) => {
    if (bit) bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (0x80 >> (at & 7));
  });
  return bytes;
}

function unpack({ bitCount, bytes }: PackedBits): Uint8Array {
  return Uint8Array.from({ length: bitCount }, (_, at) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);
}

function bitsOf(value: bigint, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, at) => Number((value >> BigInt(count - 1 - at)) & 1n));
}

function numberAt(bits: Uint8Array, at: number, length: number): bigint {
  return bits.subarray(at, at + length).reduce((value, bit) => (value << 1n) | BigInt(bit), 0n);
}

function ones(bits: Uint8Array, over: readonly number[]): number {
  return over.reduce((count, at) => count + (bits[at] ?? 0), 0);
}

function parityHolds(bits: Uint8Array, format: WiegandFormat): boolean {
  return format.parity.every(
    ({ bit, odd, over }) => (ones(bits, over) + (bits[bit] ?? 0)) % 2 === (odd ? 1 : 0),
  );
}

function readFields(bits: Uint8Array, format: WiegandFormat): WiegandCandidate {
  const read = (place: { at: number; length: number }) => Number(numberAt(bits, place.at, place.length));
  return {
    format: format.name,
    ...(format.facility && { facility: read(format.facility) }),
    number: read(format.number),
    ...(format.issue && { issue: read(format.issue) }),
  };
}
