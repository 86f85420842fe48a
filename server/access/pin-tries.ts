/** Wrong PINs one after the other, and the lock that follows too many. Pure; times are monotonic milliseconds. */
import type { PinLimits } from './facts.ts';

export interface Tries {
  /** When each was made, the last first. */
  readonly wrong: readonly number[];
  readonly lockedUntil?: number;
}

/** As a school begins. */
export const usualLimits: PinLimits = { tries: 3, withinMs: 10 * 60_000, lockMs: 5 * 60_000 };

export function isLocked(tries: Tries | undefined, now: number): boolean {
  return tries?.lockedUntil !== undefined && now < tries.lockedUntil;
}

/** After one more; `locks` when it was one too many. */
export function afterWrong(
  tries: Tries | undefined,
  now: number,
  limits: PinLimits,
): { tries: Tries; locks: boolean } {
  const wrong = [now, ...(tries?.wrong ?? []).filter((at) => now - at < limits.withinMs)];
  if (wrong.length < limits.tries) return { tries: { wrong }, locks: false };
  return { tries: { wrong: [], lockedUntil: now + limits.lockMs }, locks: true };
}

/** The PIN that is meant where `typed` is a duress PIN: its last digit is one lower. */
export function meantUnderDuress(typed: string): string {
  return `${typed.slice(0, -1)}${(Number(typed.at(-1)) + 9) % 10}`;
}
