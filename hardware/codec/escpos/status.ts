import type { PrinterCondition } from '../../paper.ts';

/**
 * What a printer answers: one byte each (Epson, "ESC/POS Command Reference", DLE EOT and GS r).
 *
 *   10 04 n     DLE EOT    asked and answered at once, also while the printer stands still
 *     answer 0xx1xx10      in all four: bits 0 and 7 clear, 1 and 4 set
 *     n 1  printer         bit 3 off line
 *     n 2  why off line    bit 2 cover open · 5 stopped for want of paper · 6 error
 *     n 3  error           bit 3 cutter · 5 not to be recovered from · 6 passes by itself (head too hot)
 *     n 4  paper           bits 2, 3 near its end · 5, 6 at its end
 *   1D 72 01    GS r       answered in its turn, when all before it is done
 *     answer 0xx0xxxx      bits 4 and 7 clear
 *
 * XON and XOFF (11, 13) are neither: they have bits 0 and 4 set.
 */
export const statusQuestions = [1, 2, 3, 4] as const;
export type StatusQuestion = (typeof statusQuestions)[number];

export function encodeStatusRequest(question: StatusQuestion): Uint8Array {
  return Uint8Array.of(0x10, 0x04, question);
}

export type StatusByte = { kind: 'status'; bits: number } | { kind: 'mark' };

/** Of any byte; undefined for one that is no answer. */
export function decodeStatus(byte: number): StatusByte | undefined {
  if ((byte & 0x93) === 0x12) return { kind: 'status', bits: byte };
  return (byte & 0x90) === 0 ? { kind: 'mark' } : undefined;
}

/** By the bits of the four answers. An open cover comes first: with it open, most printers see no paper either. */
export function conditionOf(answers: Readonly<Record<StatusQuestion, number>>): PrinterCondition {
  const has = (question: StatusQuestion, mask: number) => (answers[question] & mask) !== 0;
  if (has(2, 0x04)) return 'cover-open';
  if (has(4, 0x60) || has(2, 0x20)) return 'paper-out';
  if (has(3, 0x68) || has(2, 0x40)) return 'error';
  if (has(1, 0x08)) return 'offline';
  return has(4, 0x0c) ? 'paper-low' : 'ready';
}

/** The printer's side of it. */
export function encodeStatus(condition: PrinterCondition, question: StatusQuestion): number {
  const stopped = condition !== 'ready' && condition !== 'paper-low';
  const bits = {
    1: stopped ? 0x08 : 0,
    2: { 'cover-open': 0x04, 'paper-out': 0x20, error: 0x40 }[condition as string] ?? 0,
    3: condition === 'error' ? 0x08 : 0,
    4: { 'paper-out': 0x6c, 'paper-low': 0x0c }[condition as string] ?? 0,
  };
  return 0x12 | bits[question];
}

export function encodeMark(condition: PrinterCondition): number {
  return condition === 'paper-low' ? 0x03 : 0;
}
