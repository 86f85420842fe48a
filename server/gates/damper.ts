/**
 * Troubles that come and go: each beginning and each end is told while that is news. One that does so all the time would
 * fill the record with it: after some beginnings it stays begun there, and its alarm stays, until it has been over for a
 * while. `now` is monotonic milliseconds.
 */

/** Beginnings of one trouble that are told each: a plug that somebody moves about takes a few. */
export const lossesTold = 10;
const lossesWithinMs = 3_600_000;

/** After that many it has ended when it has been over for so long. */
export const steadyMs = 60_000;

export interface Damper {
  /** Whether it has begun or ended as far as the record goes; undefined when that is no news. */
  turn(key: string, on: boolean, now: number): 'begun' | 'ended' | undefined;
  /** Not known to be over any more: what waits for its end waits from the next one. */
  doubt(key: string): void;
  /** Those that have been over long enough by now. */
  steady(now: number): string[];
  /** When `steady` is next to be asked; undefined while nobody waits for it. */
  due(): number | undefined;
  forget(key: string): void;
}

/** @param begun what the record last called begun. */
export function damper(begun: ReadonlySet<string>): Damper {
  const told = new Set(begun);
  const losses = new Map<string, number[]>();
  const steadyAt = new Map<string, number>();
  const lost = (key: string, now: number) =>
    (losses.get(key) ?? []).filter((at) => now - at < lossesWithinMs);

  function end(key: string): void {
    told.delete(key);
    steadyAt.delete(key);
  }

  return {
    turn(key, on, now) {
      if (on) {
        steadyAt.delete(key);
        if (told.has(key)) return undefined;
        told.add(key);
        losses.set(key, [...lost(key, now), now]);
        return 'begun';
      }
      if (!told.has(key) || steadyAt.has(key)) return undefined;
      if (lost(key, now).length < lossesTold) {
        end(key);
        return 'ended';
      }
      steadyAt.set(key, now + steadyMs);
      return undefined;
    },
    doubt: (key) => void steadyAt.delete(key),
    steady(now) {
      const over = [...steadyAt].flatMap(([key, at]) => (at <= now ? [key] : []));
      for (const key of over) end(key);
      return over;
    },
    due: () => (steadyAt.size === 0 ? undefined : Math.min(...steadyAt.values())),
    forget(key) {
      end(key);
      losses.delete(key);
    },
  };
}
