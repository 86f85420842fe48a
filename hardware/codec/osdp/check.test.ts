import { describe, expect, it } from 'vitest';
import { checksum, crc16 } from './check.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

/** SIA OSDP 2.2, Annex E. */
describe('the check of a frame', () => {
  it.each([
    ['53 7F 0D 00 04 6E 00 80 25 00 00', 0x386e],
    ['53 00 09 00 04 61 00', 0x66c0],
  ])('is the CRC of %s', (bytes, crc) => {
    expect(crc16(hex(bytes))).toBe(crc);
  });

  it.each([
    ['53 7F 0C 00 00 6E 00 80 25 00 00', 0x0f],
    ['53 00 08 00 00 61 00', 0x44],
  ])('is the checksum of %s', (bytes, sum) => {
    expect(checksum(hex(bytes))).toBe(sum);
  });
});
