/**
 * Base45, RFC 9285: bytes in the 45 characters of a QR code's alphanumeric mode, where three of them cost 16.5 bits.
 * One text for one sequence of bytes: what is not the encoding of something has no decoding.
 */

/** RFC 9285, section 4.2, table 1. */
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const values = new Map([...alphabet].map((character, value) => [character, value]));

export function encodeBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [first = 0, second] = bytes.subarray(at, at + 2);
    // Section 4: two bytes are three characters, the least significant first; one left over is two.
    const number = second === undefined ? first : first * 256 + second;
    text += digit(number) + digit(number / 45);
    if (second !== undefined) text += digit(number / 2025);
  }
  return text;
}

/** Undefined for what `encodeBase45` never writes. */
export function decodeBase45(text: string): Uint8Array | undefined {
  if (text.length % 3 === 1) return undefined;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const [a = 0, b = 0, c] = [...text.slice(at, at + 3)].map((character) => values.get(character) ?? NaN);
    const number = a + b * 45 + (c ?? 0) * 2025;
    // NaN is above nothing and below nothing: asked this way it is refused.
    if (!(number <= (c === undefined ? 0xff : 0xffff))) return undefined;
    if (c !== undefined) bytes.push(number >> 8);
    bytes.push(number & 0xff);
  }
  return Uint8Array.from(bytes);
}

function digit(number: number): string {
  return alphabet.charAt(Math.floor(number) % 45);
}
