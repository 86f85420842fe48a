/** Which release covers which opening of a lane's door. Pure; monotonic milliseconds. */

/** A lock falls back a little after its relay. */
export const relockMs = 500;

export interface Release {
  id: number;
  by: 'grant' | 'hand' | 'rex';
  at: number;
  /** The door stood open at the release and has not closed since. */
  whileOpen: boolean;
  relay?: 'confirmed' | 'sent' | 'unknown' | 'fault';
  settledAt?: number;
  /** Someone went through on it: by an opening, or (`walked`) through a door that stood open. */
  entered: boolean;
  walked: boolean;
  /** An opening that is no longer kept used it up. */
  spent: boolean;
  decided: boolean;
}

export interface Opening {
  at: number;
  /** The release that it took. */
  by?: number;
  forced: boolean;
  /** The lane was in posture `free`: never forced. */
  free: boolean;
}

interface Windows {
  pulseMs: number;
  notEnteredMs: number;
}

/** Until when the lock itself is open for everyone. */
export function unlockedUntil(release: Release, { pulseMs }: Windows): number {
  return (release.settledAt ?? release.at) + pulseMs + relockMs;
}

/**
 * The release that an opening at `at` takes: the oldest that still waits for its person, then the oldest whose
 * person went through a standing door, then any by which the lock is free at the moment.
 */
export function coveringRelease(
  at: number,
  releases: Release[],
  openings: Opening[],
  windows: Windows,
): Release | undefined {
  const taken = new Set(openings.map(({ by }) => by));
  const possible = releases.filter((each) => each.at <= at && (each.relay !== 'fault' || each.by === 'rex'));
  const waiting = possible.filter(
    (each) => !each.spent && !taken.has(each.id) && at < each.at + windows.notEnteredMs,
  );
  return (
    waiting.find((each) => !each.walked) ??
    waiting[0] ??
    possible.find((each) => at < unlockedUntil(each, windows))
  );
}

/**
 * Shares out anew, after a relay turned out not to have moved, what the kept openings took; each finds the best
 * release that is left. Returns the openings that no release covers any more.
 */
export function rematch(openings: Opening[], releases: Release[], windows: Windows): Opening[] {
  const kept: Opening[] = [];
  const uncovered: Opening[] = [];
  for (const opening of openings) {
    if (opening.forced) continue;
    const cover = coveringRelease(opening.at, releases, kept, windows);
    if (cover) {
      cover.entered = true;
      opening.by = cover.id;
      kept.push(opening);
    } else {
      delete opening.by;
      uncovered.push(opening);
    }
  }
  return uncovered;
}
