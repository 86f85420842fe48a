import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Credential, matches, parseCredentialKey, truncations } from '../../hardware/credential.ts';
import type { CredentialStatus } from '../contract/words.ts';
import { type CredentialIndex, createCredentialIndex } from './credential-index.ts';
import type { CardholderFact, CredentialFact } from './facts.ts';

const people = new Map<string, CardholderFact>();
function person(id: string): CardholderFact {
  const held = people.get(id);
  if (held) return held;
  const made: CardholderFact = {
    id,
    kind: 'student',
    number: null,
    name: `Student ${id}`,
    unit: null,
    status: 'active',
    photoId: null,
  };
  people.set(id, made);
  return made;
}
function key(text: string): Credential {
  const credential = parseCredentialKey(text);
  if (!credential) throw new Error(`${text} is no key`);
  return credential;
}
function enrolled(
  id: string,
  text: string,
  holder: string,
  status: CredentialStatus = 'active',
): CredentialFact {
  return { ...key(text), id, status, validFrom: null, validUntil: null, cardholder: person(holder) };
}

let index: CredentialIndex<CredentialFact>;
beforeEach(() => {
  index = createCredentialIndex();
});
/** The id and form that a read finds, or why it finds none. */
function found(text: string): string {
  const match = index.find(key(text));
  return match.kind === 'known' ? `${match.credential.id} ${match.form}` : match.kind;
}

describe('exact reads', () => {
  it('tells technologies and lengths apart', () => {
    index.put(enrolled('a', 'wiegand:26:0123456', 'p1'));
    index.put(enrolled('b', 'wiegand:34:000123456', 'p2'));
    index.put(enrolled('c', 'text:56:0123456', 'p3'));
    expect(found('wiegand:26:0123456')).toBe('a exact');
    expect(found('wiegand:34:000123456')).toBe('b exact');
    expect(found('text:56:0123456')).toBe('c exact');
    expect(found('wiegand:37:0000123456')).toBe('unknown');
    expect(found('text:64:01234567')).toBe('unknown');
  });
});

describe('EM4100 tags in part', () => {
  it('finds a tag by the low bits that a reader sends', () => {
    index.put(enrolled('a', 'em4100:40:0A12345678', 'p1'));
    expect(found('em4100:40:0A12345678')).toBe('a exact');
    expect(found('em4100:32:12345678')).toBe('a read-shorter');
    expect(found('em4100:24:345678')).toBe('a read-shorter');
    expect(found('em4100:40:0B12345678')).toBe('unknown');
    expect(found('em4100:32:99345678')).toBe('unknown');
  });

  it('finds a tag that was enrolled by its low bits', () => {
    index.put(enrolled('a', 'em4100:24:345678', 'p1'));
    expect(found('em4100:40:0A12345678')).toBe('a enrolled-shorter');
    expect(found('em4100:32:12345678')).toBe('a enrolled-shorter');
    expect(found('em4100:24:345678')).toBe('a exact');
  });

  it('takes a form that two people share for nobody', () => {
    index.put(enrolled('a', 'em4100:40:0A12345678', 'p1'));
    index.put(enrolled('b', 'em4100:40:0B12345678', 'p2'));
    expect(found('em4100:32:12345678')).toBe('ambiguous');
    expect(found('em4100:24:345678')).toBe('ambiguous');
    expect(found('em4100:40:0A12345678')).toBe('a exact');
    expect(found('em4100:40:0B12345678')).toBe('b exact');
  });

  it('prefers nobody to whoever was enrolled in just the short form that was read', () => {
    index.put(enrolled('a', 'em4100:24:345678', 'p1'));
    index.put(enrolled('b', 'em4100:40:0B12345678', 'p2'));
    expect(found('em4100:24:345678')).toBe('ambiguous');
    expect(found('em4100:40:0B12345678')).toBe('b exact');
    expect(found('em4100:40:0C12345678')).toBe('a enrolled-shorter');
  });

  it('blocks a tag enrolled in two forms when either was lost', () => {
    index.put(enrolled('a', 'em4100:40:0A12345678', 'p1'));
    index.put(enrolled('b', 'em4100:24:345678', 'p1', 'lost'));
    expect(found('em4100:40:0A12345678')).toBe('b enrolled-shorter');
    expect(found('em4100:32:12345678')).toBe('b enrolled-shorter');
    expect(found('em4100:24:345678')).toBe('b exact');
  });

  it('forgets what is removed', () => {
    const a = enrolled('a', 'em4100:40:0A12345678', 'p1');
    const b = enrolled('b', 'em4100:40:0B12345678', 'p2');
    index.put(a);
    index.put(b);
    index.remove(a);
    expect(found('em4100:32:12345678')).toBe('b read-shorter');
    expect(found('em4100:40:0A12345678')).toBe('unknown');
    index.remove(b);
    expect(found('em4100:24:345678')).toBe('unknown');
    expect(index.size).toBe(0);
  });
});

describe('whatever was enrolled', () => {
  // Few digits, so that tags often share their low bits.
  const keyArb = fc
    .record({
      technology: fc.constantFrom('em4100', 'wiegand'),
      bits: fc.constantFrom(24, 32, 40),
      tag: fc.tuple(
        fc.constantFrom('0A', '0B'),
        fc.constantFrom('12', '13'),
        fc.constantFrom('345678', '345679'),
      ),
    })
    .map(({ technology, bits, tag }) => `${technology}:${bits}:${tag.join('').slice(-bits / 4)}`);

  it('finds somebody only if all that the read may be is theirs', () => {
    const rows = fc.uniqueArray(fc.record({ key: keyArb, holder: fc.constantFrom('p1', 'p2') }), {
      maxLength: 6,
      selector: (row) => row.key,
    });
    fc.assert(
      fc.property(rows, fc.array(fc.nat(5)), keyArb, (given, gone, asked) => {
        index = createCredentialIndex();
        const all = given.map((row, i) => enrolled(`c${i}`, row.key, row.holder));
        all.forEach(index.put);
        const left = all.filter((credential, i) => {
          if (gone.includes(i)) index.remove(credential);
          return !gone.includes(i);
        });
        const read = key(asked);
        const whole = left.find(({ bits, value, technology }) =>
          [technology, bits, value].every((part, i) => part === [read.technology, 40, read.value][i]),
        );
        const candidates = whole ? [whole] : left.filter((credential) => matches(read, credential));
        const holders = new Set(candidates.map(({ cardholder }) => cardholder.id));
        const match = index.find(read);
        expect(match.kind).toBe(holders.size === 0 ? 'unknown' : holders.size === 1 ? 'known' : 'ambiguous');
        if (match.kind === 'known') expect(holders).toContain(match.credential.cardholder.id);
        expect(index.size).toBe(left.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows every truncation', () => {
    index.put(enrolled('a', 'em4100:40:0A12345678', 'p1'));
    for (const form of truncations(key('em4100:40:0A12345678'))) expect(index.find(form).kind).toBe('known');
  });
});
