import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeLcus, lcusDecoder } from './lcus.ts';

describe('LCUS commands', () => {
  it('are the published ones', () => {
    expect(encodeLcus(1, true)).toEqual(Uint8Array.of(0xa0, 0x01, 0x01, 0xa2));
    expect(encodeLcus(1, false)).toEqual(Uint8Array.of(0xa0, 0x01, 0x00, 0xa1));
    expect(encodeLcus(8, true)).toEqual(Uint8Array.of(0xa0, 0x08, 0x01, 0xa9));
  });

  it.each([0, 9, 1.5, -1, Number.NaN])('refuse channel %s', (channel) => {
    expect(() => encodeLcus(channel, true)).toThrow(RangeError);
  });

  it('are read by the board, with a foreign byte between them', () => {
    const decoder = lcusDecoder();
    const bytes = Uint8Array.of(...encodeLcus(3, true), 0xff, ...encodeLcus(3, false));
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
