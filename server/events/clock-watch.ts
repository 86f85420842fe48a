/** Tells when the wall clock was set, by watching it against the clock that never goes back. */
import type { Clock } from '../../hardware/ports.ts';

/** A step of at least this many milliseconds, either way, is a jump. Time servers correct less than that all day. */
export const jumpMs = 2_000;
/** And this share of the time since the last look: two clocks of one machine drift apart by up to 0.05 %. */
const driftShare = 0.001;

export interface Jump {
  /** What the clock should have shown. */
  from: number;
  /** What it shows. */
  to: number;
}

/**
 * @param lastAt when the last recorded event happened: a clock that stands before it at start was set back while
 * the server was down. (Forward can't be told then: the server may simply have been off.)
 */
export function clockWatch(clock: Clock, lastAt?: number): () => Jump | undefined {
  let wall = clock.now();
  let steady = clock.monotonic();
  let first: Jump | undefined;
  if (lastAt !== undefined && lastAt - wall >= jumpMs) first = { from: lastAt, to: wall };
  return () => {
    if (first) {
      const jump = first;
      first = undefined;
      return jump;
    }
    const now = clock.now();
    const elapsed = clock.monotonic() - steady;
    const from = Math.round(wall + elapsed);
    wall = now;
    steady += elapsed;
    return Math.abs(now - from) >= jumpMs + elapsed * driftShare ? { from, to: Math.round(now) } : undefined;
  };
}
