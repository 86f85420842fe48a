import { describe, expect, it } from 'vitest';
import type { Decoded, Decoder } from './decoder.ts';
import { encodeLine, type TextLineOptions, textLineDecoder, textLineProblems } from './text-line.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

function open(options: Partial<TextLineOptions> = {}): Decoder<string> {
  return textLineDecoder({ prefix: '', suffix: '\r', maxLength: 16, ...options });
}

const line = (frame: string): Decoded<string> => ({ ok: true, frame });
const fault = (error: 'charset' | 'framing' | 'overflow', dropped: number): Decoded<string> => ({
  ok: false,
  error,
  dropped,
});

describe('text lines', () => {
  it('end with their suffix, whatever CR, LF and Tab are around it', () => {
    for (const suffix of ['\r', '\n', '\r\n', '\t', '\x03', '#']) {
      expect(open({ suffix }).push(encodeLine('AB 12', { prefix: '', suffix }))).toEqual([line('AB 12')]);
    }
    expect(open().push(bytes('AB\r\nCD\r\n'))).toEqual([line('AB'), line('CD')]);
    expect(open({ suffix: '\n' }).push(bytes('AB\r\nCD\r\n'))).toEqual([line('AB'), line('CD')]);
    expect(open({ suffix: '\r' }).push(bytes('AB\t\r\n\r\n'))).toEqual([line('AB')]);
  });

  it('end by silence when no suffix is set', () => {
    const decoder = open({ suffix: '' });
    expect(decoder.push(bytes('0040856634'))).toEqual([]);
    expect(decoder.pending).toBe(10);
    expect(decoder.idle()).toEqual([line('0040856634')]);
    expect(decoder.pending).toBe(0);
    decoder.push(bytes('1234567890123456\r\n'));
    expect(decoder.idle()).toEqual([line('1234567890123456')]);
    decoder.push(bytes('AB\r\nCD\r\n'));
    expect(decoder.idle()).toEqual([line('AB'), line('CD')]);
  });

  it('with a suffix set are not taken half, but taken with another line end', () => {
    const decoder = open({ suffix: '\r' });
    decoder.push(bytes('12345678\n'));
    expect(decoder.idle()).toEqual([line('12345678')]);
    // Neither half passes for a line, however long the silence, and the next line is whole.
    decoder.push(bytes('1234'));
    expect(decoder.idle()).toEqual([fault('framing', 4)]);
    expect(decoder.pending).toBe(0);
    expect(decoder.push(bytes('56'))).toEqual([fault('framing', 1)]);
    decoder.idle();
    expect(decoder.push(bytes('78\r9\r'))).toEqual([fault('framing', 3), line('9')]);
    // The other line end ends what is given up, too.
    decoder.push(bytes('1234'));
    decoder.idle();
    decoder.push(bytes('5678\n'));
    decoder.idle();
    expect(decoder.push(bytes('12\r'))).toEqual([line('12')]);
  });

  it('behind bytes that are no text are whole', () => {
    const decoder = open();
    decoder.push(Uint8Array.of(0x00, 0x03));
    expect(decoder.idle()).toEqual([fault('framing', 2)]);
    expect(decoder.push(bytes('12\r'))).toEqual([line('12')]);
  });

  it('of a new link start anew', () => {
    const decoder = open();
    decoder.push(bytes('12'));
    expect(decoder.reset()).toEqual([fault('framing', 2)]);
    expect(decoder.push(bytes('34\r'))).toEqual([line('34')]);
    decoder.push(bytes('12'));
    decoder.idle();
    expect(decoder.reset()).toEqual([]);
    expect(decoder.push(bytes('34\r'))).toEqual([line('34')]);
  });

  it('lose their prefix, and are refused without it', () => {
    const decoder = open({ prefix: 'ID:' });
    expect(decoder.push(bytes('ID:42\r'))).toEqual([line('42')]);
    expect(decoder.push(bytes('42\r'))).toEqual([fault('framing', 2)]);
    expect(decoder.push(bytes('xID:42\r'))).toEqual([fault('framing', 6)]);
    expect(decoder.push(bytes('ID:ID:\r'))).toEqual([line('ID:')]);
    expect(decoder.push(bytes('ID:\r'))).toEqual([]);
  });

  it('start anew at a prefix that no text can hold', () => {
    const decoder = open({ prefix: '\x02', suffix: '\x03' });
    const noise = Uint8Array.of(0xff, 0x02, 0x80, 0x41);
    expect(decoder.push(Uint8Array.of(...noise, ...bytes('\x0242\x03')))).toEqual([
      fault('framing', 1),
      fault('framing', 3),
      line('42'),
    ]);
    // Even out of a line that grew too long.
    expect(decoder.push(bytes(`${'x'.repeat(30)}\x0242\x03`))).toEqual([fault('overflow', 30), line('42')]);
    expect(decoder.push(bytes('\r\n\x0242\x03'))).toEqual([line('42')]);
  });

  it('with damage are given up whole: a shorter text is another credential', () => {
    const decoder = open();
    expect(decoder.push(Uint8Array.of(0x31, 0xff, 0x32, 0x0d))).toEqual([fault('charset', 3)]);
    expect(decoder.push(bytes('1\x0032\r'))).toEqual([fault('charset', 4)]);
    expect(decoder.push(bytes('12\t34\r'))).toEqual([fault('charset', 5)]);
    expect(decoder.push(bytes('12\r'))).toEqual([line('12')]);
  });

  it('of foreign codes are still text', () => {
    expect(open({ maxLength: 40 }).push(bytes('微信 weixin\r'))).toEqual([line('微信 weixin')]);
    // A byte order mark is foreign too, and not to be lost: without it the text might pass.
    expect(open().push(bytes('\uFEFF12\r'))).toEqual([line('\uFEFF12')]);
  });

  it('that grow too long are given up to their end, and the tail is no line', () => {
    const decoder = open();
    expect(decoder.push(bytes(`${'9'.repeat(16)}\r`))).toEqual([line('9'.repeat(16))]);
    expect(decoder.push(bytes(`${'9'.repeat(17)}\r12\r`))).toEqual([fault('overflow', 17), line('12')]);
    expect(decoder.push(bytes(`${'9'.repeat(40)}`))).toEqual([fault('overflow', 39)]);
    expect(decoder.pending).toBe(1);
    expect(decoder.push(bytes('12\r34\r'))).toEqual([fault('overflow', 4), line('34')]);
    decoder.push(bytes('9'.repeat(40)));
    expect(decoder.idle()).toEqual([fault('overflow', 1)]);
    expect(decoder.push(bytes('12\r34\r'))).toEqual([fault('overflow', 3), line('34')]);
  });

  it('of nothing are nothing', () => {
    expect(open().push(bytes('\r\r\n\r\n\t\r'))).toEqual([]);
    const decoder = open({ suffix: '\r\n' });
    decoder.push(bytes('\r'));
    expect(decoder.idle()).toEqual([]);
  });
});

describe('text line options', () => {
  const good: TextLineOptions = {
    prefix: '',
    suffix: '\r',
    radix: 'text',
    idleMs: 50,
    maxLength: 64,
    charset: 'printable',
  };

  it('are told all their faults at once', () => {
    expect(textLineProblems(good)).toEqual([]);
    expect(
      textLineProblems({
        ...good,
        prefix: '校',
        suffix: 'x'.repeat(9),
        idleMs: 0,
        maxLength: 0,
        radix: 'dec',
      }),
    ).toHaveLength(5);
    expect(textLineProblems({ ...good, prefix: 'a\rb' })).toHaveLength(1);
    expect(textLineProblems({ ...good, suffix: '' })).toHaveLength(1);
    expect(textLineProblems({ ...good, suffix: '', exactLength: 8 })).toEqual([]);
    expect(textLineProblems({ ...good, suffix: '', radix: '8H10D' })).toEqual([]);
  });
});
