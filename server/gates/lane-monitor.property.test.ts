import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type LaneEffect,
  type LaneInput,
  type LaneTimes,
  laneMonitor,
  nextDeadline,
  type RelayOutcome,
  settleMs,
  step,
} from './lane-monitor.ts';
import { relockMs } from './release-match.ts';

const times: LaneTimes = {
  free: false,
  pulseMs: 1_000,
  notEnteredMs: 4_000,
  heldWarningMs: 9_000,
  heldAlarmMs: 20_000,
};

type Timed = { at: number; input: LaneInput };

/** Runs inputs in the order of time; timers on time, or only when the next input comes. */
function run(inputs: Timed[], punctual: boolean) {
  let state = step(laneMonitor(), times, { kind: 'door', open: false }, 0).state;
  const told: { at: number; effect: LaneEffect }[] = [];
  const go = (at: number, input: LaneInput) => {
    const next = step(state, times, input, at);
    state = next.state;
    told.push(...next.effects.map((effect) => ({ at, effect })));
  };
  const sorted = inputs.toSorted((a, b) => a.at - b.at);
  for (const { at, input } of [...sorted, { at: 10_000_000, input: { kind: 'tick' } as const }]) {
    if (punctual) {
      for (
        let due = nextDeadline(state, times);
        due !== undefined && due < at;
        due = nextDeadline(state, times)
      ) {
        go(due, { kind: 'tick' });
      }
    }
    go(at, input);
  }
  return { state, told };
}

const moment = fc.integer({ min: 1, max: 60_000 });
const relayOutcome = fc.constantFrom<RelayOutcome>('confirmed', 'sent', 'unknown', 'fault');
const releases = fc.array(
  fc.record({
    at: moment,
    by: fc.constantFrom('grant' as const, 'hand' as const, 'rex' as const),
    outcome: relayOutcome,
    delay: fc.option(fc.integer({ min: 0, max: 12_000 })),
  }),
  { maxLength: 14 },
);
const doors = fc.array(fc.record({ at: moment, open: fc.constantFrom(true, false, undefined) }), {
  maxLength: 20,
});

function releaseInputs(
  list: { at: number; by: 'grant' | 'hand' | 'rex'; outcome: RelayOutcome; delay: number | null }[],
): Timed[] {
  return list.flatMap(({ at, by, outcome, delay }, id) => [
    { at, input: { kind: 'released', id, by } as const },
    ...(delay === null ? [] : [{ at: at + delay, input: { kind: 'relay', id, outcome } as const }]),
  ]);
}

it('gives exactly one outcome to every release, within its bound, whatever else happens', () => {
  const bound = Math.max(times.notEnteredMs, settleMs);
  fc.assert(
    fc.property(releases, doors, fc.boolean(), (list, moves, punctual) => {
      const inputs = [
        ...releaseInputs(list),
        ...moves.map(({ at, open }) => ({ at, input: { kind: 'door', open } as const })),
      ];
      const { state, told } = run(inputs, punctual);
      for (const [id, { at }] of list.entries()) {
        const outcomes = told.filter(({ effect }) => effect.kind === 'outcome' && effect.id === id);
        expect(outcomes).toHaveLength(1);
        if (punctual) expect(outcomes[0]?.at).toBeLessThanOrEqual(at + bound);
      }
      expect(state.releases).toEqual([]);
      expect(state.openings).toEqual([]);
    }),
  );
});

it('raises one alarm at a time, and secures each once the door is closed', () => {
  fc.assert(
    fc.property(releases, doors, (list, moves) => {
      const inputs = [
        ...releaseInputs(list),
        ...moves.map(({ at, open }) => ({ at, input: { kind: 'door', open } as const })),
        { at: 100_000, input: { kind: 'door', open: false } as const },
      ];
      const { told } = run(inputs, true);
      let alarm: string | undefined;
      for (const { effect } of told) {
        if (effect.kind === 'outcome') continue;
        if (effect.kind === 'secured') {
          expect(effect.after).toBe(alarm);
          alarm = undefined;
        } else {
          if (effect.kind === 'held') expect([undefined, 'held-warning']).toContain(alarm);
          if (effect.kind === 'held-warning') expect(alarm).toBeUndefined();
          alarm = effect.kind;
        }
      }
      expect(alarm).toBeUndefined();
    }),
  );
});

/** Who knows every answer from the beginning shares the openings out, oldest release first. */
function forcedByHindsight(
  list: { at: number; by: string; outcome: RelayOutcome; delay: number }[],
  openings: number[],
): number {
  const moved = list
    .filter(({ by, outcome }) => by === 'rex' || outcome !== 'fault')
    .toSorted((a, b) => a.at - b.at);
  const used = new Set<object>();
  let forced = 0;
  for (const at of openings.toSorted((a, b) => a - b)) {
    const waiting = moved.find(
      (each) => !used.has(each) && each.at <= at && at < each.at + times.notEnteredMs,
    );
    if (waiting) used.add(waiting);
    else if (!moved.some((each) => each.at <= at && at < each.at + each.delay + times.pulseMs + relockMs))
      forced += 1;
  }
  return forced;
}

it('calls forced exactly those openings that no release covers, in whatever order the answers come', () => {
  const at = fc.integer({ min: 1, max: 3_000 }).map((each) => each * 10);
  const list = fc.array(
    fc.record({
      at,
      by: fc.constantFrom('grant' as const, 'hand' as const, 'rex' as const),
      outcome: relayOutcome,
      delay: fc.integer({ min: 0, max: 1_200 }),
    }),
    { maxLength: 14 },
  );
  // Cycles of a turnstile: none stands open, so none is walked through. Never at the moment of a release.
  const cycles = fc.uniqueArray(
    fc.integer({ min: 1, max: 3_600 }).map((each) => each * 10 + 5),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(list, cycles, (given, openings) => {
      const inputs = [
        ...releaseInputs(given),
        ...openings.flatMap((open) => [
          { at: open, input: { kind: 'door', open: true } as const },
          { at: open + 1, input: { kind: 'door', open: false } as const },
        ]),
      ];
      const { told } = run(inputs, true);
      const forced = told.filter(({ effect }) => effect.kind === 'forced').length;
      expect(forced).toBe(forcedByHindsight(given, openings));
    }),
    { numRuns: 500 },
  );
});
