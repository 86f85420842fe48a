import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { facts, now, read, type World } from '../../tests/decision-world.ts';
import { apbMode, cardholderStatus, credentialStatus, pinMode, posture } from '../contract/words.ts';
import { decide } from './decide.ts';
import { explain } from './explain.ts';

const ask = (world: World) => decide(facts(world), read(world), now);

const worldArb: fc.Arbitrary<World> = fc.record({
  malformed: fc.boolean(),
  found: fc.constantFrom('known', 'known', 'known', 'unknown', 'ambiguous'),
  credential: fc.constantFrom('active', 'active', ...credentialStatus.options),
  validFrom: fc.constantFrom(null, null, now - 1, now, now + 1),
  validUntil: fc.constantFrom(null, null, now - 1, now, now + 1),
  cardholder: fc.constantFrom('active', 'active', ...cardholderStatus.options),
  posture: fc.constantFrom(...posture.options),
  exempt: fc.boolean(),
  rules: fc.array(fc.constantFrom('open', 'closed'), { maxLength: 3 }),
  apb: fc.constantFrom(...apbMode.options),
  direction: fc.constantFrom('in', 'out'),
  last: fc.option(
    fc.record({ direction: fc.constantFrom('in', 'out'), ago: fc.integer({ min: -600_000, max: 600_000 }) }),
    { nil: undefined },
  ),
  demandsSecure: fc.boolean(),
  secure: fc.boolean(),
  pinMode: fc.constantFrom('card', ...pinMode.options),
  cardAlone: fc.constantFrom(undefined, 'open' as const, 'closed' as const),
  pin: fc.constantFrom(undefined, 'right', 'wrong', 'duress'),
  pinLocked: fc.boolean(),
});

describe('whatever the facts', () => {
  it('grants nobody without an active, valid credential of an active cardholder', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        const decision = ask(world);
        if (!decision.grant) return;
        expect(world).toMatchObject({
          malformed: false,
          found: 'known',
          credential: 'active',
          cardholder: 'active',
        });
        expect(world.validFrom ?? now).toBeLessThanOrEqual(now);
        expect(world.validUntil ?? now + 1).toBeGreaterThan(now);
        expect(world.posture).not.toBe('disabled');
        if (world.posture === 'lockdown') expect(world.exempt).toBe(true);
        if (world.posture === 'controlled') expect(world.rules).toContain('open');
        if (world.demandsSecure) expect(world.secure).toBe(true);
        if (world.pinMode === 'card') return;
        if (world.pinMode === 'card-and-pin' && world.cardAlone === 'open') return;
        expect(world).toMatchObject({ pinLocked: false });
        expect(world.pin).not.toBe('wrong');
        if (world.posture === 'controlled') expect(world.pin).toBeDefined();
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses for the first reason that holds', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        const decision = ask(world);
        if (decision.grant) return;
        const { steps } = explain(facts(world), read(world), now);
        const decided = steps.findIndex(({ rule }) => rule === decision.reason);
        expect(steps.slice(0, decided).every(({ verdict }) => verdict === 'passed')).toBe(true);
        expect(steps[decided]?.verdict).toBe('decided');
        expect(steps.slice(decided + 1).every(({ verdict }) => verdict === 'not-reached')).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is explained as it was decided', () => {
    fc.assert(
      fc.property(worldArb, (world) => {
        const decision = ask(world);
        const explained = explain(facts(world), read(world), now);
        expect(explained.result).toBe(decision.grant ? 'granted' : 'denied');
        expect(explained.reason).toBe(decision.grant ? undefined : decision.reason);
        expect(explained.flags).toEqual(decision.grant ? decision.flags : []);
        expect(explained.cardholder?.id).toBe(decision.cardholder?.id);
      }),
      { numRuns: 1_000 },
    );
  });
});
