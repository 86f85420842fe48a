import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, wellFormed } from './canonical.ts';

const json = fc.jsonValue({ noUnicodeString: false });

function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, shuffled(each)]),
  );
}

describe('canonicalJson', () => {
  it('writes the example of RFC 8785, section 3.2.2', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts by UTF-16 code units, as the example of RFC 8785, section 3.2.3', () => {
    const names = ['\u20ac', '\r', '\ufb33', '1', '\u{1f600}', '\u0080', '\u00f6'];
    const sorted = ['\r', '1', '\u0080', '\u00f6', '\u20ac', '\u{1f600}', '\ufb33'];
    const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 0])));
    expect(text).toBe(`{${sorted.map((name) => `${JSON.stringify(name)}:0`).join(',')}}`);
  });

  it('sorts many names as few', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 60 }), (names) => {
        const text = canonicalJson(Object.fromEntries(names.map((name) => [name, 1])));
        expect(text).toBe(
          `{${names
            .toSorted()
            .map((name) => `${JSON.stringify(name)}:1`)
            .join(',')}}`,
        );
      }),
    );
  });

  it('says the same value in the same text, whatever the order of its members', () => {
    fc.assert(
      fc.property(json, (value) => {
        const clean = wellFormed(value);
        const text = canonicalJson(clean);
        expect(canonicalJson(shuffled(clean))).toBe(text);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(clean)));
      }),
    );
  });

  it('leaves undefined members out and writes minus zero as zero', () => {
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
  });

  it.each([
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [undefined],
    [[undefined]],
    ['\ud800'],
    [{ '\udc00': 1 }],
    [1n],
  ])('refuses %s', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('refuses what is no plain data', () => {
    expect(() => canonicalJson(new Date(0))).toThrow(TypeError);
    expect(() => canonicalJson({ run: () => 1 })).toThrow(TypeError);
  });
});

describe('wellFormed', () => {
  it('replaces lone surrogates only', () => {
    expect(wellFormed({ a: ['x\ud800y', '\u{1f600}'], b: 1 })).toEqual({
      a: ['x\ufffdy', '\u{1f600}'],
      b: 1,
    });
  });
});
