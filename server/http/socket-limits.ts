/** How many live connections one address and one account may make and hold. */
import { ipKeyGenerator } from 'express-rate-limit';

/** After a restart of the server every screen of an office comes back at once, maybe from behind one address. */
export const connectsPerMinute = 300;

/** Open at once. A screen is one; whoever opens many tabs has some more. */
export const openAtOnce = { address: 300, account: 60, session: 20 } as const;

/** So many times the limit, and who asks has not listened: the door stays shut without a word. */
const patience = 2;

export interface SocketLimits {
  /** Whether a new connection is let in at all; counts it. */
  mayEnter(address: string): boolean;
  /** What a connection is told that asks to be served; counts it. `gone`: it asked on after it was told. */
  mayAsk(address: string): 'yes' | 'no' | 'gone';
  opened(address: string): void;
  closed(address: string): void;
}

/** @param factor multiplies what may be asked in a minute. */
export function socketLimits(clock: { monotonic(): number }, factor: number): SocketLimits {
  const entering = minuteCounter(clock);
  const asking = minuteCounter(clock);
  const open = new Map<string, number>();
  const limit = connectsPerMinute * factor;

  return {
    mayEnter(address) {
      const key = ipKeyGenerator(address);
      return entering(key) <= limit * patience && (open.get(key) ?? 0) < openAtOnce.address * patience;
    },
    mayAsk(address) {
      const key = ipKeyGenerator(address);
      const asked = asking(key);
      if (asked > limit * patience) return 'gone';
      return asked > limit || (open.get(key) ?? 0) > openAtOnce.address ? 'no' : 'yes';
    },
    opened(address) {
      const key = ipKeyGenerator(address);
      open.set(key, (open.get(key) ?? 0) + 1);
    },
    closed(address) {
      const key = ipKeyGenerator(address);
      const left = (open.get(key) ?? 0) - 1;
      if (left > 0) open.set(key, left);
      else open.delete(key);
    },
  };
}

/** Counts by key within one minute for all; what is kept is forgotten with it. */
function minuteCounter(clock: { monotonic(): number }): (key: string) => number {
  const counts = new Map<string, number>();
  let since = clock.monotonic();
  return (key) => {
    if (clock.monotonic() - since >= 60_000) {
      since = clock.monotonic();
      counts.clear();
    }
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count;
  };
}
