import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLcus, encodeLcusStatus, lcusDecoder, lcusQuery, lcusStatusDecoder } from './lcus.ts';

describe('LCUS commands', () => {
  it('are the published ones', () => {
    expect(encodeLcus(1, true)).toEqual(Uint8Array.of(0xa0, 0x01, 0x01, 0xa2));
    expect(encodeLcus(1, false)).toEqual(Uint8Array.of(0xa0, 0x01, 0x00, 0xa1));
    for (let channel = 1; channel <= 8; channel += 1)
      expect(encodeLcus(channel, true)).not.toContain(lcusQuery);
    expect(encodeLcus(8, true)).toEqual(Uint8Array.of(0xa0, 0x08, 0x01, 0xa9));
  });

  it.each([0, 9, 1.5, -1, Number.NaN])('refuse channel %s', (channel) => {
    expect(() => encodeLcus(channel, true)).toThrow(RangeError);
  });

  it('are read by the board, with a query between them', () => {
    const decoder = lcusDecoder();
    const bytes = Uint8Array.of(...encodeLcus(3, true), lcusQuery, ...encodeLcus(3, false));
    expect(decoder.push(bytes)).toEqual([
      { ok: true, frame: { channel: 3, on: true } },
      { ok: false, error: 'framing', dropped: 1 },
      { ok: true, frame: { channel: 3, on: false } },
    ]);
  });

  it('with one byte damaged switch nothing', () => {
    const command = fc.record({ channel: fc.integer({ min: 1, max: 8 }), on: fc.boolean() });
    fc.assert(
      fc.property(command, fc.nat(3), fc.integer({ min: 1, max: 255 }), ({ channel, on }, at, flip) => {
        const bytes = encodeLcus(channel, on).map((byte, index) => (index === at ? byte ^ flip : byte));
        const found = lcusDecoder().push(bytes);
        expect(found.filter((item) => item.ok)).toEqual([]);
      }),
    );
  });
});

describe('LCUS status', () => {
  it('is one byte a channel', () => {
    const channels = [true, true, true, true, false, false, false, false];
    expect(encodeLcusStatus(channels)).toEqual(Uint8Array.of(1, 1, 1, 1, 0, 0, 0, 0));
    const decoder = lcusStatusDecoder(8);
    expect(decoder.push(Uint8Array.of(1, 1, 1))).toEqual([]);
    expect(decoder.push(Uint8Array.of(1, 0, 0, 0, 0))).toEqual([{ ok: true, frame: channels }]);
  });

  it('holds nothing but 0 and 1', () => {
    const decoder = lcusStatusDecoder(2);
    expect(decoder.push(Uint8Array.of(1, 0x7f, 0, 1))).toEqual([
      { ok: false, error: 'framing', dropped: 2 },
      { ok: true, frame: [false, true] },
    ]);
  });
});
