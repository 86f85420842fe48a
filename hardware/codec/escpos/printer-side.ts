/** The printer's side of the line: the commands of page.ts and status.ts, read back. */
import type { Decoder } from '../decoder.ts';
import { type Scan, scanningDecoder } from '../scan.ts';
import { type StatusQuestion, statusQuestions } from './status.ts';

export type PrinterCommand =
  | { command: 'reset' | 'chinese' | 'cut' | 'mark' }
  | { command: 'status'; question: StatusQuestion }
  | { command: 'align' | 'size' | 'bold' | 'inverse'; value: number }
  | { command: 'line'; text: string }
  /** As it comes on paper, true for black. */
  | { command: 'picture'; rows: boolean[][] };

/** The longest picture that a page has, and what stands around it. */
export const longestCommand = 16_384;

export function printerDecoder(): Decoder<PrinterCommand> {
  const text = new TextDecoder('gb18030');
  return scanningDecoder(longestCommand, (bytes) => scan(bytes, text));
}

const fixed: readonly { start: readonly number[]; value: boolean; command: PrinterCommand['command'] }[] = [
  { start: [0x1b, 0x40], value: false, command: 'reset' },
  { start: [0x1c, 0x26], value: false, command: 'chinese' },
  { start: [0x1b, 0x61], value: true, command: 'align' },
  { start: [0x1b, 0x45], value: true, command: 'bold' },
  { start: [0x1d, 0x21], value: true, command: 'size' },
  { start: [0x1d, 0x42], value: true, command: 'inverse' },
  { start: [0x1d, 0x56, 0x42], value: true, command: 'cut' },
  { start: [0x1d, 0x72, 0x01], value: false, command: 'mark' },
];

function scan(bytes: Uint8Array, decoder: TextDecoder): Scan<PrinterCommand> {
  const [first = 0, second, third] = bytes;
  if (first === 0x0a || first >= 0x20) {
    const end = bytes.indexOf(0x0a);
    if (end < 0) return 'more';
    return { length: end + 1, frame: { command: 'line', text: decoder.decode(bytes.subarray(0, end)) } };
  }
  if (second === undefined) return [0x10, 0x1b, 0x1c, 0x1d].includes(first) ? 'more' : 'framing';
  if (first === 0x10) {
    if (third === undefined) return second === 0x04 ? 'more' : 'framing';
    const question = statusQuestions.find((each) => each === third);
    return question && second === 0x04 ? { length: 3, frame: { command: 'status', question } } : 'framing';
  }
  if (first === 0x1d && second === 0x76) return scanPicture(bytes);
  for (const { start, value, command } of fixed) {
    if (!start.every((byte, index) => bytes[index] === undefined || bytes[index] === byte)) continue;
    const length = start.length + Number(value);
    if (bytes.length < length) return 'more';
    return { length, frame: { command, value: bytes[start.length] ?? 0 } as PrinterCommand };
  }
  return 'framing';
}

function scanPicture(bytes: Uint8Array): Scan<PrinterCommand> {
  const [, , , mode = 0, xLow = 0, xHigh = 0, yLow = 0, yHigh = 0] = bytes;
  if (bytes.length < 8) return 'more';
  const rowBytes = xLow | (xHigh << 8);
  const height = yLow | (yHigh << 8);
  const length = 8 + rowBytes * height;
  if (length > longestCommand) return 'overflow';
  if (bytes.length < length) return 'more';
  const across = mode & 1 ? 2 : 1;
  const down = mode & 2 ? 2 : 1;
  const rows = Array.from({ length: height * down }, (_, y) => {
    const start = 8 + Math.floor(y / down) * rowBytes;
    return Array.from({ length: rowBytes * 8 * across }, (_, x) => {
      const at = Math.floor(x / across);
      return ((bytes[start + (at >> 3)] ?? 0) & (0x80 >> (at & 7))) !== 0;
    });
  });
  return { length, frame: { command: 'picture', rows } };
}
