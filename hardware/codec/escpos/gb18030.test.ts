import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeGb18030 } from './gb18030.ts';

const read = (bytes: Uint8Array) => new TextDecoder('gb18030', { ignoreBOM: true }).decode(bytes);

it('writes the bytes of the standard: ASCII, two bytes, four bytes, beyond the basic plane', () => {
  expect([...encodeGb18030('A李')]).toEqual([0x41, 0xc0, 0xee]);
  // U+3400 is the first of extension A, U+10000 the first beyond the basic plane.
  expect([...encodeGb18030('\u3400')]).toEqual([0x81, 0x39, 0xee, 0x39]);
  expect([...encodeGb18030('\u{10000}')]).toEqual([0x90, 0x30, 0x81, 0x30]);
  expect(read(encodeGb18030('㐂𠮷欧阳·Ünal 李小明'))).toBe('㐂𠮷欧阳·Ünal 李小明');
});

it('is read back as what it was, whatever it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (any) => {
      // Without the private use areas: the standard gives their codes to others from one edition to the next.
      const text = any.replace(/[\p{C}\ufffd]/gu, '');
      expect(read(encodeGb18030(text))).toBe(text);
    }),
  );
});

it('lets no control character through, and no half of a character', () => {
  expect(read(encodeGb18030('a\x1b@\x10\x04\x01\n\x7fb'))).toBe('a @     b');
  expect(read(encodeGb18030('a\ud842b'))).toBe('a?b');
});
