import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  floodingSince,
  intervalMs,
  passTime,
  type RefusalEffect,
  type RefusalState,
  recordedPerCard,
  recordedPerInterval,
  recordedWhileFlooding,
  refuse,
} from './refusal-flood.ts';

/** One reader over time, its timer kept as the shell keeps it. */
function reader(first?: RefusalState) {
  let state = first;
  let now = first?.since ?? 0;
  const told: (RefusalEffect & { now: number })[] = [];
  let records = 0;
  const take = (effects: RefusalEffect[]) => told.push(...effects.map((each) => ({ ...each, now })));
  return {
    pass(ms: number) {
      for (const end = now + ms; now < end; ) {
        now = Math.min(end, state && state.since + intervalMs > now ? state.since + intervalMs : end);
        const passed = passTime(state, now);
        state = passed.state;
        take(passed.effects);
      }
    },
    /** Whether it was recorded. */
    refuse(key: string, known = false): boolean {
      const step = refuse(state, { key, known, at: 1_000_000 + now }, now);
      state = step.state;
      take(step.effects);
      if (step.record) records += 1;
      return step.record;
    },
    kinds: () => told.map(({ kind }) => kind),
    counted: () => told.reduce((sum, each) => sum + (each.kind === 'counted' ? each.count : 0), 0),
    told,
    records: () => records,
    state: () => state,
  };
}

describe('refusals at a reader', () => {
  it('of a real rush hour are all recorded, known and unknown, and nothing is told beside', () => {
    const it = reader();
    for (let second = 0; second < 3600; second += 1) {
      if (second % 10 === 0) expect(it.refuse(`stranger ${second}`)).toBe(true);
      expect(it.refuse(`card-${second}`, true)).toBe(true);
      it.pass(1000);
    }
    expect(it.told).toEqual([]);
  });

  it('of people alone are no flood, were each of them refused: known ones always, strangers as fast as they can pass', () => {
    const it = reader();
    for (let n = 0; n < 10 * recordedPerInterval; n += 1) {
      expect(it.refuse(`new card ${n}`)).toBe(true);
      expect(it.refuse(`card-${n}`, true)).toBe(true);
      it.pass(1000);
    }
    expect(it.told).toEqual([]);
  });

  it('of one unknown tag that is held badly are recorded ten times, then counted, and are no flood', () => {
    const it = reader();
    for (let n = 0; n < 40; n += 1) {
      expect(it.refuse('tag')).toBe(n < recordedPerCard);
      it.pass(500);
    }
    // Somebody else in between is not worse off.
    expect(it.refuse('other tag')).toBe(true);
    expect(it.refuse('card', true)).toBe(true);
    it.pass(intervalMs);
    expect(it.told).toEqual([
      { kind: 'counted', count: 30, firstAt: 1_005_000, lastAt: 1_019_500, now: intervalMs },
    ]);
    expect(it.state()).toBeUndefined();
  });

  it('of one known card are recorded each, unless it is shown too often to be shown by a hand', () => {
    const it = reader();
    for (let n = 0; n < 100; n += 1) expect(it.refuse('card', true)).toBe(n < recordedPerCard);
    expect(it.kinds()).toEqual(['flood-started']);
    expect(it.refuse('another card', true)).toBe(true);
    it.pass(intervalMs);
    expect(it.counted()).toBe(90);
  });

  it('that try out a hundred numbers a second cost a few rows a minute, and none is lost from the count', () => {
    const it = reader();
    const minutes = 10;
    for (let n = 0; n < minutes * 6000; n += 1) {
      it.refuse(`number ${n}`);
      it.pass(10);
    }
    const summaries = it.told.filter(({ kind }) => kind === 'counted');
    expect(it.kinds()[0]).toBe('flood-started');
    expect(it.told[0]?.now).toBeLessThan(1000);
    expect(summaries).toHaveLength(minutes);
    expect(it.records()).toBe(recordedPerInterval + (minutes - 1) * recordedWhileFlooding);
    expect(it.records() + it.counted()).toBe(minutes * 6000);
    it.pass(2 * intervalMs);
    expect(it.kinds().slice(-1)).toEqual(['flood-ended']);
    expect(it.kinds().filter((kind) => kind.startsWith('flood'))).toHaveLength(2);
    expect(it.state()).toBeUndefined();
  });

  it('of known people are recorded each also while strangers flood', () => {
    const it = reader();
    for (let n = 0; n < 1000; n += 1) it.refuse(`number ${n}`);
    for (let n = 0; n < 1000; n += 1) expect(it.refuse(`card-${n}`, true)).toBe(true);
  });

  it('are ordinary again after the first interval that would have been ordinary', () => {
    const it = reader(floodingSince(500));
    for (let n = 0; n < recordedPerInterval; n += 1) it.refuse(`number ${n}`);
    expect(it.records()).toBe(recordedWhileFlooding);
    it.pass(intervalMs);
    expect(it.kinds()).toEqual(['counted', 'flood-ended']);
    expect(it.refuse('number')).toBe(true);
  });

  it('hold little in memory, tell one summary an interval, and lose none, whatever comes', () => {
    const act = fc.oneof(
      { weight: 8, arbitrary: fc.record({ key: fc.integer({ max: 500, min: 0 }), known: fc.boolean() }) },
      { weight: 1, arbitrary: fc.record({ ms: fc.nat(intervalMs) }) },
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 600 }), (acts) => {
        const it = reader();
        let refused = 0;
        for (const each of acts) {
          if ('ms' in each) it.pass(each.ms);
          else {
            refused += 1;
            it.refuse(`${each.known ? 'card' : 'number'} ${each.key}`, each.known);
          }
          const strangers = [...(it.state()?.recorded.keys() ?? [])].filter((key) =>
            key.startsWith('number'),
          );
          expect(strangers.length).toBeLessThanOrEqual(recordedPerInterval);
        }
        it.pass(2 * intervalMs);
        expect(it.records() + it.counted()).toBe(refused);
        const times = it.told.filter(({ kind }) => kind === 'counted').map(({ now }) => now);
        for (const [index, time] of times.entries())
          if (index > 0) expect(time - (times[index - 1] ?? 0)).toBeGreaterThanOrEqual(intervalMs);
        const floods = it.kinds().filter((kind) => kind !== 'counted');
        expect(floods).toEqual(floods.map((_, index) => (index % 2 ? 'flood-ended' : 'flood-started')));
        expect(floods.length % 2).toBe(0);
      }),
    );
  });
});
