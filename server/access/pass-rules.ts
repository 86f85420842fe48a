/**
 * The rules of a decision on a visitor's pass, deny first, in the order of `denyReason`. Why this order:
 *
 * 1. Whether the reader may be believed, as for cards; then what the token says by itself, so that each is told apart
 *    with nothing known of the pass: a code of another school, a forged one, yesterday's.
 * 2. The pass: taken back, or without a word that its visit needs, or shown as a picture where that lets nobody in.
 * 3. The lane, as for cards. A visitor is exempt from no lockdown. `free` stands open, and nothing further is asked.
 * 4. The lanes of the visitor's type; then what the pass has been used for, zone by zone as with anti-passback: in
 *    once and out once, or by turns.
 *
 * Whoever is inside gets out: an expired pass, or one whose visit lost a word or is over meanwhile, is refused on the way
 * in alone, and the way out of an expired one is flagged. Where it is not known whether somebody went through, the pass
 * counts as used on the way in, and is good for the way out.
 */
import { isFresh, outsideValidity } from '../visits/pass-token.ts';
import type { Facts, FoundPass } from './facts.ts';
import { deny, denyIf, free, pass, type Rule, type Verdict } from './rule.ts';

/** A read that is a pass, and where. */
export interface PassCase {
  readonly facts: Facts;
  readonly found: FoundPass;
}

/** Refusals of a token whose rule is its name behind `pass-`. */
const tokenRefusals = ['malformed', 'wrong-school', 'unknown-key', 'bad-signature'] as const;

export const passRules: readonly Rule<PassCase>[] = [
  { name: 'reader-not-secure', check: ({ facts }) => denyIf(facts.lane.demandsSecure && !facts.secure) },
  ...tokenRefusals.map(
    (refusal): Rule<PassCase> => ({
      name: `pass-${refusal}`,
      check: ({ found }) => denyIf(found.token === refusal),
    }),
  ),
  { name: 'pass-not-yet-valid', check: (subject, now) => denyIf(validity(subject, now) === 'not-yet-valid') },
  { name: 'pass-expired', check: checkExpired },
  { name: 'unknown-credential', check: ({ found }) => denyIf(found.pass === undefined) },
  { name: 'pass-revoked', check: ({ found }) => denyIf(found.pass?.revoked !== false) },
  { name: 'pass-not-approved', check: checkCleared },
  { name: 'pass-old-code', check: checkCode },
  { name: 'lane-disabled', check: ({ facts }) => denyIf(facts.lane.posture === 'disabled') },
  { name: 'lane-lockdown', check: checkPosture },
  { name: 'pass-wrong-lane', check: checkLane },
  {
    name: 'pass-no-entry',
    check: ({ facts, found }) => denyIf(facts.reader.direction === 'out' && !found.crossed),
  },
  { name: 'pass-used', check: checkUsed },
];

function validity({ found: { token } }: PassCase, now: number) {
  // The rules above have refused a token that says nothing; so would this.
  return typeof token === 'string' ? 'expired' : outsideValidity(token, now);
}

function checkExpired(subject: PassCase, now: number): Verdict {
  const { facts, found } = subject;
  if (validity(subject, now) !== 'expired') return pass;
  return facts.reader.direction === 'out' && found.crossed ? { kind: 'flag', flag: 'pass-overdue' } : deny;
}

function checkCleared({ facts, found }: PassCase): Verdict {
  if (facts.reader.direction === 'out' && found.crossed) return pass;
  return denyIf(found.pass?.cleared !== true);
}

function checkCode({ facts, found: { token, pass: known } }: PassCase, now: number): Verdict {
  if (facts.reader.direction === 'out' || !known?.liveCode) return pass;
  return denyIf(typeof token === 'string' || !isFresh(token, now));
}

function checkPosture({ facts: { lane } }: PassCase): Verdict {
  if (lane.posture === 'free') return free;
  return denyIf(lane.posture !== 'controlled');
}

function checkLane({ facts, found }: PassCase): Verdict {
  const lanes = found.pass?.laneIds;
  return denyIf(lanes !== undefined && !lanes.has(facts.lane.id));
}

function checkUsed({ facts, found }: PassCase): Verdict {
  const { lastPassage, crossed, pass: known } = found;
  if (facts.reader.direction === 'in' && !known?.manyEntries) return denyIf(crossed !== undefined);
  if (facts.reader.direction === 'out' && known?.unseenOut) return pass;
  return denyIf(lastPassage?.direction === facts.reader.direction);
}
