import { describe, expect, it } from 'vitest';
import { textCredential } from '../../hardware/credential.ts';
import type { Read } from '../../hardware/ports.ts';
import { seenRead } from './seen-read.ts';

const nobody = { identify: () => ({ kind: 'unknown' as const }) };
const looksLike = (credential: Read['credential'] | undefined) => {
  if (!credential) throw new Error('no credential');
  return seenRead(nobody, { deviceId: 'd', reader: 0, at: 1, credential }).looksLike;
};
const raw = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase();

describe('a seen read', () => {
  it('tells all card numbers that a text may be', () => {
    expect(looksLike(textCredential('0040856634'))).toEqual(['10H', '8H10D', '4H4H']);
    expect(looksLike(textCredential('111,27706'))).toEqual(['2H4H']);
    expect(looksLike(textCredential('07302202'))).toEqual(['6H8D', '2H4H']);
    expect(looksLike(textCredential('PASS-001'))).toBeUndefined();
    // What a person may type and a reader never sends.
    expect(looksLike(textCredential('1,7'))).toBeUndefined();
  });

  it('tells what another setting would have read', () => {
    expect(looksLike({ malformed: 'length', raw: raw('111,27706') })).toEqual(['2H4H']);
    expect(looksLike({ malformed: 'length', raw: raw('111,277') })).toBeUndefined();
  });

  it('leaves a number that was read at that', () => {
    expect(looksLike({ technology: 'em4100', bits: 32, value: '0040856634'.slice(2) })).toBeUndefined();
  });
});
