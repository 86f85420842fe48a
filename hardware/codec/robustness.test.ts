/** What holds for every incremental codec alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberCredential } from '../credential.ts';
import type { Decoded, Decoder } from './decoder.ts';
import { longestCommand, printerDecoder } from './escpos/printer-side.ts';
import { keyboardDecoder } from './hid-keyboard.ts';
import { hidPosDecoder } from './hid-pos.ts';
import { encodeLcus, lcusDecoder } from './lcus.ts';
import { frameDecoder } from './osdp/frame-decoder.ts';
import { encodeRdm6300, rdm6300Decoder } from './rdm6300.ts';
import { required } from './required.ts';
import { commandDecoder, longestReply, replyDecoder } from './sam-v/frame.ts';
import { textLineDecoder } from './text-line.ts';

/** One line of the table: how to open it, the most that it may hold, and whether reports come one a push. */
const codecs: { name: string; open: () => Decoder<unknown>; cap: number; reports?: number[] }[] = [
  { name: 'rdm6300', open: rdm6300Decoder, cap: 16 },
  { name: 'lcus', open: lcusDecoder, cap: 4 },
  { name: 'text line', open: () => textLineDecoder({ prefix: '', suffix: '\r\n', maxLength: 8 }), cap: 10 },
  {
    name: 'text line, prefix',
    open: () => textLineDecoder({ prefix: '\x02', suffix: '\x03', maxLength: 8 }),
    cap: 11,
  },
  {
    name: 'text line, silence',
    open: () => textLineDecoder({ prefix: 'A', suffix: '', maxLength: 8 }),
    cap: 11,
  },
  { name: 'osdp', open: () => frameDecoder({ as: 'monitor', maxLength: 40 }), cap: 40 },
  { name: 'osdp, one ear', open: () => frameDecoder({ as: 'acu', maxLength: 40 }), cap: 40 },
  { name: 'sam-v replies', open: replyDecoder, cap: longestReply },
  { name: 'sam-v commands', open: commandDecoder, cap: 64 },
  { name: 'escpos', open: printerDecoder, cap: longestCommand },
  { name: 'keyboard', open: () => keyboardDecoder({ maxLength: 8 }), cap: 8, reports: [8, 9] },
  {
    name: 'keyboard, silence',
    open: () => keyboardDecoder({ maxLength: 8, end: 'none' }),
    cap: 8,
    reports: [8, 9],
  },
  { name: 'hid pos', open: () => hidPosDecoder({ maxLength: 100 }), cap: 100, reports: [64] },
];

/** Bytes that mean something to one codec or another, among any others. */
const anyByte = fc.oneof(
  fc.constantFrom(
    0x00,
    0x01,
    0x02,
    0x03,
    0x09,
    0x0a,
    0x0d,
    0x69,
    0x96,
    0xa0,
    0xaa,
    0xa1,
    0xa2,
    0xff,
    0x28,
    0x53,
  ),
  fc.integer({ min: 0x20, max: 0x7e }),
  fc.nat(255),
);
const anyBytes = (sizes: number[] | undefined) =>
  fc.oneof(
    fc.array(anyByte, { maxLength: 60 }),
    ...(sizes ?? []).map((size) => fc.array(anyByte, { minLength: size, maxLength: size })),
  );

function cut(bytes: Uint8Array, sizes: number[]): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    chunks.push(bytes.subarray(at, at + size));
    at += size;
  }
  return chunks;
}

function framesOf<Frame>(found: Decoded<Frame>[]): Frame[] {
  return found.flatMap((item) => (item.ok ? [item.frame] : []));
}

function droppedOf(found: Decoded<unknown>[]): number {
  return found.reduce((sum, item) => sum + (item.ok ? 0 : item.dropped), 0);
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 8 });

describe.each(codecs)('$name', ({ open, cap, reports }) => {
  it('takes any bytes without throwing, and never holds more than its cap', () => {
    const steps = fc.array(fc.record({ bytes: anyBytes(reports), idle: fc.boolean() }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, (rows) => {
        const decoder = open();
        let given = 0;
        let dropped = 0;
        for (const { bytes, idle } of rows) {
          const found = decoder.push(Uint8Array.from(bytes));
          expect(decoder.pending).toBeLessThanOrEqual(cap);
          for (const item of found) if (!item.ok) expect(item.dropped).toBeGreaterThan(0);
          given += bytes.length;
          dropped += droppedOf(found);
          // Nothing is told twice.
          expect(dropped).toBeLessThanOrEqual(given);
          if (!idle) continue;
          dropped += droppedOf(decoder.idle());
          expect(decoder.pending).toBe(0);
          expect(decoder.idle()).toEqual([]);
        }
      }),
      { numRuns: 300 },
    );
  });

  if (reports) return;

  it('finds the same frames whatever the chunks', () => {
    fc.assert(
      fc.property(fc.array(anyByte, { maxLength: 120 }), chunkSizes, (bytes, sizes) => {
        const whole = open();
        const apart = open();
        const all = Uint8Array.from(bytes);
        const found = [...whole.push(all), ...whole.idle()];
        const pieces = [...cut(all, sizes).flatMap((chunk) => apart.push(chunk)), ...apart.idle()];
        expect(framesOf(pieces)).toEqual(framesOf(found));
        expect(droppedOf(pieces)).toBe(droppedOf(found));
      }),
      { numRuns: 300 },
    );
  });
});

describe('frames in noise', () => {
  const tags = fc.array(
    fc.record({
      raw: fc.bigInt({ min: 0n, max: (1n << 40n) - 1n }),
      layout: fc.constantFrom('rdm6300' as const, 'id12' as const),
      noise: fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x02, 0x41)), { maxLength: 12 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

  it('of RDM6300 are all found', () => {
    fc.assert(
      fc.property(tags, chunkSizes, (rows, sizes) => {
        const expected = rows.map(({ raw }) => required(numberCredential('em4100', 40, raw)));
        const bytes = rows.flatMap(({ noise, layout }, index) => [
          ...noise,
          ...(encodeRdm6300(required(expected[index]), layout) ?? []),
        ]);
        const decoder = rdm6300Decoder();
        const found = framesOf(cut(Uint8Array.from(bytes), sizes).flatMap((chunk) => decoder.push(chunk)));
        expect(found).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('of text behind a control character are all found', () => {
    const lines = fc.array(
      fc.record({
        text: fc.stringMatching(/^[ -~]{1,16}$/),
        noise: fc.array(
          fc.nat(255).filter((byte) => byte !== 0x03),
          { maxLength: 40 },
        ),
      }),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(lines, chunkSizes, (rows, sizes) => {
        const bytes = rows.flatMap(({ text, noise }) => [
          ...noise,
          0x02,
          ...new TextEncoder().encode(text),
          0x03,
        ]);
        const decoder = textLineDecoder({ prefix: '\x02', suffix: '\x03', maxLength: 16 });
        const found = framesOf(cut(Uint8Array.from(bytes), sizes).flatMap((chunk) => decoder.push(chunk)));
        expect(found).toEqual(rows.map(({ text }) => text));
      }),
      { numRuns: 300 },
    );
  });

  it('of relay commands are all found', () => {
    const commands = fc.array(
      fc.record({
        channel: fc.integer({ min: 1, max: 8 }),
        on: fc.boolean(),
        // Its first byte alone can be mistaken for a command's beginning, and is tested by the damaged ones.
        noise: fc.array(fc.nat(0x9f), { maxLength: 10 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(commands, chunkSizes, (rows, sizes) => {
        const bytes = rows.flatMap(({ channel, on, noise }) => [...noise, ...encodeLcus(channel, on)]);
        const decoder = lcusDecoder();
        const found = framesOf(cut(Uint8Array.from(bytes), sizes).flatMap((chunk) => decoder.push(chunk)));
        expect(found).toEqual(rows.map(({ channel, on }) => ({ channel, on })));
      }),
    );
  });
});
