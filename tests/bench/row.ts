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
