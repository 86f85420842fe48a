import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHidPos, hidPosDecoder, hidPosLayout } from './hid-pos.ts';

const boardingPass = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   100';
const scan = (text: string, aim = ']Q1') => ({ ok: true, frame: { text, aim } });
const long = 'X'.repeat(56 * 3 + 1);

describe('HID POS reports', () => {
  it('are laid out as the manual shows', () => {
    const reports = encodeHidPos(boardingPass, ']Q0');
    expect(reports.map((report) => report.length)).toEqual([64, 64]);
    expect(Array.from(reports[0] ?? []).slice(0, 7)).toEqual([0x02, 0x38, 0x5d, 0x51, 0x30, 0x4d, 0x31]);
    expect(reports.map((report) => [report[1], report[63]])).toEqual([
      [56, 1],
      [boardingPass.length - 56, 0],
    ]);
  });

  it('are joined to one code', () => {
    const decoder = hidPosDecoder();
    const [first, second] = encodeHidPos(boardingPass, ']Q0');
    expect(decoder.push(first ?? new Uint8Array())).toEqual([]);
    expect(decoder.pending).toBe(56);
    expect(decoder.push(second ?? new Uint8Array())).toEqual([scan(boardingPass, ']Q0')]);
    expect(decoder.pending).toBe(0);
  });

  it('come back for any text, with and without the report id', () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
      .filter((code) => !/\p{Cc}/u.test(code));
    fc.assert(
      fc.property(text, fc.boolean(), (code, withId) => {
        const decoder = hidPosDecoder({ maxLength: 8192 });
        const found = encodeHidPos(code).flatMap((report) =>
          decoder.push(withId ? report : report.subarray(1)),
        );
        expect(found).toEqual([scan(code)]);
      }),
    );
  });

  it('lose a line end, and are told when they are no text', () => {
    const decoder = hidPosDecoder();
    expect(encodeHidPos('PASS\r\n').flatMap(decoder.push)).toEqual([scan('PASS')]);
    expect(encodeHidPos('PA\x00SS').flatMap(decoder.push)).toEqual([
      { ok: false, error: 'charset', dropped: 5 },
    ]);
    const [broken] = encodeHidPos('PASS');
    broken?.set([0xff], 6);
    expect(decoder.push(broken ?? new Uint8Array())).toEqual([{ ok: false, error: 'charset', dropped: 4 }]);
  });

  it('may lack the identifier', () => {
    expect(encodeHidPos('PASS', '').flatMap(hidPosDecoder().push)).toEqual([scan('PASS', '')]);
  });

  it('of another id or size are told, and break nothing', () => {
    const decoder = hidPosDecoder();
    const [first, second] = encodeHidPos(boardingPass);
    decoder.push(first ?? new Uint8Array());
    const foreign = new Uint8Array(64).fill(3);
    expect(decoder.push(foreign)).toEqual([{ ok: false, error: 'framing', dropped: 64 }]);
    expect(decoder.push(new Uint8Array(8))).toEqual([{ ok: false, error: 'framing', dropped: 8 }]);
    expect(decoder.push(second ?? new Uint8Array())).toEqual([scan(boardingPass)]);
  });

  it('that say too much length are given up, with the code that they belong to', () => {
    const decoder = hidPosDecoder();
    const [first, second, third, last] = encodeHidPos(long);
    decoder.push(first ?? new Uint8Array());
    second?.set([57], hidPosLayout.lengthAt);
    expect(decoder.push(second ?? new Uint8Array())).toEqual([{ ok: false, error: 'length', dropped: 120 }]);
    expect(decoder.push(third ?? new Uint8Array())).toMatchObject([{ ok: false }]);
    expect(decoder.push(last ?? new Uint8Array())).toMatchObject([{ ok: false }]);
    expect(encodeHidPos('PASS').flatMap(decoder.push)).toEqual([scan('PASS')]);
  });

  it('of a code that is too long are given up to its end', () => {
    const decoder = hidPosDecoder({ maxLength: 100 });
    const found = encodeHidPos(long).flatMap(decoder.push);
    expect(found.every((item) => !item.ok)).toBe(true);
    expect(encodeHidPos('PASS').flatMap(decoder.push)).toEqual([scan('PASS')]);
    expect(encodeHidPos('Y'.repeat(100)).flatMap(decoder.push)).toEqual([scan('Y'.repeat(100))]);
  });

  it('whose end never comes are given up by silence or by another code', () => {
    const decoder = hidPosDecoder();
    const [first] = encodeHidPos(boardingPass);
    decoder.push(first ?? new Uint8Array());
    expect(decoder.idle()).toEqual([{ ok: false, error: 'framing', dropped: 56 }]);
    expect(decoder.reset()).toEqual([]);
    decoder.push(first ?? new Uint8Array());
    expect(encodeHidPos('6901234567892', ']E0').flatMap(decoder.push)).toEqual([
      { ok: false, error: 'framing', dropped: 56 },
      scan('6901234567892', ']E0'),
    ]);
  });

  it('that come after the silence are no code of their own', () => {
    const decoder = hidPosDecoder();
    const [first, second] = encodeHidPos(boardingPass);
    decoder.push(first ?? new Uint8Array());
    decoder.idle();
    expect(decoder.pending).toBe(0);
    expect(decoder.push(second ?? new Uint8Array())).toMatchObject([{ ok: false }]);
    expect(encodeHidPos('PASS').flatMap(decoder.push)).toEqual([scan('PASS')]);
  });
});
