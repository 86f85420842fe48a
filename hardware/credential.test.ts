import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { required } from './codec/required.ts';
import {
  type Credential,
  credentialKey,
  em4100Forms,
  formatEm4100,
  formatHex,
  guessEm4100,
  matches,
  numberCredential,
  parseCredentialKey,
  parseEm4100,
  textCredential,
  truncations,
} from './credential.ts';

const tag: Credential = { technology: 'em4100', bits: 40, value: '01026F6C3A' };
const printed = {
  '10H': '01026F6C3A',
  '12D': '004335823930',
  '8H10D': '0040856634',
  '6H8D': '07302202',
  '2H4H': '111,27706',
  '4H4H': '00623,27706',
} as const;

const anyTag = fc
  .bigInt({ min: 0n, max: (1n << 40n) - 1n })
  .map((raw) => required(numberCredential('em4100', 40, raw)));
const anyCredential = fc.oneof(
  anyTag.chain((whole) => fc.constantFrom(...truncations(whole))),
  fc
    .integer({ min: 1, max: 128 })
    .chain((bits) => fc.bigInt({ min: 0n, max: (1n << BigInt(bits)) - 1n }).map((raw) => ({ bits, raw })))
    .map(({ bits, raw }) => required(numberCredential('wiegand', bits, raw))),
  fc.string({ minLength: 1, maxLength: 40, unit: 'binary' }).map((text) => required(textCredential(text))),
);

describe('credential keys', () => {
  it('keep technology, bits and number', () => {
    expect(credentialKey(tag)).toBe('em4100:40:01026F6C3A');
    expect(parseCredentialKey('wiegand:26:23E0143')).toEqual({
      technology: 'wiegand',
      bits: 26,
      value: '23E0143',
    });
    expect(parseCredentialKey('text:32:a:\nb')).toEqual({ technology: 'text', bits: 32, value: 'a:\nb' });
  });

  it('come back as the credential that they were made of', () => {
    fc.assert(
      fc.property(anyCredential, (credential) => {
        expect(parseCredentialKey(credentialKey(credential))).toEqual(credential);
      }),
    );
  });

  it.each([
    '',
    'em4100',
    'em4100:40:01026f6c3a',
    'em4100:40:1026F6C3A',
    'em4100:26:23E0143',
    'wiegand:26:4000000',
    'wiegand:129:0',
    'wiegand:026:23E0143',
    'text:16:a',
    'text:0:',
    'mifare:32:0A0B0C0D',
  ])('refuse %j', (key) => {
    expect(parseCredentialKey(key)).toBeUndefined();
  });

  it('never throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseCredentialKey(text)));
  });
});

describe('numbers', () => {
  it('keep leading zeros and must fit their bits', () => {
    expect(numberCredential('wiegand', 26, 0x143n)?.value).toBe('0000143');
    expect(numberCredential('wiegand', 26, 1n << 26n)).toBeUndefined();
    expect(numberCredential('wiegand', 0, 0n)).toBeUndefined();
    expect(numberCredential('wiegand', 26, -1n)).toBeUndefined();
    expect(numberCredential('em4100', 26, 1n)).toBeUndefined();
  });

  it('of bytes are upper-case hexadecimal', () => {
    expect(formatHex(Uint8Array.of(0, 10, 255))).toBe('000AFF');
  });
});

describe('EM4100 forms', () => {
  it.each(em4100Forms)('%s is printed and read', (form) => {
    expect(formatEm4100(tag, form)).toBe(printed[form]);
    const read = parseEm4100(printed[form], form);
    expect(read).toBeDefined();
    expect(read && matches(read, tag)).toBe(true);
    expect(read && truncations(tag)).toContainEqual(read);
  });

  it('come back for every tag', () => {
    fc.assert(
      fc.property(anyTag, fc.constantFrom(...em4100Forms), (whole, form) => {
        const text = formatEm4100(whole, form) ?? '';
        const read = parseEm4100(text, form);
        expect(read && truncations(whole).map(credentialKey)).toContain(read && credentialKey(read));
        expect(guessEm4100(text).map((guess) => guess.form)).toContain(form);
      }),
    );
  });

  it('are read as people type them', () => {
    const low = parseEm4100('111,27706', '2H4H');
    for (const typed of [
      '11127706',
      '111 27706',
      '111, 27706',
      ' 111，27706 ',
      '１１１，２７７０６',
      '111/27706',
    ]) {
      expect(parseEm4100(typed, '2H4H')).toEqual(low);
    }
    expect(parseEm4100('1,7', '2H4H')).toEqual(parseEm4100('001,00007', '2H4H'));
    expect(parseEm4100('01026f6c3a', '10H')).toEqual(tag);
  });

  it.each([
    ['256,00001', '2H4H'],
    ['111,65536', '2H4H'],
    ['65536,00001', '4H4H'],
    ['4294967296', '8H10D'],
    ['16777216', '6H8D'],
    ['1099511627776', '12D'],
    ['40856634', '8H10D'],
    ['01026F6C3', '10H'],
    ['01026F6C3G', '10H'],
    ['0x026F6C3A', '10H'],
    ['-040856634', '8H10D'],
    ['1e10000000', '8H10D'],
    ['', '2H4H'],
    ['1112770', '2H4H'],
  ] as const)('refuse %j as %s', (text, form) => {
    expect(parseEm4100(text, form)).toBeUndefined();
  });

  it('of a reader have every digit: what is left of one is another tag of a person', () => {
    for (const form of em4100Forms) {
      expect(parseEm4100(printed[form], form, 'reader')).toEqual(parseEm4100(printed[form], form));
      for (let at = 0; at < printed[form].length; at += 1) {
        const less = printed[form].slice(0, at) + printed[form].slice(at + 1);
        // A lost comma is no lost digit.
        if (printed[form][at] === ',') expect(parseEm4100(less, form, 'reader')).toBeDefined();
        else expect(parseEm4100(less, form, 'reader')).toBeUndefined();
        expect(parseEm4100(printed[form].slice(0, at), form, 'reader')).toBeUndefined();
      }
    }
    expect(parseEm4100('111,277', '2H4H')?.value).toBe('6F0115');
    expect(parseEm4100('11127706', '2H4H', 'reader')).toEqual(parseEm4100('111,27706', '2H4H'));
    expect(parseEm4100('１１１,27706', '2H4H', 'reader')).toBeUndefined();
    expect(guessEm4100('1,7', 'reader')).toEqual([]);
  });

  it('tell all that ten digits may be', () => {
    expect(guessEm4100('0062327706')).toEqual([
      { form: '10H', credential: { technology: 'em4100', bits: 40, value: '0062327706' } },
      { form: '8H10D', credential: { technology: 'em4100', bits: 32, value: '03B70B9A' } },
      { form: '4H4H', credential: { technology: 'em4100', bits: 32, value: '026F6C3A' } },
    ]);
    expect(guessEm4100('Zhang San')).toEqual([]);
  });

  it('need their bits', () => {
    const low = parseEm4100('111,27706', '2H4H');
    expect(low && formatEm4100(low, '8H10D')).toBeUndefined();
    expect(low && formatEm4100(low, '6H8D')).toBe('07302202');
    expect(formatEm4100({ technology: 'wiegand', bits: 40, value: '01026F6C3A' }, '10H')).toBeUndefined();
  });
});

describe('matching', () => {
  it('takes an EM4100 tag by what both sides tell of it', () => {
    const [whole, middle, low] = truncations(tag) as [Credential, Credential, Credential];
    expect([whole, middle, low].map(credentialKey)).toEqual([
      'em4100:40:01026F6C3A',
      'em4100:32:026F6C3A',
      'em4100:24:6F6C3A',
    ]);
    expect(truncations(middle)).toEqual([middle, low]);
    for (const read of [whole, middle, low]) {
      for (const enrolled of [whole, middle, low]) expect(matches(read, enrolled)).toBe(true);
    }
  });

  it('is not fooled by tags that share their low bits only', () => {
    const other: Credential = { technology: 'em4100', bits: 40, value: '02026F6C3A' };
    expect(matches(tag, other)).toBe(false);
    // Both are found under the short keys; that is what `matches` is for.
    expect(truncations(tag)[2]).toEqual(truncations(other)[2]);
  });

  it('of all else is exact', () => {
    const card = required(numberCredential('wiegand', 32, 0x026f6c3an));
    expect(truncations(card)).toEqual([card]);
    expect(matches(card, required(numberCredential('wiegand', 32, 0x026f6c3an)))).toBe(true);
    expect(matches(card, required(numberCredential('wiegand', 34, 0x026f6c3an)))).toBe(false);
    expect(matches(card, required(truncations(tag)[1]))).toBe(false);
    expect(matches(required(textCredential('PASS-1')), required(textCredential('PASS-1')))).toBe(true);
    expect(matches(required(textCredential('PASS-1')), required(textCredential('PASS-10')))).toBe(false);
    expect(matches(required(textCredential('PASS-1')), required(textCredential('pass-1')))).toBe(false);
  });
});
