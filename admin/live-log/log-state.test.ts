import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LogRow, logFilter } from '../../server/contract/log.ts';
import { emptyLog, fits, keptRows, type LogState, readFilter, reduceLog, withField } from './log-state.ts';

function row(
  seq: number,
  data: Record<string, unknown> = {},
  type: LogRow['event']['type'] = 'passage.granted',
) {
  return { event: { school: 's', seq, at: seq * 1000, v: 1, type, data, hash: '' } } satisfies LogRow;
}
const seqs = (rows: readonly LogRow[]) => rows.map(({ event }) => event.seq);
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => row(from + index));
const page = (from: number, to: number, next?: number) =>
  ({ type: 'page', rows: range(from, to).reverse(), next }) as const;

describe('the live log', () => {
  it('joins a page with what came live while it was asked for, each row once', () => {
    let state = reduceLog(emptyLog, { type: 'live', rows: range(8, 11) });
    state = reduceLog(state, page(4, 9, 4));
    expect(seqs(state.rows)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    expect(state.next).toBe(4);
  });

  it('lets new rows wait while paused and shows them on resuming', () => {
    let state = reduceLog(emptyLog, page(1, 3));
    state = reduceLog(state, { type: 'pause' });
    state = reduceLog(state, { type: 'live', rows: range(4, 5) });
    expect(seqs(state.rows)).toEqual([3, 2, 1]);
    expect(state.waiting).toHaveLength(2);
    state = reduceLog(state, { type: 'resume' });
    expect(seqs(state.rows)).toEqual([5, 4, 3, 2, 1]);
    expect(state.waiting).toEqual([]);
  });

  it('loads older pages below, and knows the end', () => {
    let state = reduceLog(emptyLog, page(5, 6, 5));
    state = reduceLog(state, page(3, 4));
    expect(seqs(state.rows)).toEqual([6, 5, 4, 3]);
    expect(state.next).toBeNull();
  });

  it('lets the oldest rows go, and can ask for them again', () => {
    let state = reduceLog(emptyLog, page(1, keptRows));
    state = reduceLog(state, { type: 'live', rows: range(keptRows + 1, keptRows + 10) });
    expect(state.rows).toHaveLength(keptRows);
    expect(state.rows.at(-1)?.event.seq).toBe(11);
    expect(state.next).toBe(11);
  });

  it('has every row once and in order, however pages, live rows and pauses interleave', () => {
    const action = fc.oneof(
      fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }).map((list) => {
        const rows = [...new Set(list)].sort((a, b) => a - b).map((seq) => row(seq));
        return { type: 'live' as const, rows };
      }),
      fc
        .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 10 }))
        .map(([from, n]) => page(from, from + n, from)),
      fc.constant({ type: 'pause' as const }),
      fc.constant({ type: 'resume' as const }),
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
        let state: LogState = emptyLog;
        const wanted = new Set<number>();
        for (const each of actions) {
          state = reduceLog(state, each);
          if ('rows' in each) for (const { event } of each.rows) wanted.add(event.seq);
        }
        const shown = seqs(reduceLog(reduceLog(state, { type: 'pause' }), { type: 'resume' }).rows);
        expect(shown).toEqual([...wanted].sort((a, b) => b - a));
      }),
    );
  });
});

describe('the filter', () => {
  const denied = row(
    1,
    { gateId: 'g', laneId: 'l', direction: 'in', reason: 'no-rule', cardholderId: 'p' },
    'passage.denied',
  );

  it.each([
    [{ gateId: 'g' }, { gateId: 'other' }],
    [{ laneId: 'l' }, { laneId: 'other' }],
    [{ direction: 'in' }, { direction: 'out' }],
    [{ result: 'denied' }, { result: 'granted' }],
    [{ reason: 'no-rule' }, { reason: 'anti-passback' }],
    [{ cardholderId: 'p' }, { cardholderId: 'q' }],
    [{ from: 1000 }, { from: 1001 }],
    [{ to: 1001 }, { to: 1000 }],
  ] as const)('%j holds, %j does not', (yes, no) => {
    expect(fits(denied, yes)).toBe(true);
    expect(fits(denied, no)).toBe(false);
  });

  it('does not take the reason of anything but a refusal', () => {
    expect(fits(row(1, { reason: 'no-rule' }, 'lane.opened'), { reason: 'no-rule' })).toBe(false);
  });

  it('reads what is valid of an address and leaves the rest', () => {
    const parse = (raw: object) => logFilter.safeParse(raw).data;
    const search = new URLSearchParams('direction=in&result=nonsense&gateId=g&other=1');
    expect(readFilter(search, parse)).toEqual({ direction: 'in', gateId: 'g' });
  });

  it('clears the lane with the gate, and a reason with another result', () => {
    const search = new URLSearchParams('gateId=g&laneId=l&result=denied&reason=no-rule');
    expect(withField(search, 'gateId', 'h').toString()).toBe('gateId=h&result=denied&reason=no-rule');
    expect(withField(search, 'result', 'granted').get('reason')).toBeNull();
    expect(withField(new URLSearchParams(), 'reason', 'no-rule').get('result')).toBe('denied');
  });
});
