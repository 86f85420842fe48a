import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase45, encodeBase45 } from './base45.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('base45', () => {
  // RFC 9285, sections 4.3 and 4.4.
  it.each([
    ['AB', 'BB8'],
    ['Hello!!', '%69 VD92EX0'],
    ['base-45', 'UJCLQE7W581'],
    ['ietf!', 'QED8WEX0'],
    ['', ''],
  ])('writes and reads %j as the RFC does', (plain, text) => {
    expect(encodeBase45(bytes(plain))).toBe(text);
    expect(decodeBase45(text)).toEqual(bytes(plain));
  });

  // RFC 9285, section 6: `:::` is 91124, `GGW` the first number that needs more than 16 bits.
  it.each(['A', 'BB8A', ':::', 'GGW', '::', 'bb8', 'BB_', 'ＢB8', 'B😀'])('reads nothing from %j', (text) => {
    expect(decodeBase45(text)).toBeUndefined();
  });

  it('has one text for one sequence of bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
        const text = encodeBase45(given);
        expect(text).toMatch(/^[0-9A-Z $%*+\-./:]*$/);
        expect(decodeBase45(text)).toEqual(given);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'09AZ $%*+-./:GW'), maxLength: 12 }), (text) => {
        const read = decodeBase45(text);
        if (read) expect(encodeBase45(read)).toBe(text);
      }),
    );
  });
});
