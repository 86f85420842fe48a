import { describe, expect, it } from 'vitest';
import { facts, now, read, type World, welcome } from '../../tests/decision-world.ts';
import { apbMode, type DenyReason, denyReason } from '../contract/words.ts';
import { type Decision, decide } from './decide.ts';
import { caseRules, identityRules } from './rules.ts';

const ask = (change: Partial<World>): Decision => {
  const world = { ...welcome, ...change };
  return decide(facts(world), read(world), now);
};
const reasonOf = (decision: Decision) => (decision.grant ? 'granted' : decision.reason);
const flagsOf = (decision: Decision) => (decision.grant ? decision.flags : undefined);

/** What makes a read be refused for each reason, in the order of the rules. */
const causes: [DenyReason, Partial<World>][] = [
  ['malformed-credential', { malformed: true }],
  ['reader-not-secure', { demandsSecure: true }],
  ['pin-locked', { pinMode: 'card-and-pin', pin: 'right', pinLocked: true }],
  ['pin-wrong', { pinMode: 'card-and-pin', pin: 'wrong' }],
  ['unknown-credential', { found: 'unknown' }],
  ['credential-lost', { credential: 'lost' }],
  ['credential-suspended', { credential: 'suspended' }],
  ['credential-not-yet-valid', { validFrom: now + 1 }],
  ['credential-expired', { validUntil: now }],
  ['cardholder-suspended', { cardholder: 'suspended' }],
  ['cardholder-left', { cardholder: 'left' }],
  ['lane-disabled', { posture: 'disabled' }],
  ['lane-lockdown', { posture: 'lockdown' }],
  ['no-rule', { rules: [] }],
  ['outside-schedule', { rules: ['closed'] }],
  ['anti-passback', { apb: 'hard', last: { direction: 'in', ago: 1 } }],
  ['anti-passback-timed', { apb: 'timed', last: { direction: 'in', ago: 1 } }],
  ['pin-needed', { pinMode: 'card-and-pin' }],
];

describe('the order of the rules', () => {
  it('is that of the closed list of reasons', () => {
    const walked = denyReason.options.filter((each) => each !== 'store-fault' && !each.startsWith('pass-'));
    expect([...identityRules, ...caseRules].map(({ name }) => name)).toEqual(walked);
    expect(causes.map(([reason]) => reason)).toEqual(walked);
  });

  it('grants when nothing holds', () => {
    const decision = ask({});
    expect(decision).toMatchObject({
      grant: true,
      flags: [],
      credential: { id: 'c1' },
      cardholder: { id: 'p1' },
    });
  });

  it.each(causes)('refuses for %s alone', (reason, cause) => {
    expect(reasonOf(ask(cause))).toBe(reason);
  });

  // Two values of one word (lost and suspended) can't hold at once; every other pair can.
  const pairs = causes.flatMap(([first, cause], index) =>
    causes.slice(index + 1).flatMap(([second, other]) => {
      const clash = Object.keys(cause).some((key) => key in other && key !== 'last');
      return clash ? [] : [[first, second, { ...other, ...cause }] as const];
    }),
  );
  it.each(pairs)('%s comes before %s', (first, _second, both) => {
    expect(reasonOf(ask(both))).toBe(first);
  });
});

describe('identity', () => {
  it('refuses a form that several people share as unknown, naming nobody', () => {
    expect(ask({ found: 'ambiguous' })).toEqual({ grant: false, reason: 'unknown-credential' });
  });

  it('counts validity from its first instant to just before its end', () => {
    expect(reasonOf(ask({ validFrom: now, validUntil: now + 1 }))).toBe('granted');
  });
});

describe('a card and a PIN', () => {
  const both = { pinMode: 'card-and-pin' } as const;
  it('is a card alone within its schedule, and no PIN alone ever is', () => {
    expect(reasonOf(ask({ ...both, cardAlone: 'open' }))).toBe('granted');
    expect(reasonOf(ask({ ...both, cardAlone: 'closed' }))).toBe('pin-needed');
    expect(reasonOf(ask({ ...both, cardAlone: 'closed', pin: 'right' }))).toBe('granted');
    expect(reasonOf(ask({ pinMode: 'pin', cardAlone: 'open' }))).toBe('pin-needed');
  });

  it('is what it was when the card was read, however long the PIN takes', () => {
    const world = { ...welcome, ...both, cardAlone: 'open' as const };
    const before = { ...facts(world), readAt: now - 2 * 3_600_000 };
    expect(reasonOf(decide(before, read(world), now))).toBe('pin-needed');
  });
});

describe('postures', () => {
  it('lets exempt groups through a lockdown, both ways, whatever rules, schedules and anti-passback say', () => {
    for (const direction of ['in', 'out'] as const) {
      const last = { direction, ago: 1 };
      const decision = ask({ posture: 'lockdown', exempt: true, rules: [], apb: 'hard', direction, last });
      expect(flagsOf(decision)).toEqual(['lockdown-exempt']);
      expect(reasonOf(ask({ posture: 'lockdown', direction }))).toBe('lane-lockdown');
    }
  });

  it('exempts nobody from a lost card, nor from a lane out of service', () => {
    expect(reasonOf(ask({ posture: 'lockdown', exempt: true, credential: 'lost' }))).toBe('credential-lost');
    expect(reasonOf(ask({ posture: 'disabled', exempt: true }))).toBe('lane-disabled');
  });

  it('records whoever is known at a free lane', () => {
    const last = { direction: 'in', ago: 1 } as const;
    expect(flagsOf(ask({ posture: 'free', rules: [], apb: 'hard', last }))).toEqual(['lane-free']);
    expect(reasonOf(ask({ posture: 'free', cardholder: 'left' }))).toBe('cardholder-left');
  });

  it('means nothing to be exempt at a lane that is not in lockdown', () => {
    expect(reasonOf(ask({ exempt: true, rules: [] }))).toBe('no-rule');
    expect(flagsOf(ask({ exempt: true }))).toEqual([]);
  });
});

describe('schedules', () => {
  it('is content with one open schedule', () => {
    expect(reasonOf(ask({ rules: ['closed', 'open'] }))).toBe('granted');
  });
});

describe('anti-passback', () => {
  const last = (direction: 'in' | 'out', ago = 1) => ({ direction, ago });

  it('refuses the same way twice, in and out', () => {
    expect(reasonOf(ask({ apb: 'hard', direction: 'out', last: last('out') }))).toBe('anti-passback');
    expect(reasonOf(ask({ apb: 'hard', direction: 'out', last: last('in') }))).toBe('granted');
    expect(reasonOf(ask({ apb: 'hard', direction: 'in', last: last('out') }))).toBe('granted');
  });

  it('refuses nobody of whom nothing is known', () => {
    for (const direction of ['in', 'out'] as const) {
      for (const apb of apbMode.options) expect(reasonOf(ask({ apb, direction }))).toBe('granted');
    }
  });

  it('lets through and flags when soft', () => {
    expect(flagsOf(ask({ apb: 'soft', last: last('in') }))).toEqual(['anti-passback-soft']);
    expect(flagsOf(ask({ apb: 'soft', last: last('out') }))).toEqual([]);
  });

  it('refuses the same way again within the minutes when timed', () => {
    expect(reasonOf(ask({ apb: 'timed', last: last('in', 299_999) }))).toBe('anti-passback-timed');
    expect(reasonOf(ask({ apb: 'timed', last: last('in', 300_000) }))).toBe('granted');
    expect(reasonOf(ask({ apb: 'timed', last: last('out', 1) }))).toBe('granted');
    // The clock was set back by more than that.
    expect(reasonOf(ask({ apb: 'timed', last: last('in', -3_600_000) }))).toBe('granted');
  });
});
