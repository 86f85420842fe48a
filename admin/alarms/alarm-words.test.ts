import { describe, expect, it } from 'vitest';
import type { Alarm } from '../../server/contract/alarms.ts';
import { byUrgency, isOpen, olderThan, stageOf } from './alarm-words.ts';

const alarm = (id: string, more: Partial<Alarm> = {}): Alarm => ({
  id,
  kind: 'forced',
  priority: 'high',
  state: 'active',
  gateId: null,
  laneId: null,
  deviceId: null,
  readerId: null,
  raisedAt: 1000,
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  repeats: 0,
  ...more,
});

describe('stageOf', () => {
  it.each([
    ['active', null, 'active', true],
    ['active', 1, 'active-acknowledged', true],
    ['cleared', null, 'cleared-unacknowledged', true],
    ['cleared', 1, 'closed', false],
  ] as const)('%s, acknowledged %s is %s', (state, acknowledgedAt, stage, open) => {
    expect(stageOf({ state, acknowledgedAt })).toBe(stage);
    expect(isOpen({ state, acknowledgedAt })).toBe(open);
  });
});

describe('byUrgency', () => {
  it('puts the unseen first, then the weighty, then the new', () => {
    const alarms = [
      alarm('seen', { priority: 'critical', acknowledgedAt: 1 }),
      alarm('old', { raisedAt: 1 }),
      alarm('new', { raisedAt: 2 }),
      alarm('critical', { priority: 'critical', raisedAt: 0 }),
    ];
    expect(alarms.sort(byUrgency).map(({ id }) => id)).toEqual(['critical', 'new', 'old', 'seen']);
  });
});

describe('pages', () => {
  it('asks on where a full page ended, so that nothing of the same moment is lost', () => {
    const page = [alarm('a', { raisedAt: 9 }), alarm('b', { raisedAt: 4 })];
    expect(olderThan(page, 2)).toBe(5);
    expect(olderThan(page, 3)).toBeUndefined();
  });
});
