import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../server/contract/log.ts';
import {
  addRows as addRowsAt,
  currentOf,
  isBad,
  keptMoments,
  type LaneView,
  lightOf,
  recentOf,
  shrinkFor,
  soundOf,
  whoOf,
  widthOf,
} from './lane-view.ts';

function row(seq: number, type: LogRow['event']['type'], data: Record<string, unknown> = {}): LogRow {
  return { event: { school: 's', seq, at: seq * 1000, v: 1, type, data, hash: '' } };
}
/** Rows that come in live, at 0 of the page's clock, unless the test says otherwise. */
const addRows = (
  view: LaneView,
  rows: readonly LogRow[],
  now = 0,
  ageOf: (row: LogRow) => number = () => 0,
): LaneView => addRowsAt(view, rows, now, ageOf);
const granted = (seq: number) => row(seq, 'passage.granted');
const denied = (seq: number) => row(seq, 'passage.denied');

describe('the lane screen', () => {
  it('keeps the newest, each once, whatever order they come in', () => {
    const view = addRows(addRows([], [9, 8, 7, 6, 5, 4, 3].map(granted)), [granted(9), denied(10)]);
    expect(view.map(({ row: { event } }) => event.seq)).toEqual([10, 9, 8, 7, 6, 5]);
    expect(view).toHaveLength(keptMoments);
  });

  it('shows passages, openings and lane alarms, and nothing else', () => {
    const view = addRows(
      [],
      [row(1, 'session.started'), row(2, 'lane.opened'), row(3, 'lane.forced'), row(4, 'lane.rex')],
    );
    expect(view.map(({ row: { event } }) => event.type)).toEqual(['lane.forced', 'lane.opened']);
  });

  it('joins an outcome to its passage, in the same batch or later', () => {
    const outcome = row(3, 'passage.outcome', { of: 1, outcome: 'not-entered' });
    expect(addRows([], [granted(1), outcome])[0]?.outcome).toBe('not-entered');
    expect(addRows(addRows([], [granted(1)]), [outcome])[0]?.outcome).toBe('not-entered');
    expect(addRows([], [granted(2), outcome])[0]?.outcome).toBeUndefined();
  });

  it('holds a lane that could not be opened for as bad as a refusal', () => {
    expect(isBad({ row: granted(1) })).toBe(false);
    expect(isBad({ row: granted(1), outcome: 'relay-fault' })).toBe(true);
    expect(isBad({ row: row(1, 'lane.opened'), outcome: 'relay-fault' })).toBe(true);
  });

  it('is amber for a grant that is worth a look: flagged, or nobody went through', () => {
    expect(lightOf({ row: granted(1) })).toBe('good');
    expect(lightOf({ row: granted(1), outcome: 'entered' })).toBe('good');
    expect(lightOf({ row: row(1, 'passage.granted', { flags: ['store-fault'] }) })).toBe('warn');
    expect(lightOf({ row: granted(1), outcome: 'not-entered' })).toBe('warn');
    expect(lightOf({ row: row(1, 'lane.opened'), outcome: 'relay-unknown' })).toBe('warn');
    expect(
      lightOf({ row: row(1, 'passage.granted', { flags: ['lane-free'] }), outcome: 'relay-fault' }),
    ).toBe('bad');
    expect(lightOf({ row: denied(1) })).toBe('bad');
  });

  it('shows a refusal longer than a grant, and neither for ever', () => {
    const shownAfter = (view: LogRow, seconds: number) =>
      currentOf(addRows([], [view], 5_000), 5_000 + seconds * 1000);
    expect(shownAfter(granted(1), 7)).toBeDefined();
    expect(shownAfter(granted(1), 9)).toBeUndefined();
    expect(shownAfter(denied(1), 19)).toBeDefined();
    expect(shownAfter(denied(1), 21)).toBeUndefined();
  });

  it('takes a row for as old as it is when it comes in, and as young as any way by which it came', () => {
    const shown = (view: LaneView) => currentOf(view, 10_000)?.row.event.seq;
    const old = addRows([], [granted(1)], 10_000, () => 9_000);
    expect(shown(old)).toBeUndefined();
    expect(shown(addRows([], [granted(1)], 10_000, () => Number.POSITIVE_INFINITY))).toBeUndefined();
    expect(shown(addRows([], [granted(1)], 10_000, () => 1_000))).toBe(1);
    expect(shown(addRows(old, [granted(1)], 9_000))).toBe(1);
    expect(shown(addRows(addRows([], [granted(1)], 9_000), [granted(1)], 10_000, () => 9_000))).toBe(1);
  });

  it('lists five beside the large one, and five when there is none', () => {
    const view = addRows([], [1, 2, 3, 4, 5, 6].map(granted));
    expect(recentOf(view, view[0]).map(({ row: { event } }) => event.seq)).toEqual([5, 4, 3, 2, 1]);
    expect(recentOf(view, undefined)).toHaveLength(5);
  });

  it('sounds by the newest result, and for no outcome but that the lane could not be opened', () => {
    expect(soundOf([denied(1), granted(2)])).toBe('granted');
    expect(soundOf([granted(1), denied(2), row(3, 'passage.outcome')])).toBe('refused');
    expect(soundOf([granted(1), row(2, 'passage.outcome', { outcome: 'entered' })])).toBe('granted');
    expect(soundOf([granted(1), row(2, 'passage.outcome', { outcome: 'relay-fault' })])).toBe('refused');
    expect(soundOf([row(1, 'lane.release-outcome', { outcome: 'relay-fault' })])).toBe('refused');
    expect(soundOf([row(1, 'lane.forced')])).toBe('refused');
    expect(soundOf([row(1, 'session.started')])).toBeUndefined();
  });
});

it('names a cardholder, who opened by hand, or the forced lane', () => {
  const cardholder = {
    id: 'p',
    name: 'P',
    unit: null,
    kind: 'student',
    number: null,
    photoId: null,
  } as const;
  expect(whoOf({ ...granted(1), cardholder, actor: 'A', lane: 'L' })).toBe('P');
  expect(whoOf({ ...denied(1), actor: 'A', lane: 'L' })).toBeUndefined();
  expect(whoOf({ ...row(1, 'lane.opened'), actor: 'A', lane: 'L' })).toBe('A');
  expect(whoOf({ ...row(1, 'lane.forced'), lane: 'L' })).toBe('L');
});

describe('long texts', () => {
  it('counts a Chinese character as two letters', () => {
    expect(widthOf('李明a')).toBe(5);
  });
  it('shrinks only what is too long, and not to nothing', () => {
    expect(shrinkFor('Li', 20)).toBe(1);
    expect(shrinkFor('x'.repeat(40), 20)).toBe(0.5);
    expect(shrinkFor('x'.repeat(400), 20)).toBe(0.45);
  });
});
