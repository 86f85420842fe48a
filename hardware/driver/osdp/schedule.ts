/**
 * Whose turn it is on the bus: start-time fair queuing over bus time. Who has used less of it comes first, so a slow
 * PD pays for its own slowness; a weight stretches the share of one that has more to tell. Pure.
 */

/** What one PD asks for. */
export interface Turn {
  /** Its address. */
  readonly key: number;
  /** Monotonic milliseconds from which on it wants the bus. */
  readonly dueAt: number;
  /** Ahead of the others: a retry, a relay. It is charged all the same. */
  readonly urgent: boolean;
  /** Likely to bring nothing but a wait for silence: to a reader that is gone, or a search. */
  readonly probe?: boolean;
}

export interface Schedule {
  /** Virtual time: where the last turn began. */
  readonly at: number;
  /** Virtual time at which each one's last turn ended. */
  readonly ends: ReadonlyMap<number, number>;
  /** Monotonic milliseconds at which the last probe was over. */
  readonly probedAt?: number;
}

export const emptySchedule: Schedule = { at: 0, ends: new Map() };

/** Who has been silent does not save up: its turn begins where the bus is. */
const beginOf = ({ at, ends }: Schedule, key: number): number => Math.max(at, ends.get(key) ?? 0);

/** The next one; undefined when none is due. */
export function pickTurn<T extends Turn>(
  schedule: Schedule,
  turns: readonly T[],
  now: number,
): T | undefined {
  let best: T | undefined;
  for (const turn of turns) {
    if (turn.dueAt <= now && (!best || comesBefore(schedule, turn, best))) best = turn;
  }
  return best;
}

function comesBefore(schedule: Schedule, one: Turn, other: Turn): boolean {
  if (one.urgent !== other.urgent) return one.urgent;
  // However many are gone, nobody waits for more than one of them: who waited for the last probe comes before the next.
  if (one.probe !== other.probe) {
    const { probedAt = Number.NEGATIVE_INFINITY } = schedule;
    if (one.probe && other.dueAt <= probedAt) return false;
    if (other.probe && one.dueAt <= probedAt) return true;
  }
  const difference = beginOf(schedule, one.key) - beginOf(schedule, other.key);
  return difference === 0 ? one.dueAt < other.dueAt : difference < 0;
}

/** After a turn that took `ms` of the bus, until now. Who jumped the queue pays, and moves nobody else. */
export function chargeTurn(
  schedule: Schedule,
  { key, urgent, probe }: Pick<Turn, 'key' | 'urgent' | 'probe'>,
  ms: number,
  now: number,
  weight = 1,
): Schedule {
  const begin = beginOf(schedule, key);
  const ends = new Map(schedule.ends).set(key, begin + ms / weight);
  return { ...schedule, at: urgent ? schedule.at : begin, ends, ...(probe ? { probedAt: now } : {}) };
}
