import { type Credential, numberCredential } from '../credential.ts';
import type { Decoder } from './decoder.ts';
import { type Scan, scanningDecoder } from './scan.ts';

/**
 * Frames of the RDM6300 and ID-12LA/ID-20LA families, 9600 8N1, sent unasked about every 65 ms while a tag is near.
 *
 *   RDM6300  02 | 10 ASCII hex: the tag's 5 bytes | 2 ASCII hex: XOR of the 5 bytes | 03             14 bytes
 *   ID-12LA  02 | the same                        | the same                        | 0D 0A 03       16 bytes
 *
 * Sources: RDM630 specification, "Data format"; ID-12LA/ID-20LA datasheet, "Output data structure - ASCII".
 */
const stx = 0x02;
const etx = 0x03;
const cr = 0x0d;
const lf = 0x0a;

/** Offset just after the ten data and two checksum digits. */
const tailAt = 13;
const tails = { rdm6300: [etx], id12: [cr, lf, etx] } as const;
const longestFrame = tailAt + tails.id12.length;

export type Rdm6300Layout = keyof typeof tails;

/** Both layouts, mixed as they come; the frame is the tag as a 40-bit EM4100 credential. */
export function rdm6300Decoder(): Decoder<Credential> {
  return scanningDecoder(longestFrame, scan);
}

function scan(bytes: Uint8Array): Scan<Credential> {
  if (bytes[0] !== stx) return 'framing';
  // Each byte is judged as it comes, so that a frame cut short does not hold up the one behind it.
  for (let at = 1; at < Math.min(bytes.length, tailAt); at += 1) {
    if (hexDigit(bytes[at]) === undefined) return 'framing';
  }
  if (bytes.length <= tailAt) return 'more';
  const tail = bytes[tailAt] === etx ? tails.rdm6300 : tails.id12;
  const received = bytes.subarray(tailAt, tailAt + tail.length);
  if (received.some((byte, index) => byte !== tail[index])) return 'framing';
  if (received.length < tail.length) return 'more';

  let raw = 0n;
  let check = 0;
  for (let at = 1; at < tailAt; at += 2) {
    const byte = ((hexDigit(bytes[at]) ?? 0) << 4) | (hexDigit(bytes[at + 1]) ?? 0);
    // The checksum is the XOR of the five bytes, so the XOR of all six is zero.
    check ^= byte;
    if (at < tailAt - 2) raw = (raw << 8n) | BigInt(byte);
  }
  const frame = numberCredential('em4100', 40, raw);
  return check === 0 && frame ? { length: tailAt + tail.length, frame } : 'checksum';
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte & ~0x20;
  return letter >= 0x41 && letter <= 0x46 ? letter - 0x37 : undefined;
}

/** The frame that such a reader sends for a tag; undefined for anything but a full 40-bit EM4100 credential. */
export function encodeRdm6300(credential: Credential, layout: Rdm6300Layout): Uint8Array | undefined {
  if (credential.technology !== 'em4100' || credential.bits !== 40) return undefined;
  const check = (credential.value.match(/../g) ?? []).reduce(
    (sum, pair) => sum ^ Number.parseInt(pair, 16),
    0,
  );
  const digits = credential.value + check.toString(16).toUpperCase().padStart(2, '0');
  return Uint8Array.of(stx, ...new TextEncoder().encode(digits), ...tails[layout]);
}
