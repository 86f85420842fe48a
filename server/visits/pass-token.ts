/**
 * What a visitor's QR code says: which pass of which school, and from when until when, signed. Nothing of the person.
 *
 * `XM:` and, in base45, 85 bytes, numbers most significant byte first:
 *
 *     0      version, 1
 *     1      key id
 *     2..7   school: the first six bytes of the SHA-256 of its id
 *     8..11  pass number
 *     12..15 valid from, seconds since 1970
 *     16..19 no longer valid at, seconds since 1970
 *     20     flags: bit 0 the pass lets in more than once; bit 1 a time step follows; the others are 0
 *     21..24 with bit 1: the time step in which it was made, RFC 6238, section 4.2: seconds since 1970 / 30
 *     then   Ed25519 signature (RFC 8032) of all bytes before it
 *
 * 131 characters, or 137 with a time step, all of the alphanumeric mode, are a QR code of version 6 at level M. Whoever
 * verifies needs public keys alone: where RFC 6238 takes a keyed hash of the time step, the signature here is over it,
 * so that neither a telephone nor a lane holds a secret. The same claims signed by the same key are the same text, so no
 * token has to be kept anywhere.
 */
import { createHash, type KeyObject, sign, verify } from 'node:crypto';
import { decodeBase45, encodeBase45 } from './base45.ts';

export interface PassClaims {
  /** 0 to 255. */
  readonly keyId: number;
  /** 0 to 2^32 - 1. */
  readonly number: number;
  /** Milliseconds since 1970, whole seconds. */
  readonly validFrom: number;
  readonly validUntil: number;
  readonly manyEntries: boolean;
  /** Of a code that changes: when it was made. */
  readonly step?: number;
}

/** Why a token says nothing, in the order in which it is asked. */
export type TokenRefusal = 'malformed' | 'wrong-school' | 'unknown-key' | 'bad-signature';

/** What a lane has to know to trust a token. */
export interface Trust {
  schoolId: string;
  /** The public key; undefined for one that signs no valid pass. */
  keyOf(keyId: number): KeyObject | undefined;
}

export const passPrefix = 'XM:';
const version = 1;
const payloadBytes = 21;
const signatureBytes = 64;
const stepBytes = 4;
const flag = { manyEntries: 1, step: 2 } as const;
export const stepMs = 30_000;

/** Whether a text means to be a pass: then it is judged as one, and never looked up as a card. */
export function isPassText(text: string): boolean {
  return text.startsWith(passPrefix);
}

/** Throws RangeError for what the token can't hold. */
export function mintPass(claims: PassClaims, schoolId: string, privateKey: KeyObject): string {
  const payload = payloadOf(claims, schoolId);
  const signature = sign(null, payload, privateKey);
  return passPrefix + encodeBase45(Buffer.concat([payload, signature]));
}

export function readPass(text: string, { schoolId, keyOf }: Trust): PassClaims | TokenRefusal {
  const bytes = isPassText(text) ? decodeBase45(text.slice(passPrefix.length)) : undefined;
  if (!bytes || bytes.length < payloadBytes + signatureBytes) return 'malformed';
  const payload = Buffer.from(bytes.subarray(0, bytes.length - signatureBytes));
  const claims = claimsOf(payload);
  if (!claims) return 'malformed';
  if (!payload.subarray(2, 8).equals(schoolMark(schoolId))) return 'wrong-school';
  const key = keyOf(claims.keyId);
  if (!key) return 'unknown-key';
  return verify(null, payload, key, bytes.subarray(payload.length)) ? claims : 'bad-signature';
}

/** What the clock says of it; undefined while it is valid. The end is excluded. */
export function outsideValidity(
  { validFrom, validUntil }: Pick<PassClaims, 'validFrom' | 'validUntil'>,
  now: number,
): 'not-yet-valid' | 'expired' | undefined {
  if (now < validFrom) return 'not-yet-valid';
  return now >= validUntil ? 'expired' : undefined;
}

/** The time step of an instant, as a token holds it. */
export function stepAt(now: number): number {
  return Math.floor(now / stepMs);
}

/** Whether a code was made just now: in this time step, or the one before or after it, for clocks and people are slow. */
export function isFresh({ step }: Pick<PassClaims, 'step'>, now: number): boolean {
  return step !== undefined && Math.abs(stepAt(now) - step) <= 1;
}

function payloadOf(
  { keyId, number, validFrom, validUntil, manyEntries, step }: PassClaims,
  schoolId: string,
) {
  const payload = Buffer.alloc(payloadBytes + (step === undefined ? 0 : stepBytes));
  payload.writeUInt8(version, 0);
  payload.writeUInt8(keyId, 1);
  schoolMark(schoolId).copy(payload, 2);
  payload.writeUInt32BE(number, 8);
  payload.writeUInt32BE(Math.floor(validFrom / 1000), 12);
  payload.writeUInt32BE(Math.floor(validUntil / 1000), 16);
  payload.writeUInt8((manyEntries ? flag.manyEntries : 0) | (step === undefined ? 0 : flag.step), 20);
  if (step !== undefined) payload.writeUInt32BE(step, payloadBytes);
  return payload;
}

function claimsOf(payload: Buffer): PassClaims | undefined {
  const flags = payload.readUInt8(20);
  // A flag that this version does not know may ask for something that nobody here would check.
  if (payload.readUInt8(0) !== version || (flags & ~(flag.manyEntries | flag.step)) !== 0) return undefined;
  const hasStep = (flags & flag.step) !== 0;
  if (payload.length !== payloadBytes + (hasStep ? stepBytes : 0)) return undefined;
  return {
    keyId: payload.readUInt8(1),
    number: payload.readUInt32BE(8),
    validFrom: payload.readUInt32BE(12) * 1000,
    validUntil: payload.readUInt32BE(16) * 1000,
    manyEntries: (flags & flag.manyEntries) !== 0,
    ...(hasStep ? { step: payload.readUInt32BE(payloadBytes) } : {}),
  };
}

function schoolMark(schoolId: string): Buffer {
  return createHash('sha256').update(schoolId, 'utf8').digest().subarray(0, 6);
}
