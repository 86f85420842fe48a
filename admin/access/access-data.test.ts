import { describe, expect, it } from 'vitest';
import { calendarOrder, rulesByGroup } from './access-data.ts';

describe('rulesByGroup', () => {
  it('keeps groups that open nothing', () => {
    const group = (id: string) => ({ id, name: id, lockdownExempt: false, members: 0 });
    const rule = { id: 'r', groupId: 'b', laneId: 'l', direction: 'both' as const, scheduleId: 's' };
    const listed = rulesByGroup({ groups: [group('a'), group('b')], rules: [rule] });
    expect(listed.map(({ group: { id }, rules }) => [id, rules.length])).toEqual([
      ['a', 0],
      ['b', 1],
    ]);
  });
});

describe('calendarOrder', () => {
  it('shows what comes next first, today included, and the past backwards', () => {
    const days = ['2026-10-01', '2026-09-01', '2026-09-03', '2026-08-01'].map((date) => ({ date }));
    const { coming, past } = calendarOrder(days, '2026-09-03');
    expect(coming.map(({ date }) => date)).toEqual(['2026-09-03', '2026-10-01']);
    expect(past.map(({ date }) => date)).toEqual(['2026-09-01', '2026-08-01']);
  });
});
