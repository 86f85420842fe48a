import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PaperPart } from '../../paper.ts';
import { encodePage, type Paper, paperOf } from './page.ts';
import { longestCommand, type PrinterCommand, printerDecoder } from './printer-side.ts';

const wide: Paper = paperOf[80];

function readBack(bytes: Uint8Array): PrinterCommand[] {
  const decoder = printerDecoder();
  const items = decoder.push(bytes);
  expect(decoder.pending).toBe(0);
  return items.map((item) => {
    if (!item.ok) throw new Error(`not a command: ${item.error}`);
    return item.frame;
  });
}

const linesOf = (parts: PaperPart[], paper = wide) =>
  readBack(encodePage(parts, paper)).flatMap((each) => (each.command === 'line' ? [each.text] : []));
const sizeOf = (text: string) =>
  readBack(encodePage([{ kind: 'text', text, size: 'fit' }], wide)).flatMap((each) =>
    each.command === 'size' ? [each.value] : [],
  );

it('writes the bytes of the manual', () => {
  expect([...encodePage([{ kind: 'text', text: '李', size: 2, centred: true, bold: true }], wide)]).toEqual([
    ...[0x1b, 0x40, 0x1c, 0x26],
    ...[0x1b, 0x61, 1, 0x1d, 0x21, 0x11, 0x1b, 0x45, 1, 0x1d, 0x42, 0],
    ...[0xc0, 0xee, 0x0a],
    ...[0x1d, 0x56, 0x42, 0, 0x1d, 0x72, 1],
  ]);
  const square = [[true, false]];
  // Two squares on two millimetres, sixteen dots: each four wide, and doubled by the printer.
  const bytes = encodePage([{ kind: 'picture', rows: square, millimetres: 2 }], wide);
  const at = bytes.findIndex((byte, index) => byte === 0x1d && bytes[index + 1] === 0x76);
  expect([...bytes.subarray(at, at + 12)]).toEqual([
    ...[0x1d, 0x76, 0x30, 3, 1, 0, 4, 0],
    ...[0xf0, 0xf0, 0xf0, 0xf0],
  ]);
});

it('fills the line and no more, on both widths of paper', () => {
  expect(linesOf([{ kind: 'rule' }])).toEqual(['-'.repeat(48)]);
  expect(linesOf([{ kind: 'rule' }], paperOf[58])).toEqual(['-'.repeat(32)]);
  expect(sizeOf('李小明')).toEqual([0x33]);
  expect(sizeOf('欧阳娜娜小明')).toEqual([0x33]);
  expect(sizeOf('Alexandra Smith')).toEqual([0x22]);
  expect(sizeOf('Alexandra Maria Smith-Winterbottom')).toEqual([0x11]);
});

it('draws squares as they are, within the width', () => {
  const rows = fc.integer({ min: 1, max: 60 }).chain((size) =>
    fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  );
  fc.assert(
    fc.property(rows, fc.constantFrom(wide, paperOf[58]), (squares, paper) => {
      const bytes = encodePage([{ kind: 'picture', rows: squares, millimetres: 38 }], paper);
      const [picture] = readBack(bytes).flatMap((each) => (each.command === 'picture' ? [each.rows] : []));
      const across = picture?.[0]?.length ?? 0;
      expect(across).toBeLessThanOrEqual(paper.dots);
      const scale = (picture?.length ?? 0) / squares.length;
      expect(Number.isInteger(scale)).toBe(true);
      for (const [y, row] of squares.entries()) {
        for (const [x, square] of row.entries()) {
          expect(picture?.[y * scale + 1]?.[x * scale + 1]).toBe(square);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('holds no DLE, whatever it says and draws: a printer would obey it in the midst of the page', () => {
  const parts = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary' }) }),
      fc.record({
        kind: fc.constant('picture' as const),
        rows: fc.array(fc.array(fc.boolean(), { minLength: 8, maxLength: 40 }), { maxLength: 12 }),
        millimetres: fc.integer({ min: 1, max: 40 }),
      }),
    ),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(parts, (page) => {
      const bytes = encodePage(page, wide);
      // As the height of a picture it may stand there; never before EOT.
      bytes.forEach((byte, at) => {
        if (byte === 0x10) expect(bytes[at + 1]).not.toBe(0x04);
      });
      readBack(bytes);
    }),
  );
});

it('reads any bytes of a host without a throw, and holds no more than a picture', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
      const decoder = printerDecoder();
      for (const chunk of chunks) {
        decoder.push(chunk);
        expect(decoder.pending).toBeLessThanOrEqual(longestCommand);
      }
    }),
  );
});
