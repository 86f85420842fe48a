import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { credentialKey, numberCredential } from '../credential.ts';
import { encodeRdm6300, rdm6300Decoder } from './rdm6300.ts';
import { required } from './required.ts';

const ascii = (text: string) => new TextEncoder().encode(text);
const card = required(numberCredential('em4100', 40, 0x0a004d7603n));
const frame = ascii('\x020A004D760332\x03');
const longFrame = ascii('\x020A004D760332\r\n\x03');
const anyTag = fc
  .bigInt({ min: 0n, max: (1n << 40n) - 1n })
  .map((raw) => required(numberCredential('em4100', 40, raw)));
const layout = fc.constantFrom('rdm6300' as const, 'id12' as const);

describe('RDM6300 and ID-12LA frames', () => {
  it('are read in both layouts, in either case', () => {
    expect(rdm6300Decoder().push(frame)).toEqual([{ ok: true, frame: card }]);
    expect(rdm6300Decoder().push(longFrame)).toEqual([{ ok: true, frame: card }]);
    expect(rdm6300Decoder().push(ascii('\x020a004d760332\x03'))).toEqual([{ ok: true, frame: card }]);
  });

  it('are written with the published checksums', () => {
    expect(encodeRdm6300(card, 'rdm6300')).toEqual(frame);
    expect(encodeRdm6300(card, 'id12')).toEqual(longFrame);
    expect(encodeRdm6300(required(numberCredential('em4100', 40, 0x01026f6c3an)), 'rdm6300')).toEqual(
      ascii('\x0201026F6C3A3A\x03'),
    );
    expect(encodeRdm6300(required(numberCredential('em4100', 32, 1n)), 'rdm6300')).toBeUndefined();
    expect(encodeRdm6300(required(numberCredential('wiegand', 40, 1n)), 'id12')).toBeUndefined();
  });

  it('come with their last byte, and leave nothing behind', () => {
    for (const bytes of [frame, longFrame]) {
      const decoder = rdm6300Decoder();
      for (const byte of bytes.subarray(0, -1)) expect(decoder.push(Uint8Array.of(byte))).toEqual([]);
      expect(decoder.push(bytes.subarray(-1))).toEqual([{ ok: true, frame: card }]);
      expect(decoder.pending).toBe(0);
    }
  });

  it('tell a wrong checksum once, with all its bytes', () => {
    expect(rdm6300Decoder().push(ascii('\x020A004D760333\x03'))).toEqual([
      { ok: false, error: 'checksum', dropped: 14 },
    ]);
  });

  it('do not wait for the rest of one that was cut short', () => {
    const decoder = rdm6300Decoder();
    expect(decoder.push(ascii('\x020A004D'))).toEqual([]);
    expect(decoder.push(frame)).toEqual([
      { ok: false, error: 'framing', dropped: 7 },
      { ok: true, frame: card },
    ]);
    expect(decoder.pending).toBe(0);
  });

  it('are given up when the line falls silent', () => {
    const decoder = rdm6300Decoder();
    decoder.push(frame.subarray(0, 9));
    expect(decoder.pending).toBe(9);
    expect(decoder.idle()).toEqual([{ ok: false, error: 'framing', dropped: 9 }]);
    expect(decoder.idle()).toEqual([]);
    expect(decoder.push(frame.subarray(9))).toEqual([{ ok: false, error: 'framing', dropped: 5 }]);
    expect(decoder.push(frame)).toEqual([{ ok: true, frame: card }]);
  });

  it('with one byte damaged are never another tag, and the next is read', () => {
    fc.assert(
      fc.property(
        anyTag,
        anyTag,
        layout,
        fc.nat(15),
        fc.integer({ min: 1, max: 255 }),
        (tag, next, kind, at, flip) => {
          const good = required(encodeRdm6300(tag, kind));
          const bytes = good.map((byte, index) => (index === at % good.length ? byte ^ flip : byte));
          const decoder = rdm6300Decoder();
          const found = [...decoder.push(bytes), ...decoder.push(required(encodeRdm6300(next, kind)))];
          const keys = found.flatMap((item) => (item.ok ? [credentialKey(item.frame)] : []));
          expect(keys.at(-1)).toBe(credentialKey(next));
          // A letter whose case was flipped is the same digit.
          for (const key of keys.slice(0, -1)) expect(key).toBe(credentialKey(tag));
        },
      ),
      { numRuns: 500 },
    );
  });
});
