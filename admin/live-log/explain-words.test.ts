import { describe, expect, it } from 'vitest';
import { clockOf, factLines } from './explain-words.ts';

/** Shows the key and its value, so that a test sees what would be said. */
const t = (key: string, values?: Record<string, unknown>) =>
  `${key.replace('live-log:fact.', '')}${values?.value === undefined ? '' : `=${String(values.value)}`}`;
const lines = (facts: Record<string, unknown>) => factLines(facts, t, 'Asia/Shanghai');
const midnight = Date.UTC(2025, 8, 1, 16);

describe('what a rule looked at', () => {
  it('says the status and validity of a card, and leaves out what is not set', () => {
    expect(lines({ kind: 'credential', status: 'lost', validFrom: null, validUntil: midnight })).toEqual([
      'status=words:credentialStatus.lost',
      'valid-until=2025-09-02 00:00:00',
    ]);
  });

  it('says the number of a card, or the raw bytes of what was none', () => {
    expect(lines({ kind: 'read', readKey: 'em4100:40:00', form: '10H' })).toEqual([
      'card=em4100:40:00',
      'form=10H',
    ]);
    expect(lines({ kind: 'read', raw: 'FF' })).toEqual(['card=FF']);
  });

  it('says which schedules allowed it', () => {
    const schedules = [
      { name: 'Morning', open: true },
      { name: 'Night', open: false },
    ];
    expect(lines({ kind: 'schedules', date: '2025-09-02', minute: 451, schedules })).toEqual([
      'date=2025-09-02',
      'minute=07:31',
      'schedule-open=Morning',
      'schedule-closed=Night',
    ]);
  });

  it('says the passage before, and the minutes only where they count', () => {
    const lastPassage = { direction: 'in', at: midnight };
    expect(lines({ kind: 'anti-passback', mode: 'timed', minutes: 5, lastPassage })).toEqual([
      'mode=words:apbMode.timed',
      'minutes=5',
      'last=words:direction.in 2025-09-02 00:00:00',
    ]);
    expect(lines({ kind: 'anti-passback', mode: 'hard', minutes: 5 })).toEqual(['mode=words:apbMode.hard']);
  });

  it('tells how many groups and rules there were, none too', () => {
    expect(lines({ kind: 'rules', groupIds: ['a'], ruleIds: [] })).toEqual(['groups=1', 'rules=0']);
  });

  it('says nothing of facts that it does not know', () => {
    expect(lines({})).toEqual([]);
    expect(lines({ kind: 'new-kind', secret: 1 })).toEqual([]);
  });
});

it('writes minutes as a clock', () => {
  expect(clockOf(0)).toBe('00:00');
  expect(clockOf(1439)).toBe('23:59');
  expect(clockOf(undefined)).toBeUndefined();
});
