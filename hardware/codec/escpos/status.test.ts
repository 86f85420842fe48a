import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PrinterCondition } from '../../paper.ts';
import {
  conditionOf,
  decodeStatus,
  encodeMark,
  encodeStatus,
  encodeStatusRequest,
  statusQuestions,
} from './status.ts';

const answers = (one: number, two: number, three: number, four: number) =>
  conditionOf({ 1: one, 2: two, 3: three, 4: four });

it('reads what the manual names', () => {
  expect([...encodeStatusRequest(4)]).toEqual([0x10, 0x04, 0x04]);
  expect(answers(0x12, 0x12, 0x12, 0x12)).toBe('ready');
  expect(answers(0x12, 0x12, 0x12, 0x1e)).toBe('paper-low');
  expect(answers(0x1a, 0x32, 0x12, 0x7e)).toBe('paper-out');
  expect(answers(0x1a, 0x12, 0x12, 0x72)).toBe('paper-out');
  // An open cover hides the paper.
  expect(answers(0x1a, 0x36, 0x12, 0x7e)).toBe('cover-open');
  expect(answers(0x1a, 0x52, 0x1a, 0x12)).toBe('error');
  expect(answers(0x1a, 0x12, 0x52, 0x12)).toBe('error');
  expect(answers(0x1a, 0x12, 0x12, 0x12)).toBe('offline');
});

it('takes any byte for a state, for the mark of a page, or for nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 255 }), (byte) => {
      const found = decodeStatus(byte);
      if (byte >= 0x80) expect(found).toBeUndefined();
      if (found?.kind === 'status') expect(byte & 0x93).toBe(0x12);
      if (found?.kind === 'mark') expect(byte & 0x10).toBe(0);
    }),
  );
  for (const flow of [0x11, 0x13]) expect(decodeStatus(flow)).toBeUndefined();
});

it.each<PrinterCondition>(['ready', 'paper-low', 'paper-out', 'cover-open', 'error', 'offline'])(
  'comes from the printer as %s and is read as that',
  (condition) => {
    const [one = 0, two = 0, three = 0, four = 0] = statusQuestions.map((each) =>
      encodeStatus(condition, each),
    );
    for (const byte of [one, two, three, four]) {
      expect(decodeStatus(byte)).toEqual({ kind: 'status', bits: byte });
    }
    expect(answers(one, two, three, four)).toBe(condition);
    expect(decodeStatus(encodeMark(condition))).toEqual({ kind: 'mark' });
  },
);
