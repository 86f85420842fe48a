/** Why a read was decided as it was: the walk of decide.ts, every rule with what it looked at. */
import { credentialKey } from '../../hardware/credential.ts';
import type { Read } from '../../hardware/ports.ts';
import type { Explanation as Answer } from '../contract/access.ts';
import type {
  ApbMode,
  CardholderStatus,
  CredentialStatus,
  Direction,
  PinMode,
  Posture,
} from '../contract/words.ts';
import { decide } from './decide.ts';
import type {
  AccessRuleFact,
  Crossed,
  Facts,
  FoundPass,
  Known,
  MatchForm,
  ScheduleDay,
  Window,
  ZonePassage,
} from './facts.ts';
import { passRules } from './pass-rules.ts';
import type { RuleName, Verdict } from './rule.ts';
import { caseRules, identityRules, malformed, pinMode } from './rules.ts';
import { isOpen, nextChange, type ScheduleChange, scheduleDayOf } from './schedule.ts';
import { dateOfDay } from './time-zone.ts';

/** As the contract's explanation, with its facts typed. */
export interface Explanation extends Omit<Answer, 'steps'> {
  /** Every rule, in order. */
  readonly steps: Step[];
}

/**
 * `decided` ended the walk, by refusing or by granting over the heads of the rules that follow, which are then
 * `skipped`. After a refusal they are `not-reached`.
 */
export interface Step {
  readonly rule: RuleName;
  readonly verdict: Answer['steps'][number]['verdict'];
  /** What the rule looked at; empty when it looked at nothing. */
  readonly facts: StepFacts | Record<string, never>;
}

export type StepFacts =
  | { kind: 'read'; readKey?: string; malformed?: string; raw?: string; form?: string }
  | { kind: 'identity'; found: 'known' | 'unknown' | 'ambiguous'; form?: MatchForm; credentialIds: string[] }
  | { kind: 'credential'; status: CredentialStatus; validFrom: number | null; validUntil: number | null }
  | { kind: 'cardholder'; status: CardholderStatus }
  | { kind: 'reader'; demandsSecure: boolean; secure: boolean }
  | { kind: 'pin'; mode: PinMode; pin: 'none' | 'right' | 'wrong'; locked: boolean }
  | { kind: 'posture'; posture: Posture; exemptGroupIds: string[] }
  | { kind: 'rules'; groupIds: string[]; ruleIds: string[] }
  | { kind: 'schedules'; date: string; minute: number; schedules: ScheduleDetail[] }
  | {
      kind: 'pass';
      number?: number;
      validFrom?: number;
      validUntil?: number;
      manyEntries?: boolean;
      lastPassage?: Crossed;
    }
  | { kind: 'anti-passback'; zoneId?: string; mode: ApbMode; minutes: number; lastPassage?: ZonePassage };

export interface ScheduleDetail {
  readonly scheduleId: string;
  readonly name: string;
  /** The access rules that brought it in. */
  readonly ruleIds: string[];
  readonly open: boolean;
  /** Whose windows hold today. */
  readonly day: ScheduleDay;
  readonly windows: readonly Window[];
  /** When it opens or closes next: "opens at 06:30". */
  readonly next?: ScheduleChange;
}

export function explain(facts: Facts, read: Read, now: number): Explanation {
  const walked = new Map<RuleName, Verdict>();
  const decision = decide(facts, read, now, (rule, verdict) => {
    walked.set(rule, verdict);
  });
  const unreached = decision.grant ? 'skipped' : 'not-reached';
  const rules = facts.found.kind === 'pass' ? passRules : [...identityRules, ...caseRules];
  const steps = rules.map(({ name }): Step => {
    const verdict = walked.get(name);
    if (verdict === undefined) return { rule: name, verdict: unreached, facts: {} };
    const went = verdict.kind === 'pass' || verdict.kind === 'flag' ? 'passed' : 'decided';
    return { rule: name, verdict: went, facts: factsOf(name, facts, read, now) };
  });
  const { cardholder, pass } = decision;
  return {
    at: now,
    result: decision.grant ? 'granted' : 'denied',
    ...(!decision.grant && { reason: decision.reason }),
    flags: decision.grant ? [...decision.flags] : [],
    direction: facts.reader.direction,
    laneId: facts.lane.id,
    ...(cardholder && { cardholder: { id: cardholder.id, name: cardholder.name } }),
    ...(pass && { pass: { id: pass.id, number: pass.number, visitId: pass.visitId } }),
    steps,
  };
}

function factsOf(rule: RuleName, facts: Facts, read: Read, now: number): Step['facts'] {
  if (rule === 'malformed-credential') return readFacts(read);
  const { found, lane } = facts;
  if (rule === 'reader-not-secure')
    return { kind: 'reader', demandsSecure: lane.demandsSecure, secure: facts.secure === true };
  if (found.kind === 'pass') return passFacts(rule, facts, found);
  if (rule === 'pin-locked' || rule === 'pin-wrong' || rule === 'pin-needed') return pinFacts(facts, now);
  if (rule === 'unknown-credential' || found.kind !== 'known') return identityFacts(facts);
  switch (rule) {
    case 'credential-lost':
    case 'credential-suspended':
    case 'credential-not-yet-valid':
    case 'credential-expired': {
      const { status, validFrom, validUntil } = found.credential;
      return { kind: 'credential', status, validFrom, validUntil };
    }
    case 'cardholder-suspended':
    case 'cardholder-left':
      return { kind: 'cardholder', status: found.cardholder.status };
    case 'lane-disabled':
    case 'lane-lockdown': {
      const exempt = found.groups.filter((group) => group.lockdownExempt);
      return { kind: 'posture', posture: lane.posture, exemptGroupIds: exempt.map(({ id }) => id) };
    }
    case 'no-rule':
      return {
        kind: 'rules',
        groupIds: found.groups.map(({ id }) => id),
        ruleIds: found.rules.map(({ id }) => id),
      };
    case 'outside-schedule':
      return schedulesFacts(facts, found, now);
    case 'anti-passback':
    case 'anti-passback-timed':
      return {
        kind: 'anti-passback',
        ...(lane.zone && { zoneId: lane.zone.id }),
        mode: lane.zone?.apbMode ?? 'off',
        minutes: lane.zone?.apbMinutes ?? 0,
        ...(found.lastPassage && { lastPassage: plain(found.lastPassage) }),
      };
    default:
      return {};
  }
}

/** Never the token: who may ask why it was refused may not have it. */
function passFacts(rule: RuleName, { lane }: Facts, found: FoundPass): Step['facts'] {
  const { token, pass, lastPassage, crossed } = found;
  switch (rule) {
    case 'lane-disabled':
    case 'lane-lockdown':
      return { kind: 'posture', posture: lane.posture, exemptGroupIds: [] };
    case 'pass-not-yet-valid':
    case 'pass-expired':
      return typeof token === 'string'
        ? {}
        : { kind: 'pass', validFrom: token.validFrom, validUntil: token.validUntil };
    case 'unknown-credential':
      return { kind: 'pass', ...(typeof token === 'string' ? {} : { number: token.number }) };
    case 'pass-no-entry':
    case 'pass-used': {
      const last = lastPassage ?? crossed;
      return {
        kind: 'pass',
        manyEntries: pass?.manyEntries ?? false,
        ...(last && { lastPassage: plain(last) }),
      };
    }
    default:
      return {};
  }
}

/** Nobody who asks is told of duress. */
function pinFacts(facts: Facts, now: number): StepFacts {
  const pin = facts.pin === 'duress' ? 'right' : (facts.pin ?? 'none');
  return { kind: 'pin', mode: pinMode(facts, now), pin, locked: facts.pinLocked === true };
}

/** A claimed passage knows more than this; it is nobody's business here. */
const plain = <D extends Direction | null>({
  direction,
  laneId,
  at,
}: {
  direction: D;
  laneId: string;
  at: number;
}) => ({
  direction,
  laneId,
  at,
});

function readFacts(read: Read): StepFacts {
  const form = read.form === undefined ? {} : { form: read.form };
  const bad = malformed(read);
  if (bad) return { kind: 'read', malformed: bad.malformed, raw: bad.raw, ...form };
  if ('malformed' in read.credential) return { kind: 'read', ...form };
  return { kind: 'read', readKey: credentialKey(read.credential), ...form };
}

function identityFacts({ found }: Facts): StepFacts {
  if (found.kind === 'unknown') return { kind: 'identity', found: 'unknown', credentialIds: [] };
  if (found.kind === 'ambiguous') {
    return { kind: 'identity', found: 'ambiguous', credentialIds: found.credentials.map(({ id }) => id) };
  }
  if (found.kind === 'pass') return { kind: 'identity', found: 'unknown', credentialIds: [] };
  return { kind: 'identity', found: 'known', form: found.form, credentialIds: [found.credential.id] };
}

function schedulesFacts(facts: Facts, { rules }: Known, now: number): StepFacts {
  const { calendar, timeZone } = facts.school;
  const { day, minute } = timeZone.localAt(now);
  const bySchedule = new Map<string, AccessRuleFact[]>();
  for (const rule of rules) {
    bySchedule.set(rule.schedule.id, [...(bySchedule.get(rule.schedule.id) ?? []), rule]);
  }
  const schedules = [...bySchedule.values()].flatMap((brought) =>
    brought.slice(0, 1).map(({ schedule }): ScheduleDetail => {
      const next = nextChange(schedule, calendar, timeZone, now);
      const kind = scheduleDayOf(schedule, calendar, day);
      return {
        scheduleId: schedule.id,
        name: schedule.name,
        ruleIds: brought.map(({ id }) => id),
        open: isOpen(schedule, calendar, timeZone, now),
        day: kind,
        windows: schedule.windows[kind],
        ...(next && { next }),
      };
    }),
  );
  return { kind: 'schedules', date: dateOfDay(day), minute, schedules };
}
