/** A PIN typed under duress, at whatever comes of it: what is recorded, and that the lane goes its usual way. */
import { expect, it } from 'vitest';
import type { Read } from '../../hardware/ports.ts';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import { facts, now, type World, welcome } from '../../tests/decision-world.ts';
import type { NewEvent } from '../contract/events.ts';
import { StoreFault } from '../errors.ts';
import type { Recorded } from '../events/recorder.ts';
import { silent } from '../events/testing.ts';
import { pinCredential } from './directory-memory.ts';
import type { TypedPin } from './facts.ts';
import { createPassage } from './passage.ts';

const read: Read = { deviceId: 'd1', reader: 0, at: now, credential: pinCredential };

/** One PIN at a lane that takes the PIN alone; what happened, in its order. */
async function typedPin(
  given: TypedPin,
  world: Partial<World> = {},
  parts: { fails?: (event: NewEvent) => boolean; counted?: boolean; recorded?: Promise<void> } = {},
) {
  const known = facts({ ...welcome, pinMode: 'pin', ...world });
  const steps: string[] = [];
  const events: NewEvent[] = [];
  const claims = new Set<object>();
  const passage = createPassage({
    directory: { place: () => known.reader, facts: () => known, standsOpen: () => false },
    presence: {
      ...{ lastPassage: () => undefined, crossed: () => undefined },
      claim(_holder, laneId, direction, at) {
        const claim = { laneId, direction, at, holderId: 'p1', zoneId: undefined, seq: undefined };
        claims.add(claim);
        return claim;
      },
      release: (claim) => void claims.delete(claim),
    },
    passes: { find: () => undefined },
    recorder: {
      async record(event): Promise<Recorded> {
        if (event.type === 'pin.duress') await parts.recorded;
        if (parts.fails?.(event)) throw new StoreFault('full', undefined);
        steps.push(event.type);
        events.push(event);
        const logged = { ...event, seq: events.length } as Extract<Recorded, { durable: 'log' }>['event'];
        return { durable: 'log', event: logged };
      },
    },
    refusals: { admits: () => !parts.counted },
    pins: { wait() {}, locked: () => false, tried() {} },
    secure: () => true,
    show: (_, outcome) => void steps.push(outcome),
    lanes: {
      async release() {
        steps.push('relay');
        return { outcome: 'confirmed' };
      },
    },
    ...{ clock: manualClock(now), log: silent },
  });
  const done = passage(read, { given, whose: 'hash' });
  if (!parts.recorded) await done;
  return { steps, events, claims, done };
}

it('is recorded after the passage, the relay and what the reader shows', async () => {
  const { steps, events } = await typedPin('duress');
  expect(steps).toEqual(['passage.granted', 'relay', 'granted', 'pin.duress']);
  expect(events[1]?.data).toMatchObject({ laneId: 'l1', credentialId: 'c1', cardholderId: 'p1' });
  expect((await typedPin('right')).steps).toEqual(['passage.granted', 'relay', 'granted']);
});

it.each<[string, Partial<World>]>([
  ['lane-disabled', { posture: 'disabled' }],
  ['lane-lockdown', { posture: 'lockdown' }],
  ['no-rule', { rules: [] }],
  ['outside-schedule', { rules: ['closed'] }],
  ['cardholder-suspended', { cardholder: 'suspended' }],
  ['anti-passback', { apb: 'hard', last: { direction: 'in', ago: 1 } }],
])('is recorded after a refusal that is the usual one: %s', async (reason, world) => {
  const duress = await typedPin('duress', world);
  const usual = await typedPin('right', world);
  expect(duress.events[0]).toEqual(usual.events[0]);
  expect(duress.events[0]?.data).toMatchObject({ reason });
  expect(usual.steps).toEqual(['passage.denied', 'denied']);
  expect(duress.steps).toEqual([...usual.steps, 'pin.duress']);
});

it('is recorded though the refusal itself is only counted, or could not be recorded', async () => {
  expect((await typedPin('duress', { rules: [] }, { counted: true })).steps).toEqual([
    'denied',
    'pin.duress',
  ]);
  const fails = ({ type }: NewEvent) => type === 'passage.granted';
  const { steps, claims } = await typedPin('duress', {}, { fails });
  expect(steps).toEqual(['denied', 'pin.duress']);
  expect(claims.size).toBe(0);
});

it('that cannot be recorded changes nothing at the reader, nor takes back the passage', async () => {
  const fails = ({ type }: NewEvent) => type === 'pin.duress';
  const { steps, claims } = await typedPin('duress', {}, { fails });
  expect(steps).toEqual(['passage.granted', 'relay', 'granted']);
  expect(claims.size).toBe(1);
  expect((await typedPin('duress', { rules: [] }, { fails })).steps).toEqual(['passage.denied', 'denied']);
});

it('holds nothing up while its record is slow', async () => {
  let go = () => {};
  const recorded = new Promise<void>((resolve) => {
    go = resolve;
  });
  const { steps, done } = await typedPin('duress', {}, { recorded });
  await new Promise((resolve) => setImmediate(resolve));
  expect(steps).toEqual(['passage.granted', 'relay', 'granted']);
  go();
  await done;
  expect(steps.at(-1)).toBe('pin.duress');
});

it('is nobody’s where the PIN is no more', async () => {
  expect((await typedPin('duress', { found: 'unknown' })).steps).toEqual(['passage.denied', 'denied']);
});
