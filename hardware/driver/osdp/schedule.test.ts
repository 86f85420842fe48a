import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chargeTurn, emptySchedule, pickTurn, type Schedule } from './schedule.ts';

interface Member {
  key: number;
  /** Milliseconds of the bus that each of its turns takes. */
  cost: number;
  weight: number;
}

/** Everybody wants the bus all the time; who had it when. */
function run(members: readonly Member[], turns: number) {
  let schedule: Schedule = emptySchedule;
  let now = 0;
  const history: { key: number; at: number }[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    const wants = members.map(({ key }) => ({ key, dueAt: now, urgent: false }));
    const next = pickTurn(schedule, wants, now);
    const member = members.find(({ key }) => key === next?.key);
    if (!next || !member) throw new Error('somebody is due');
    history.push({ key: member.key, at: now });
    now += member.cost;
    schedule = chargeTurn(schedule, next, member.cost, now, member.weight);
  }
  return history;
}

const anyMembers = fc
  .array(fc.record({ cost: fc.integer({ min: 1, max: 250 }), weight: fc.integer({ min: 1, max: 8 }) }), {
    minLength: 2,
    maxLength: 10,
  })
  .map((list) => list.map((member, key) => ({ ...member, key })));

describe('turns on a bus', () => {
  it('come to everybody, however much the others want and however slow they are', () => {
    fc.assert(
      fc.property(anyMembers, (members) => {
        const history = run(members, 600);
        for (const { key, cost, weight } of members) {
          const times = history.filter((turn) => turn.key === key).map(({ at }) => at);
          // While it waits, each other one gets its weighted share of this one's last turn, and at most one turn more.
          const share = (cost / weight) * 8 * members.length;
          const longest = share + members.reduce((sum, other) => sum + 2 * other.cost, 0);
          const end = history.at(-1)?.at ?? 0;
          const gaps = [...times, end].map((at, index) => at - (times[index - 1] ?? 0));
          expect(Math.max(...gaps)).toBeLessThanOrEqual(longest);
        }
      }),
    );
  });

  it('share the time of the bus, not the number of turns', () => {
    const slow = { key: 0, cost: 200, weight: 1 };
    const quick = { key: 1, cost: 10, weight: 1 };
    const history = run([slow, quick], 420);
    const turns = history.filter(({ key }) => key === 1).length;
    expect(turns / (420 - turns)).toBeGreaterThan(18);
    expect(turns / (420 - turns)).toBeLessThan(22);
  });

  it('come eight times in a row to one with more to tell, and then to the next', () => {
    const history = run(
      [
        { key: 0, cost: 1, weight: 8 },
        { key: 1, cost: 1, weight: 1 },
      ],
      90,
    );
    expect(history.filter(({ key }) => key === 1).length).toBe(10);
  });

  it('are not saved up by being silent', () => {
    let schedule = emptySchedule;
    for (let turn = 0; turn < 100; turn += 1)
      schedule = chargeTurn(schedule, { key: 0, urgent: false }, 10, 0);
    const both = [0, 1].map((key) => ({ key, dueAt: 0, urgent: false }));
    const history: number[] = [];
    for (let turn = 0; turn < 10; turn += 1) {
      const next = pickTurn(schedule, both, 0);
      if (!next) throw new Error('both are due');
      history.push(next.key);
      schedule = chargeTurn(schedule, next, 10, 0);
    }
    expect(history.filter((key) => key === 1).length).toBeLessThanOrEqual(6);
  });

  it('jump the queue when they are urgent, which others do not pay for', () => {
    const urgent = { key: 0, dueAt: 0, urgent: true };
    const patient = { key: 1, dueAt: 0, urgent: false };
    let schedule = chargeTurn(emptySchedule, urgent, 1_000, 0);
    expect(pickTurn(schedule, [patient, urgent], 0)).toBe(urgent);
    schedule = chargeTurn(schedule, urgent, 10, 0);
    expect(pickTurn(schedule, [patient, { ...urgent, urgent: false }], 0)).toBe(patient);
  });

  it("are nobody's when nobody is due", () => {
    expect(pickTurn(emptySchedule, [{ key: 0, dueAt: 5, urgent: true }], 4)).toBeUndefined();
  });

  it('come to all who waited for a probe before the next probe, and to the probe after them', () => {
    const wants = [0, 1, 2, 3].map((key) => ({ key, dueAt: 0, urgent: false, probe: key < 2 }));
    let schedule = emptySchedule;
    const history: number[] = [];
    for (let now = 0; now < 4; now += 1) {
      const next = pickTurn(schedule, wants, now);
      if (!next) throw new Error('all are due');
      history.push(next.key);
      schedule = chargeTurn(schedule, next, next.key < 2 ? 0.1 : 1_000, now + 1);
      if (!next.probe) wants[next.key] = { ...next, probe: false, dueAt: now + 1 };
    }
    expect(history).toEqual([0, 2, 3, 1]);
  });
});
