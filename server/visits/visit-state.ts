/** Which state of a visit follows which: pure. What people do, and what the lanes tell. */
import type { VisitSource, VisitState, VisitWord } from '../contract/visit-words.ts';

/** `arrive` is at the gate · `enter`, `leave` over the school's border, by a lane or a person's word · `close` is over. */
export type VisitStep = 'arrive' | 'enter' | 'leave' | 'close';

const following: Record<VisitState, Partial<Record<VisitStep, VisitState>>> = {
  expected: { arrive: 'waiting', enter: 'inside', close: 'closed' },
  waiting: { close: 'closed' },
  approved: { enter: 'inside', close: 'closed' },
  refused: { close: 'closed' },
  // Whoever is inside can't be refused any more, only shown out.
  inside: { leave: 'left' },
  left: { enter: 'inside', close: 'closed' },
  closed: {},
};

/** Undefined when that can't happen to a visit in this state. */
export function nextState(state: VisitState, step: VisitStep): VisitState | undefined {
  return following[state][step];
}

/** Where a visit stands, and whose words it still needs. */
export interface Cleared {
  readonly state: VisitState;
  readonly pending: readonly VisitWord[];
}

/** A host's invitation is the host's word; whoever comes unannounced waits, where a word is needed. */
export function firstState(source: VisitSource, approvals: readonly VisitWord[], held = false): Cleared {
  const screening = held ? (['screening'] as const) : [];
  if (source === 'invited')
    return { state: 'expected', pending: [...screening, ...approvals.filter((each) => each !== 'host')] };
  const pending = [...screening, ...approvals];
  return { state: pending.length === 0 ? 'approved' : 'waiting', pending };
}

/** Whether the visit has all the words that it needs, so that its pass may open a lane. */
export function isCleared({ state, pending }: Cleared): boolean {
  return (
    pending.length === 0 &&
    (state === 'expected' || state === 'approved' || state === 'inside' || state === 'left')
  );
}

/** After a word for the visit; undefined where it waits for no such word. */
export function afterApproval({ state, pending }: Cleared, word: VisitWord): Cleared | undefined {
  if (!pending.includes(word)) return undefined;
  const rest = pending.filter((each) => each !== word);
  if (state === 'expected' || state === 'left') return { state, pending: rest };
  // Refused: somebody has thought better of it.
  if (state !== 'waiting' && state !== 'refused') return undefined;
  return { state: rest.length === 0 ? 'approved' : 'waiting', pending: rest };
}

/** After a word against it, which must then be given anew; undefined for who is in already, or over. */
export function afterRefusal({ state, pending }: Cleared, word: VisitWord): Cleared | undefined {
  // Who has left, and was to come again, is refused while somebody is to decide about it.
  const awaited = state === 'left' && pending.length > 0;
  if (state !== 'expected' && state !== 'waiting' && state !== 'approved' && !awaited) return undefined;
  return { state: 'refused', pending: pending.includes(word) ? pending : [...pending, word] };
}

/** When it turns out that the visitor may be on a list; undefined for who is in already, or over. */
export function afterHold({ state, pending }: Cleared): Cleared | undefined {
  if (state === 'inside' || state === 'closed') return undefined;
  return {
    state: state === 'approved' ? 'waiting' : state,
    pending: pending.includes('screening') ? pending : ['screening', ...pending],
  };
}

/** What is known of a visitor's way in and out. */
export interface Whereabouts {
  readonly state: VisitState;
  readonly enteredAt: number | null;
  /** The zone by whose border they came in; leaving it is leaving, while zones within it are entered and left. */
  readonly enteredZone: string | null;
  readonly leftAt: number | null;
  /** Closed as gone while nobody knew: `leftAt` is when it was closed, until it turns out. */
  readonly unseenOut: boolean;
}

export interface BorderPassage {
  readonly direction: 'in' | 'out';
  readonly zoneId: string;
  readonly at: number;
}

/** After a passage with a pass. One that says nothing new of the visit changes nothing: the same event may come twice. */
export function afterBorder(before: Whereabouts, { direction, zoneId, at }: BorderPassage): Whereabouts {
  const entering = direction === 'in';
  if (!entering && before.state === 'closed' && before.unseenOut && zoneId === before.enteredZone) {
    return { ...before, leftAt: at, unseenOut: false };
  }
  // Whoever went in is inside, whatever was decided while the lane was open; but news from before their leaving is old.
  const late = entering && before.state === 'closed' && before.leftAt !== null && at <= before.leftAt;
  const came = entering && before.state !== 'inside' && !late;
  const state = came ? 'inside' : nextState(before.state, entering ? 'enter' : 'leave');
  if (!state || (!entering && zoneId !== before.enteredZone)) return before;
  return entering
    ? { state, enteredAt: before.enteredAt ?? at, enteredZone: zoneId, leftAt: null, unseenOut: false }
    : { ...before, state, leftAt: at };
}
