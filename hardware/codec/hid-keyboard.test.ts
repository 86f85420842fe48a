import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Decoded, Decoder } from './decoder.ts';
import { encodeKeystrokes, type KeyboardOptions, keyboardDecoder } from './hid-keyboard.ts';
import { required } from './required.ts';

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index)).join('');
const line = (frame: string): Decoded<string> => ({ ok: true, frame });
const report = (modifiers: number, ...keys: number[]) =>
  Uint8Array.from({ length: 8 }, (_, at) => (at === 0 ? modifiers : (keys[at - 2] ?? 0)));

const enter = 0x28;
const [a, b, one, two] = [0x04, 0x05, 0x1e, 0x1f];

function type(decoder: Decoder<string>, reports: Uint8Array[]): Decoded<string>[] {
  return reports.flatMap((each) => decoder.push(each));
}

function typed(reports: Uint8Array[], options?: KeyboardOptions): Decoded<string>[] {
  return type(keyboardDecoder(options), [...reports, report(0), report(0, enter), report(0)]);
}

describe('keyboard reports', () => {
  it('type every printable character of the US layout, in 8 and in 9 bytes', () => {
    for (const reportBytes of [8, 9] as const) {
      const reports = required(encodeKeystrokes(printable, { reportBytes }));
      expect(reports.every((each) => each.length === reportBytes)).toBe(true);
      expect(type(keyboardDecoder(), reports)).toEqual([line(printable)]);
    }
  });

  it('are the published codes', () => {
    expect(encodeKeystrokes('A', { end: 'tab' })).toEqual([
      report(0x02, a),
      report(0),
      report(0, 0x2b),
      report(0),
    ]);
    expect(encodeKeystrokes('0', { reportBytes: 9, end: 'none' })?.[0]).toEqual(
      Uint8Array.of(1, 0, 0, 0x27, 0, 0, 0, 0, 0),
    );
    expect(encodeKeystrokes('é')).toBeUndefined();
  });

  it('come back for any printable text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ -~]{1,60}$/), fc.constantFrom(8, 9), (text, reportBytes) => {
        expect(type(keyboardDecoder(), required(encodeKeystrokes(text, { reportBytes })))).toEqual([
          line(text),
        ]);
      }),
    );
  });

  it('count a key once while it is down', () => {
    expect(typed([report(0, one), report(0, one), report(0, one)])).toEqual([line('1')]);
    expect(typed([report(0, one), report(0), report(0, one)])).toEqual([line('11')]);
  });

  it('count keys that overlap, in order', () => {
    expect(typed([report(0, one), report(0, one, two), report(0, two), report(0, two, a)])).toEqual([
      line('12a'),
    ]);
    expect(typed([report(0, b, a, two, one)])).toEqual([line('ba21')]);
    expect(typed([report(0, a, a)])).toEqual([line('a')]);
  });

  it('of roll-over change nothing', () => {
    const rollOver = report(0, 1, 1, 1, 1, 1, 1);
    expect(typed([report(0, one), rollOver, report(0, one), rollOver, report(0, one, two)])).toEqual([
      line('12'),
    ]);
  });

  it('take shift of either side, and the key pad', () => {
    expect(typed([report(0x02, a), report(0), report(0x20, a), report(0x02), report(0, a)])).toEqual([
      line('AAa'),
    ]);
    expect(typed([report(0, 0x62), report(0, 0x59), report(0, 0x61), report(0, 0x63)])).toEqual([
      line('019.'),
    ]);
  });

  it('end with Enter of either place, or with Tab, as is set', () => {
    for (const [end, key] of [
      ['enter', 'enter'],
      ['enter', 'keypad-enter'],
      ['tab', 'tab'],
      ['none', 'enter'],
      ['none', 'tab'],
    ] as const) {
      const reports = required(encodeKeystrokes('42', { end: key }));
      expect(type(keyboardDecoder({ end }), reports)).toEqual([line('42')]);
    }
    expect(type(keyboardDecoder(), [report(0, one, enter, two)])).toEqual([line('1')]);
    const decoder = keyboardDecoder();
    expect(type(decoder, required(encodeKeystrokes('4', { end: 'tab' })))).toEqual([]);
    // A Tab inside a line that Enter ends is no character.
    expect(type(decoder, required(encodeKeystrokes('2')))).toEqual([
      { ok: false, error: 'charset', dropped: 3 },
    ]);
    expect(type(keyboardDecoder(), required(encodeKeystrokes('')))).toEqual([]);
  });

  it('end by silence where nothing else ends them', () => {
    const decoder = keyboardDecoder({ end: 'none' });
    type(decoder, required(encodeKeystrokes('42', { end: 'none' })));
    expect(decoder.pending).toBe(2);
    expect(decoder.idle()).toEqual([line('42')]);
    expect(decoder.idle()).toEqual([]);
    expect(decoder.pending).toBe(0);
  });

  it('that fall silent half way are given up, with the half that comes later', () => {
    const decoder = keyboardDecoder();
    type(decoder, required(encodeKeystrokes('111,277', { end: 'none' })));
    expect(decoder.idle()).toEqual([{ ok: false, error: 'framing', dropped: 7 }]);
    expect(decoder.pending).toBe(0);
    expect(decoder.idle()).toEqual([]);
    type(decoder, required(encodeKeystrokes('0', { end: 'none' })));
    expect(decoder.pending).toBe(1);
    expect(decoder.idle()).toEqual([{ ok: false, error: 'framing', dropped: 1 }]);
    expect(type(decoder, required(encodeKeystrokes('6')))).toEqual([
      { ok: false, error: 'framing', dropped: 1 },
    ]);
    expect(type(decoder, required(encodeKeystrokes('42')))).toEqual([line('42')]);
    // Told before the end came: the end has nothing to add.
    type(decoder, required(encodeKeystrokes('4', { end: 'none' })));
    decoder.idle();
    expect(type(decoder, required(encodeKeystrokes('')))).toEqual([]);
    expect(type(decoder, required(encodeKeystrokes('42')))).toEqual([line('42')]);
  });

  it('of a key that is still down after silence are not typed again', () => {
    const decoder = keyboardDecoder({ end: 'none' });
    decoder.push(report(0, one));
    expect(decoder.idle()).toEqual([line('1')]);
    expect(type(decoder, [report(0, one), report(0, one, two), report(0, enter)])).toEqual([line('2')]);
  });

  it('of a fresh link start with no key down and no line begun', () => {
    for (const end of ['enter', 'none'] as const) {
      const decoder = keyboardDecoder({ end });
      decoder.push(report(0, one));
      expect(decoder.reset()).toEqual([{ ok: false, error: 'framing', dropped: 1 }]);
      expect(type(decoder, [report(0, one), report(0, two), report(0, enter)])).toEqual([line('12')]);
    }
  });

  it('with keys that are no text give the line up', () => {
    const f1 = 0x3a;
    expect(typed([report(0, one), report(0, f1), report(0, two)])).toEqual([
      { ok: false, error: 'charset', dropped: 3 },
    ]);
    expect(typed([report(0x01, a)])).toEqual([{ ok: false, error: 'charset', dropped: 1 }]);
    // Caps Lock and Num Lock are pressed by readers, and type nothing.
    expect(typed([report(0, 0x39), report(0, one), report(0, 0x53)])).toEqual([line('1')]);
  });

  it('that grow too long are given up to their end', () => {
    const decoder = keyboardDecoder({ maxLength: 4 });
    expect(type(decoder, required(encodeKeystrokes('1234')))).toEqual([line('1234')]);
    type(decoder, required(encodeKeystrokes('123456789', { end: 'none' })));
    expect(decoder.pending).toBe(1);
    expect(type(decoder, required(encodeKeystrokes('')))).toEqual([
      { ok: false, error: 'overflow', dropped: 9 },
    ]);
    expect(type(decoder, required(encodeKeystrokes('12')))).toEqual([line('12')]);
  });

  it('of nine bytes may have the ninth behind', () => {
    const behind = required(encodeKeystrokes('aB1')).map((each) => Uint8Array.of(...each, 0));
    expect(type(keyboardDecoder(), behind)).toEqual([line('aB1')]);
  });

  it('of another size are told', () => {
    expect(keyboardDecoder().push(new Uint8Array(7))).toEqual([{ ok: false, error: 'length', dropped: 7 }]);
    expect(keyboardDecoder().push(new Uint8Array(0))).toEqual([]);
  });
});
