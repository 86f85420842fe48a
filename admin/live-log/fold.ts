/** Lines of the live log: what became of a passage stands on the line of its grant, not on one of its own. Pure. */
import type { LogRow } from '../../server/contract/log.ts';

export interface LogLineData {
  row: LogRow;
  /** The `passage.outcome` of this grant. */
  outcome?: LogRow;
}

/** @param rows newest first. An outcome whose grant is not among them keeps its own line. */
export function foldOutcomes(rows: readonly LogRow[]): LogLineData[] {
  const outcomes = new Map<number, LogRow>();
  for (const row of rows) {
    const of = row.event.type === 'passage.outcome' ? row.event.data.of : undefined;
    if (typeof of === 'number') outcomes.set(of, row);
  }
  const folded = new Set<number>();
  const lines: LogLineData[] = [];
  // From the oldest on: a grant comes before its outcome.
  for (const row of rows.toReversed()) {
    const { seq, type } = row.event;
    if (folded.has(seq)) continue;
    const outcome = type === 'passage.granted' ? outcomes.get(seq) : undefined;
    if (outcome) folded.add(outcome.event.seq);
    lines.push(outcome ? { row, outcome } : { row });
  }
  return lines.reverse();
}
