import { expect, it } from 'vitest';
import type { LogRow } from '../../server/contract/log.ts';
import { foldOutcomes } from './fold.ts';

const row = (seq: number, type: string, data: Record<string, unknown> = {}) =>
  ({ event: { seq, type, data } }) as unknown as LogRow;
const grant = row(1, 'passage.granted');
const denied = row(2, 'passage.denied');
const outcome = row(3, 'passage.outcome', { of: 1, outcome: 'entered' });

it('puts the outcome on the line of its grant, in the place of the grant', () => {
  expect(foldOutcomes([outcome, denied, grant])).toEqual([{ row: denied }, { row: grant, outcome }]);
});

it('leaves a grant without an outcome, and an outcome without its grant, on lines of their own', () => {
  expect(foldOutcomes([denied, grant])).toEqual([{ row: denied }, { row: grant }]);
  expect(foldOutcomes([outcome, denied])).toEqual([{ row: outcome }, { row: denied }]);
  const spilled = row(4, 'passage.outcome', { outcome: 'entered' });
  expect(foldOutcomes([spilled, grant])).toEqual([{ row: spilled }, { row: grant }]);
});
