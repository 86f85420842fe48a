/**
 * How many of a reader's refusals are recorded one by one, and what becomes of the rest: pure, over monotonic
 * milliseconds. Grants do not come here.
 *
 * - A refused card that is known is recorded each time, up to `recordedPerCard` in an interval.
 * - Reads that are nobody's card, malformed or unknown, are recorded up to `recordedPerInterval` together.
 * - The rest is counted, and told once an interval: how many, the first, the last.
 * - More than people at a lane can cause is a flood. While it runs, few are recorded as samples of what comes; it is
 *   over with the first interval that would have been an ordinary one.
 */

export const intervalMs = 60_000;

/** What a lane's rush hour brings at most, 60 people a minute, were every one of them refused. */
export const recordedPerInterval = 60;

/** A tag that is held badly, or tried again and again: ten times tell all that a hundred would. */
export const recordedPerCard = 10;

/** Samples: a flood of a whole day is some 10 000 rows, as much as an ordinary day of a large school. */
export const recordedWhileFlooding = 5;

export interface Counted {
  count: number;
  /** Milliseconds since 1970. */
  firstAt: number;
  lastAt: number;
}

/** One reader in one interval. A reader that has refused nobody has none. */
export interface RefusalState {
  readonly since: number;
  readonly flooding: boolean;
  /** How often each card has been recorded. */
  readonly recorded: ReadonlyMap<string, number>;
  /** How many of those were nobody's card. */
  readonly strangers: number;
  /** What is not the ordinary refusing of known people: strangers, and what was counted. */
  readonly unusual: number;
  readonly counted: Counted | undefined;
}

export interface Refusal {
  /** The same for the same card. */
  key: string;
  /** Whether it is somebody's card. */
  known: boolean;
  /** Milliseconds since 1970. */
  at: number;
}

export type RefusalEffect = { kind: 'flood-started' | 'flood-ended' } | ({ kind: 'counted' } & Counted);

interface Step<S> {
  state: S;
  /** To be recorded, in this order, before the refusal itself. */
  effects: RefusalEffect[];
}

/** A reader whose flood still ran when the server stopped. */
export function floodingSince(now: number): RefusalState {
  return fresh(now, true);
}

/** `record`: whether this refusal gets a row of its own. `now` never goes back. */
export function refuse(
  before: RefusalState | undefined,
  { key, known, at }: Refusal,
  now: number,
): Step<RefusalState> & { record: boolean } {
  const { state: passed, effects } = passTime(before, now);
  const state = passed ?? fresh(now, false);
  const times = state.recorded.get(key) ?? 0;
  const allowance = state.flooding ? recordedWhileFlooding : recordedPerInterval;
  const record = times < recordedPerCard && (known || state.strangers < allowance);
  const unusual = state.unusual + (known && record ? 0 : 1);
  const flooding = state.flooding || unusual > recordedPerInterval;
  if (flooding && !state.flooding) effects.push({ kind: 'flood-started' });
  const { count = 0, firstAt = at } = state.counted ?? {};
  return {
    state: {
      ...state,
      flooding,
      unusual,
      ...(record
        ? {
            recorded: new Map(state.recorded).set(key, times + 1),
            strangers: state.strangers + (known ? 0 : 1),
          }
        : { counted: { count: count + 1, firstAt, lastAt: at } }),
    },
    effects,
    record,
  };
}

/** Ends the interval if its time has come. */
export function passTime(state: RefusalState | undefined, now: number): Step<RefusalState | undefined> {
  if (!state || now < state.since + intervalMs) return { state, effects: [] };
  const effects = untold(state);
  const goesOn = state.flooding && state.unusual > recordedPerInterval;
  if (state.flooding && !goesOn) effects.push({ kind: 'flood-ended' });
  return { state: goesOn ? fresh(now, true) : undefined, effects };
}

/** What has been counted and not been told yet. */
export function untold({ counted }: RefusalState): RefusalEffect[] {
  return counted ? [{ kind: 'counted', ...counted }] : [];
}

function fresh(since: number, flooding: boolean): RefusalState {
  return { since, flooding, recorded: new Map(), strangers: 0, unusual: 0, counted: undefined };
}
