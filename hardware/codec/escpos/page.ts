import type { PaperPart } from '../../paper.ts';
import { encodeGb18030 } from './gb18030.ts';
import { breakLines, widthOf } from './lines.ts';

/**
 * A page for a receipt printer (Epson, "ESC/POS Command Reference", by the names of the commands):
 *
 *   1B 40            ESC @      settings as at power-on
 *   1C 26            FS &       Chinese characters: from here on a byte above 80 begins one, in GB 18030
 *   1B 61 n          ESC a      0 left, 1 centred
 *   1D 21 n          GS !       size of all characters: width in the high four bits, height in the low ones, from 0
 *   1B 45 n          ESC E      1 bold
 *   1D 42 n          GS B       1 white on black
 *   text 0A          LF         prints the line
 *   1D 76 30 m x y   GS v 0     picture: x bytes a row, y rows, two bytes each, low byte first; m 3: each dot doubled
 *   1D 56 42 n       GS V       feeds to the cutter and n dots more, and cuts; a printer without a cutter tears there
 *   1D 72 01         GS r       asks for the state of the paper, in its turn: the answer says that all before it is done
 *
 * Text goes by the printer's own fonts and the code as a picture. The server has no fonts to draw Chinese with, and each
 * printer that is sold in China has them; its own drawing of QR codes (GS ( k) is what the older and the cheaper ones
 * lack or draw at an error level of their own, while all of them have known GS v 0 from the beginning.
 */
export interface Paper {
  /** Dots across; 576 on paper of 80 mm, 384 on 58 mm, at eight a millimetre. */
  dots: number;
}

export const paperOf = { 80: { dots: 576 }, 58: { dots: 384 } } as const satisfies Record<number, Paper>;

const dotsPerMillimetre = 8;
/** Font A is 12 dots wide, a Chinese character 24. */
const columnDots = 12;
const largest = 4;
/** Dots of the picture that stand for one of its squares before the printer doubles them; see `encodePicture`. */
const leastScale = 2;

export const markRequest: readonly number[] = [0x1d, 0x72, 0x01];

/** The whole page, cut off at its end, and the request whose answer says that it is done. */
export function encodePage(parts: readonly PaperPart[], paper: Paper): Uint8Array {
  const bytes = [0x1b, 0x40, 0x1c, 0x26];
  for (const part of parts) bytes.push(...encodePart(part, paper));
  bytes.push(0x1d, 0x56, 0x42, 0x00, ...markRequest);
  return Uint8Array.from(bytes);
}

function encodePart(part: PaperPart, paper: Paper): number[] {
  const columns = Math.floor(paper.dots / columnDots);
  switch (part.kind) {
    case 'rule':
      return [...look({ size: 1 }), ...encodeGb18030('-'.repeat(columns)), 0x0a];
    case 'picture':
      return encodePicture(part.rows, part.millimetres, paper);
    case 'text': {
      const { text, size = 1 } = part;
      const times = size === 'fit' ? fitting(text, columns) : size;
      const lines = breakLines(text, Math.floor(columns / times));
      return [...look({ ...part, size: times }), ...lines.flatMap((line) => [...encodeGb18030(line), 0x0a])];
    }
  }
}

/** A text that no size fits on one line is twice as large on several. */
function fitting(text: string, columns: number): number {
  for (let times = largest; times > 2; times -= 1) if (widthOf(text) * times <= columns) return times;
  return 2;
}

function look(part: { size: number; centred?: boolean; bold?: boolean; inverse?: boolean }): number[] {
  const { size, centred = false, bold = false, inverse = false } = part;
  return [
    ...[0x1b, 0x61, Number(centred)],
    ...[0x1d, 0x21, ((size - 1) << 4) | (size - 1)],
    ...[0x1b, 0x45, Number(bold)],
    ...[0x1d, 0x42, Number(inverse)],
  ];
}

/**
 * Each square is at least two dots of the picture, which the printer doubles (m 3): a quarter of the bytes. And no
 * byte of it is 10, one dot alone, so that nothing in it can be taken for DLE, which printers obey in the midst of data.
 */
function encodePicture(
  rows: readonly (readonly boolean[])[],
  millimetres: number,
  { dots }: Paper,
): number[] {
  const squares = Math.max(1, ...rows.map((row) => row.length));
  const wide = Math.min(dots, millimetres * dotsPerMillimetre);
  const scale = Math.max(leastScale, Math.floor(wide / (2 * squares)));
  const rowBytes = Math.ceil((squares * scale) / 8);
  const height = rows.length * scale;
  const header = [0x1d, 0x76, 0x30, 0x03, rowBytes & 0xff, rowBytes >> 8, height & 0xff, height >> 8];
  const drawn = rows.flatMap((row) => {
    const line = Array.from({ length: rowBytes }, () => 0);
    for (let at = 0; at < row.length * scale; at += 1) {
      if (row[Math.floor(at / scale)]) line[at >> 3] = (line[at >> 3] ?? 0) | (0x80 >> (at & 7));
    }
    return Array.from({ length: scale }, () => line).flat();
  });
  return [...look({ size: 1, centred: true }), ...header, ...drawn, 0x0a];
}
