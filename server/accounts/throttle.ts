/**
 * Slows down guessing: after some failures, each further one doubles the wait, per account and per address; of IPv6 the
 * addresses of one network count as one.
 * Waits are short enough that nobody can lock a colleague out for long, and long enough to make guessing hopeless.
 */
import type { Clock } from '../../hardware/ports.ts';
import { networkOf } from './network-of.ts';

export interface ThrottleRule {
  /** Failures that cost nothing. */
  free: number;
  maxWaitMs: number;
}

/** `account`: at most 1440 guesses a day. `address`: a whole office may share one. */
export const throttleRules = {
  account: { free: 5, maxWaitMs: 60_000 },
  address: { free: 20, maxWaitMs: 300_000 },
} as const satisfies Record<string, ThrottleRule>;

const firstWaitMs = 1000;
const forgetMs = 15 * 60_000;
const maxKeys = 10_000;

export interface Throttle {
  /**
   * Counts the attempt as failed before it is tried, so that attempts at the same time cannot outrun the count.
   * Otherwise the milliseconds still to wait; the attempt must not be tried then.
   */
  begin(account: string, address: string): { waitMs: number } | Attempt;
}

export interface Attempt {
  waitMs: 0;
  /** Right password: the account's failures are forgotten. */
  succeeded(): void;
  /** Neither right nor wrong, such as when the store fails: counts for nothing. */
  voided(): void;
}

interface Failures {
  count: number;
  last: number;
}

export function createThrottle(clock: Pick<Clock, 'monotonic'>): Throttle {
  const accounts = new Map<string, Failures>();
  const addresses = new Map<string, Failures>();

  return {
    begin(account, from) {
      const address = networkOf(from);
      const now = clock.monotonic();
      const waitMs = Math.max(
        waitOf(accounts.get(account), throttleRules.account, now),
        waitOf(addresses.get(address), throttleRules.address, now),
      );
      if (waitMs > 0) return { waitMs };
      count(accounts, account, now);
      count(addresses, address, now);
      return {
        waitMs: 0,
        succeeded() {
          accounts.delete(account);
          uncount(addresses, address);
        },
        voided() {
          uncount(accounts, account);
          uncount(addresses, address);
        },
      };
    },
  };
}

function waitOf(failures: Failures | undefined, rule: ThrottleRule, now: number): number {
  if (!failures || now - failures.last >= forgetMs || failures.count < rule.free) return 0;
  const wait = Math.min(rule.maxWaitMs, firstWaitMs * 2 ** (failures.count - rule.free));
  return Math.max(0, failures.last + wait - now);
}

function count(map: Map<string, Failures>, key: string, now: number): void {
  const known = map.get(key);
  const fresh = known && now - known.last < forgetMs;
  // Taken out and put in again: the map stays in order of use, and the longest unused goes first.
  map.delete(key);
  map.set(key, { count: (fresh ? known.count : 0) + 1, last: now });
  if (map.size > maxKeys) for (const oldest of map.keys()) return void map.delete(oldest);
}

function uncount(map: Map<string, Failures>, key: string): void {
  const known = map.get(key);
  if (!known) return;
  if (known.count <= 1) map.delete(key);
  else known.count--;
}
