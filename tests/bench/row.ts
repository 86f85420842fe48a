/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  readonly name: string;
  readonly ours: number;
  /** Measured in the same run. */
  readonly reference: number;
  /** `ours` by `reference`. */
  readonly ratio: number;
  readonly unit: string;
  readonly aim: string;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}
