/** How alarms are told and ordered. */
import type { Alarm } from '../../server/contract/alarms.ts';
import type { AlarmPriority } from '../../server/contract/words.ts';
import type { Tone } from '../ui/StatusTag.tsx';

export const priorityTone = {
  critical: 'bad',
  high: 'bad',
  medium: 'warn',
  low: 'calm',
} as const satisfies Record<AlarmPriority, Tone>;

const rank: Record<AlarmPriority, number> = { critical: 0, high: 1, medium: 2, low: 3 };

export type AlarmStage = 'active' | 'active-acknowledged' | 'cleared-unacknowledged' | 'closed';

/** Acknowledging says "seen", clearing says "over": an alarm is closed when it is both. */
export function stageOf({ state, acknowledgedAt }: Pick<Alarm, 'state' | 'acknowledgedAt'>): AlarmStage {
  if (state === 'active') return acknowledgedAt === null ? 'active' : 'active-acknowledged';
  return acknowledgedAt === null ? 'cleared-unacknowledged' : 'closed';
}

export const stageTone = {
  active: 'bad',
  'active-acknowledged': 'warn',
  'cleared-unacknowledged': 'warn',
  closed: 'calm',
} as const satisfies Record<AlarmStage, Tone>;

export function isOpen(alarm: Pick<Alarm, 'state' | 'acknowledgedAt'>): boolean {
  return stageOf(alarm) !== 'closed';
}

/** What still needs a person first, then by weight, then the newest. */
export function byUrgency(a: Alarm, b: Alarm): number {
  const unseen = Number(b.acknowledgedAt === null) - Number(a.acknowledgedAt === null);
  return unseen || rank[a.priority] - rank[b.priority] || b.raisedAt - a.raisedAt;
}

/**
 * The moment to ask older ones with; undefined when this page was the last. One past the oldest, so that another
 * alarm of the same millisecond is not lost; the oldest stands on both pages.
 */
export function olderThan(page: readonly Alarm[], limit: number): number | undefined {
  if (page.length < limit) return undefined;
  return Math.min(...page.map(({ raisedAt }) => raisedAt)) + 1;
}
