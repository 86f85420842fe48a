import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';
import {
  isFresh,
  mintPass,
  outsideValidity,
  type PassClaims,
  passPrefix,
  readPass,
  stepAt,
  type Trust,
} from './pass-token.ts';

const school = 'school-1';
const pair = generateKeyPairSync('ed25519');
const other = generateKeyPairSync('ed25519');
const trusting = (keys: Record<number, KeyObject>, schoolId = school): Trust => ({
  schoolId,
  keyOf: (id) => keys[id],
});
const trust = trusting({ 1: pair.publicKey });
const claims: PassClaims = {
  keyId: 1,
  number: 4711,
  validFrom: Date.UTC(2026, 8, 1, 0),
  validUntil: Date.UTC(2026, 8, 1, 4),
  manyEntries: false,
};
const token = mintPass(claims, school, pair.privateKey);

/** Largest number of characters in alphanumeric mode at level M by version: ISO/IEC 18004, table 7. */
const levelM = [20, 38, 61, 90, 122, 154, 178, 221, 262, 311];

describe('a pass token', () => {
  it('says what was signed', () => {
    expect(readPass(token, trust)).toEqual(claims);
    const most = { ...claims, keyId: 255, number: 0xffffffff, manyEntries: true };
    expect(readPass(mintPass(most, school, pair.privateKey), trusting({ 255: pair.publicKey }))).toEqual(
      most,
    );
  });

  it('fits a QR code of version 6 at level M, in its alphanumeric mode', () => {
    expect(token).toMatch(/^[0-9A-Z $%*+\-./:]{131}$/);
    expect(levelM.findIndex((most) => token.length <= most) + 1).toBe(6);
  });

  it('may hold the half minute in which it was made, and fits the same code', () => {
    const changing = { ...claims, step: stepAt(claims.validFrom) };
    const text = mintPass(changing, school, pair.privateKey);
    expect(readPass(text, trust)).toEqual(changing);
    expect(levelM.findIndex((most) => text.length <= most) + 1).toBe(6);
    const fresh = [-60_000, -30_000, 0, 30_000, 60_000].map((ms) => isFresh(changing, claims.validFrom + ms));
    expect(fresh).toEqual([false, true, true, true, false]);
    expect(isFresh(claims, claims.validFrom)).toBe(false);
  });

  it('is the same text for the same claims', () => {
    expect(mintPass(claims, school, pair.privateKey)).toBe(token);
  });

  it('is refused with its own reason', () => {
    expect(readPass(token.slice(0, -1), trust)).toBe('malformed');
    expect(readPass(`${token}00`, trust)).toBe('malformed');
    expect(readPass(token.toLowerCase(), trust)).toBe('malformed');
    expect(readPass(token.slice(passPrefix.length), trust)).toBe('malformed');
    expect(readPass(passPrefix, trust)).toBe('malformed');
    expect(readPass(token, trusting({ 1: pair.publicKey }, 'school-2'))).toBe('wrong-school');
    expect(readPass(token, trusting({}))).toBe('unknown-key');
    expect(readPass(token, trusting({ 1: other.publicKey }))).toBe('bad-signature');
  });

  it('of a version or with a flag that nobody here knows is malformed, however well signed', () => {
    const bytes = decodeBase45(token.slice(passPrefix.length)) ?? new Uint8Array();
    for (const changed of [bytes.with(0, 2), bytes.with(20, 4), bytes.with(20, 2), bytes.with(20, 0x81)]) {
      expect(readPass(passPrefix + encodeBase45(changed), trust)).toBe('malformed');
    }
  });

  it('is valid from its beginning on and no longer at its end', () => {
    const at = (now: number) => outsideValidity(claims, now);
    expect(at(claims.validFrom - 1)).toBe('not-yet-valid');
    expect(at(claims.validFrom)).toBeUndefined();
    expect(at(claims.validUntil - 1)).toBeUndefined();
    expect(at(claims.validUntil)).toBe('expired');
  });

  it('holds no number that does not fit', () => {
    for (const wrong of [
      { keyId: 256 },
      { number: -1 },
      { number: 2 ** 32 },
      { validUntil: 2 ** 42 * 1000 },
    ]) {
      expect(() => mintPass({ ...claims, ...wrong }, school, pair.privateKey)).toThrow(RangeError);
    }
  });
});

const refused = (text: string, by = trust) => typeof readPass(text, by) === 'string';

describe('no token is accepted that was not signed', () => {
  it.each([
    ['a token', token],
    ['one that changes', mintPass({ ...claims, step: 1 }, school, pair.privateKey)],
  ])('with any one bit of %s changed', (_, token) => {
    const bytes = decodeBase45(token.slice(passPrefix.length)) ?? new Uint8Array();
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const at = bit >> 3;
      const changed = bytes.with(at, (bytes[at] ?? 0) ^ (1 << (bit & 7)));
      expect(refused(passPrefix + encodeBase45(changed)), `bit ${bit}`).toBe(true);
    }
  });

  it('with any one character changed, left out or added', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: token.length - 1 }),
        fc.oneof(fc.constantFrom(...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'), fc.string()),
        fc.constantFrom(0, 1),
        (at, put, cut) => {
          const changed = token.slice(0, at) + put + token.slice(at + cut);
          fc.pre(changed !== token);
          expect(refused(changed)).toBe(true);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('made of any bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 85, maxLength: 85 }), (bytes) => {
        const head = decodeBase45(token.slice(passPrefix.length))?.subarray(0, 8) ?? [];
        bytes.set(head, 0);
        bytes[20] = 0;
        expect(readPass(passPrefix + encodeBase45(bytes), trust)).toBe('bad-signature');
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => refused(passPrefix + text)));
  });

  it('put together from the claims of one and the signature of another', () => {
    const second = mintPass({ ...claims, number: 4712 }, school, pair.privateKey);
    const [a, b] = [token, second].map(
      (text) => decodeBase45(text.slice(passPrefix.length)) ?? new Uint8Array(),
    );
    const mixed = Uint8Array.from([...(a ?? []).slice(0, 21), ...(b ?? []).slice(21)]);
    expect(readPass(passPrefix + encodeBase45(mixed), trust)).toBe('bad-signature');
  });

  it('by another school’s key, or for other claims', () => {
    fc.assert(
      fc.property(
        fc.record({
          keyId: fc.constant(1),
          number: fc.nat({ max: 0xffffffff }),
          validFrom: fc.nat({ max: 2_000_000_000 }).map((seconds) => seconds * 1000),
          validUntil: fc.nat({ max: 2_000_000_000 }).map((seconds) => seconds * 1000),
          manyEntries: fc.boolean(),
        }),
        (any) => {
          expect(readPass(mintPass(any, school, other.privateKey), trust)).toBe('bad-signature');
          expect(readPass(mintPass(any, school, pair.privateKey), trust)).toEqual(any);
        },
      ),
      { numRuns: 30 },
    );
  });
});
