import { describe, expect, it } from 'vitest';
import { now, facts as ofCard, read, welcome } from '../../tests/decision-world.ts';
import { type DenyReason, denyReason } from '../contract/words.ts';
import type { PassFact } from '../visits/pass-fact.ts';
import { type PassClaims, stepAt } from '../visits/pass-token.ts';
import { type Decision, decide } from './decide.ts';
import type { Facts, FoundPass } from './facts.ts';
import { passRules } from './pass-rules.ts';

/** The first of each is what lets a visitor in. */
interface World {
  token: FoundPass['token'] | 'good';
  claims: Partial<PassClaims>;
  pass: Partial<PassFact> | undefined;
  posture: 'controlled' | 'free' | 'lockdown' | 'disabled';
  direction: 'in' | 'out';
  demandsSecure: boolean;
  /** Of the last crossing; null when it is not known whether they went through. */
  crossed: 'in' | 'out' | null | undefined;
}
const calm: World = {
  token: 'good',
  claims: {},
  pass: {},
  posture: 'controlled',
  direction: 'in',
  demandsSecure: false,
  crossed: undefined,
};

function ask(change: Partial<World>): Decision {
  const world = { ...calm, ...change };
  const { posture, direction, demandsSecure } = world;
  const card: Facts = ofCard({ ...welcome, posture, direction, demandsSecure });
  const claims = {
    ...{ keyId: 1, number: 7, validFrom: now - 1, validUntil: now + 60_000, manyEntries: false },
    ...world.claims,
  };
  const pass: PassFact = {
    ...{ id: 'pass', number: 7, visitId: 'visit', manyEntries: false, liveCode: false },
    ...{ revoked: false, cleared: true, unseenOut: false, laneIds: undefined, ...world.pass },
  };
  const where = { laneId: 'l0', at: now - 1 };
  const { crossed } = world;
  const found: FoundPass = {
    kind: 'pass',
    token: world.token === 'good' ? claims : world.token,
    pass: typeof world.token === 'string' && world.token !== 'good' ? undefined : world.pass && pass,
    lastPassage: crossed ? { ...where, direction: crossed } : undefined,
    crossed: crossed === undefined ? undefined : { ...where, direction: crossed },
  };
  return decide({ ...card, found }, read(welcome), now);
}
const answer = (change: Partial<World>) => {
  const decision = ask(change);
  return decision.grant ? ['granted', ...decision.flags] : decision.reason;
};

const causes: [DenyReason, Partial<World>][] = [
  ['reader-not-secure', { demandsSecure: true }],
  ['pass-malformed', { token: 'malformed' }],
  ['pass-wrong-school', { token: 'wrong-school' }],
  ['pass-unknown-key', { token: 'unknown-key' }],
  ['pass-bad-signature', { token: 'bad-signature' }],
  ['pass-not-yet-valid', { claims: { validFrom: now + 1 } }],
  ['pass-expired', { claims: { validUntil: now } }],
  ['unknown-credential', { pass: undefined }],
  ['pass-revoked', { pass: { revoked: true } }],
  ['pass-not-approved', { pass: { cleared: false } }],
  ['pass-old-code', { pass: { liveCode: true } }],
  ['lane-disabled', { posture: 'disabled' }],
  ['lane-lockdown', { posture: 'lockdown' }],
  ['pass-wrong-lane', { pass: { laneIds: new Set(['l2']) } }],
  ['pass-no-entry', { direction: 'out' }],
  ['pass-used', { crossed: 'in' }],
];

describe('the rules of a pass', () => {
  it('stand in the order of the closed list of reasons', () => {
    const names = passRules.map(({ name }) => name);
    expect(names).toEqual(denyReason.options.filter((each) => names.includes(each as (typeof names)[0])));
    expect(causes.map(([reason]) => reason)).toEqual(names);
  });

  it('let a visitor in', () => {
    expect(ask({})).toMatchObject({ grant: true, pass: { id: 'pass' }, flags: [] });
  });

  it.each(causes)('refuse for %s alone', (reason, cause) => {
    expect(answer(cause)).toBe(reason);
  });

  const pairs = causes.flatMap(([first, cause], index) =>
    causes.slice(index + 1).flatMap(([second, other]) => {
      const clash = Object.keys(cause).some((key) => key in other && key !== 'pass' && key !== 'claims');
      const direction = 'direction' in other || 'direction' in cause || 'crossed' in other;
      const same = cause.pass === undefined && 'pass' in cause;
      const put = {
        ...other,
        ...cause,
        ...(cause.pass && other.pass ? { pass: { ...other.pass, ...cause.pass } } : {}),
      };
      return clash || direction || same ? [] : [[first, second, put] as const];
    }),
  );
  it.each(pairs)('%s comes before %s', (first, _second, both) => {
    expect(answer(both)).toBe(first);
  });
});

describe('in once and out once', () => {
  it('is used by whoever may have gone in, and lets out', () => {
    expect(answer({ crossed: null })).toBe('pass-used');
    expect(answer({ crossed: null, direction: 'out' })).toEqual(['granted']);
    expect(answer({ crossed: 'in', direction: 'out' })).toEqual(['granted']);
    expect(answer({ crossed: 'out', direction: 'out' })).toBe('pass-used');
    expect(answer({ crossed: 'out' })).toBe('pass-used');
  });

  it('tells when and where it was used', () => {
    expect(ask({ crossed: 'in' })).toMatchObject({ used: { laneId: 'l0', at: now - 1, direction: 'in' } });
  });

  it('goes by turns with many entries', () => {
    const pass = { manyEntries: true };
    expect(answer({ pass, crossed: 'out' })).toEqual(['granted']);
    expect(answer({ pass, crossed: 'in' })).toBe('pass-used');
  });

  it('lets out after its time, flagged, but not in', () => {
    const claims = { validUntil: now };
    expect(answer({ claims, crossed: 'in', direction: 'out' })).toEqual(['granted', 'pass-overdue']);
    expect(answer({ claims, direction: 'out' })).toBe('pass-expired');
  });

  it('lets out whoever lost a word, or was closed as gone unseen, after they came in', () => {
    expect(answer({ pass: { cleared: false }, crossed: 'in', direction: 'out' })).toEqual(['granted']);
    expect(answer({ pass: { cleared: false }, direction: 'out' })).toBe('pass-not-approved');
    const unseen = { cleared: false, unseenOut: true };
    expect(answer({ pass: unseen, crossed: 'out', direction: 'out' })).toEqual(['granted']);
    expect(answer({ pass: unseen, crossed: 'out' })).toBe('pass-not-approved');
  });
});

it('a changing code lets in within its half minute and the ones beside it', () => {
  const at = (steps: number) => answer({ pass: { liveCode: true }, claims: { step: stepAt(now) + steps } });
  expect([-2, -1, 0, 1, 2].map(at)).toEqual([
    'pass-old-code',
    ['granted'],
    ['granted'],
    ['granted'],
    'pass-old-code',
  ]);
  // Out by a picture too: nobody is kept in for want of a telephone.
  expect(answer({ pass: { liveCode: true }, crossed: 'in', direction: 'out' })).toEqual(['granted']);
});

it('a lane that stands free asks nothing further', () => {
  expect(answer({ posture: 'free', crossed: 'in' })).toEqual(['granted', 'lane-free']);
});
