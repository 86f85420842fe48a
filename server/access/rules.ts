/**
 * The rules of a decision on a card, deny first, in the order of `denyReason`; those on a visitor's pass are in
 * pass-rules.ts. The first that decides ends the walk; who passes all of them is granted. Why this order:
 *
 * 1. Is it a credential, may the reader be believed, is the PIN that came with it right, and whose is it: without that
 *    nothing else can be asked. A wrong PIN is no one's, whatever the card says; a lock after too many of them stands
 *    before it, so that a locked try says nothing of the PIN.
 * 2. The credential, then its cardholder. Before the lane, so that a lost card is called lost at every lane and
 *    in every posture: that is what a guard must see first, and a lane held open must not hide it.
 * 3. The lane. `disabled` before `lockdown`: out of service is so for responders too.
 * 4. The access rules, then their schedules: "never here" is told apart from "not now".
 * 5. Anti-passback: it says something of the person's way only when they might have passed otherwise.
 * 6. The PIN that is still missing, last: who is refused anyway is not asked for it.
 *
 * Postures. `disabled` refuses everybody. `lockdown` refuses, inwards and outwards (ways out in danger are the
 * mechanical ones and REX, not cards), all but the members of a lockdown-exempt group: responders, who pass any
 * lane both ways whatever their access rules, schedules and anti-passback say, and are recorded. `free` stands
 * open to all, so whoever is known and active is recorded as passed and nothing further is asked. Neither asks for a PIN
 * that was not typed.
 */
import type { MalformedCredential, Read } from '../../hardware/ports.ts';
import type { PinMode } from '../contract/words.ts';
import type { Facts, Known } from './facts.ts';
import { deny, denyIf, free, pass, type Rule, type Verdict } from './rule.ts';
import { isOpen } from './schedule.ts';

/** A read and what was found of it. */
export interface Asked {
  readonly read: Read;
  readonly facts: Facts;
}

/** Facts about somebody known. */
export interface Case {
  readonly facts: Facts;
  readonly known: Known;
}

const exempt: Verdict = { kind: 'grant', flag: 'lockdown-exempt' };
const softly: Verdict = { kind: 'flag', flag: 'anti-passback-soft' };

export const identityRules: readonly Rule<Asked>[] = [
  { name: 'malformed-credential', check: ({ read }) => denyIf(malformed(read) !== undefined) },
  { name: 'reader-not-secure', check: ({ facts }) => denyIf(facts.lane.demandsSecure && !facts.secure) },
  {
    name: 'pin-locked',
    check: ({ facts }, now) => denyIf(pinMode(facts, now) !== 'card' && facts.pinLocked === true),
  },
  {
    name: 'pin-wrong',
    check: ({ facts }, now) => denyIf(pinMode(facts, now) !== 'card' && facts.pin === 'wrong'),
  },
  // A form that credentials of several people share is nobody's: a wrong person must never pass.
  { name: 'unknown-credential', check: ({ facts }) => denyIf(facts.found.kind !== 'known') },
];

export const caseRules: readonly Rule<Case>[] = [
  { name: 'credential-lost', check: ({ known }) => denyIf(known.credential.status === 'lost') },
  // Anything but `active` refuses, whatever a damaged row may say.
  { name: 'credential-suspended', check: ({ known }) => denyIf(known.credential.status !== 'active') },
  {
    name: 'credential-not-yet-valid',
    check: ({ known }, now) =>
      denyIf(known.credential.validFrom !== null && now < known.credential.validFrom),
  },
  {
    name: 'credential-expired',
    check: ({ known }, now) =>
      denyIf(known.credential.validUntil !== null && now >= known.credential.validUntil),
  },
  { name: 'cardholder-suspended', check: ({ known }) => denyIf(known.cardholder.status === 'suspended') },
  { name: 'cardholder-left', check: ({ known }) => denyIf(known.cardholder.status !== 'active') },
  { name: 'lane-disabled', check: ({ facts }) => denyIf(facts.lane.posture === 'disabled') },
  { name: 'lane-lockdown', check: checkPosture },
  { name: 'no-rule', check: ({ known }) => denyIf(known.rules.length === 0) },
  { name: 'outside-schedule', check: checkSchedules },
  { name: 'anti-passback', check: checkAntiPassback },
  { name: 'anti-passback-timed', check: checkTimed },
  {
    name: 'pin-needed',
    check: ({ facts }, now) => denyIf(pinMode(facts, now) !== 'card' && facts.pin === undefined),
  },
];

/** What it takes to pass the lane in the reader's direction, at this time. */
export function pinMode(
  { lane, reader, school, readAt }: Pick<Facts, 'lane' | 'reader' | 'school' | 'readAt'>,
  now: number,
): PinMode {
  const mode = reader.direction === 'in' ? lane.pinIn : lane.pinOut;
  if (mode !== 'card-and-pin' || !lane.cardAlone) return mode;
  return isOpen(lane.cardAlone, school.calendar, school.timeZone, readAt ?? now) ? 'card' : mode;
}

export function malformed(read: Read): MalformedCredential | undefined {
  return 'malformed' in read.credential ? read.credential : undefined;
}

function checkPosture({ facts, known }: Case): Verdict {
  if (facts.lane.posture === 'free') return free;
  if (facts.lane.posture !== 'lockdown') return pass;
  for (const group of known.groups) if (group.lockdownExempt) return exempt;
  return deny;
}

/** One open schedule is enough. */
function checkSchedules({ facts, known }: Case, now: number): Verdict {
  const { calendar, timeZone } = facts.school;
  for (const rule of known.rules) if (isOpen(rule.schedule, calendar, timeZone, now)) return pass;
  return deny;
}

/**
 * Going in when inside already, or out when outside already: the last passage over this zone's border went the
 * same way. Zones lie within one another (campus, dormitory), so each counts its own border alone. Where nothing
 * is known of the person, nothing is refused: so while one of the zone's lanes is free, and after that.
 */
function checkAntiPassback({ facts, known }: Case): Verdict {
  const mode = facts.lane.zone?.apbMode;
  if (mode !== 'hard' && mode !== 'soft') return pass;
  if (known.lastPassage?.direction !== facts.reader.direction) return pass;
  return mode === 'hard' ? deny : softly;
}

/**
 * The same way again within the zone's minutes, with no passage the other way between. A clock that was set back
 * further than that says nothing, and refuses nobody.
 */
function checkTimed({ facts, known }: Case, now: number): Verdict {
  const zone = facts.lane.zone;
  if (zone?.apbMode !== 'timed' || known.lastPassage?.direction !== facts.reader.direction) return pass;
  return denyIf(Math.abs(now - known.lastPassage.at) < zone.apbMinutes * 60_000);
}
