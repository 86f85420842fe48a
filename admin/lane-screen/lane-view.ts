/** What the guard sees of a lane: the last passages, and the one that fills the screen now. Pure. */
import type { LogFilter, LogRow } from '../../server/contract/log.ts';
import type { PassageOutcome } from '../../server/contract/words.ts';
import { outcomeTone, toneOf } from '../events/sentence.ts';

export interface Moment {
  row: LogRow;
  /** When it happened by this page's `performance.now()`, which nobody can set. */
  since: number;
  /** What became of a granted passage, once it is known. */
  outcome?: PassageOutcome;
}

/** Newest first. */
export type LaneView = readonly Moment[];

/** The one on the screen and the five before it. */
export const keptMoments = 6;

/** How long a result stays large: a person who comes later must not be taken for the one before. */
const holdMs = { good: 8_000, warn: 14_000, bad: 20_000 } as const;

const shownTypes: ReadonlySet<string> = new Set([
  'passage.granted',
  'passage.denied',
  'lane.opened',
  'lane.forced',
  'lane.held',
]);

/**
 * Adds rows in any order, each once; outcomes are joined to their passage.
 * @param now `performance.now()` as they come in
 * @param ageOf how long ago each happened then, ms
 */
export function addRows(
  view: LaneView,
  rows: readonly LogRow[],
  now: number,
  ageOf: (row: LogRow) => number,
): LaneView {
  const moments = new Map(view.map((moment) => [moment.row.event.seq, moment]));
  for (const row of rows) {
    if (!shownTypes.has(row.event.type)) continue;
    const since = now - ageOf(row);
    const known = moments.get(row.event.seq);
    // The log and the live feed may both bring it: seen come in live, it is as young as that.
    moments.set(row.event.seq, known ? { ...known, since: Math.max(known.since, since) } : { row, since });
  }
  for (const { event } of rows) {
    if (event.type !== 'passage.outcome' && event.type !== 'lane.release-outcome') continue;
    const moment = moments.get(Number(event.data.of));
    if (moment)
      moments.set(moment.row.event.seq, { ...moment, outcome: event.data.outcome as PassageOutcome });
  }
  return [...moments.values()].sort((a, b) => b.row.event.seq - a.row.event.seq).slice(0, keptMoments);
}

/** Whether it is a refusal, an alarm, or a lane that could not be opened: red, with the low tone. */
export function isBad({ row, outcome }: Pick<Moment, 'row' | 'outcome'>): boolean {
  if (outcome === 'relay-fault') return true;
  return row.event.type !== 'passage.granted' && row.event.type !== 'lane.opened';
}

/** The colour of the screen: green, red, or amber for a grant that is worth a look. */
export function lightOf(moment: Pick<Moment, 'row' | 'outcome'>): 'good' | 'warn' | 'bad' {
  if (isBad(moment)) return 'bad';
  const { row, outcome } = moment;
  return toneOf(row) === 'warn' || outcomeTone(outcome) === 'warn' ? 'warn' : 'good';
}

/** The newest moment while it is fresh; `now` by the same clock as `since`. */
export function currentOf(view: LaneView, now: number): Moment | undefined {
  const [newest] = view;
  if (newest === undefined) return undefined;
  return now - newest.since < holdMs[lightOf(newest)] ? newest : undefined;
}

/** The last five beside the one that is shown large. */
export function recentOf(view: LaneView, current: Moment | undefined): LaneView {
  return view.filter((moment) => moment !== current).slice(0, keptMoments - 1);
}

/** The sound of newly come rows: the newest that has one decides. A lane that could not be opened turns red, aloud. */
export function soundOf(rows: readonly LogRow[]): 'granted' | 'refused' | undefined {
  const newest = rows.filter(({ event }) => shownTypes.has(event.type) || isFault(event)).at(-1);
  return newest && (isBad({ row: newest }) || isFault(newest.event) ? 'refused' : 'granted');
}

const isFault = ({ type, data }: LogRow['event']) =>
  (type === 'passage.outcome' || type === 'lane.release-outcome') && data.outcome === 'relay-fault';

/** Whom or what a moment is of: the cardholder, who opened by hand, the lane that was forced. */
export function whoOf({ event, cardholder, actor, lane }: LogRow): string | undefined {
  if (event.type === 'lane.opened') return actor ?? lane;
  return event.type.startsWith('passage.') ? cardholder?.name : lane;
}

/** How much of a line a text takes: a Chinese character is as wide as two Latin letters. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += /[\u2e80-\uffff]/.test(character) ? 2 : 1;
  return width;
}

/** A factor for the font size, so that a long text still fits where `fits` letters stand at full size. */
export function shrinkFor(text: string, fits: number): number {
  return Math.max(0.45, Math.min(1, fits / Math.max(1, widthOf(text))));
}

/** The rows of one lane, or of all lanes of a gate. */
export function laneFilter(params: { laneId?: string | undefined; gateId?: string | undefined }): LogFilter {
  return params.laneId === undefined ? { gateId: params.gateId } : { laneId: params.laneId };
}
