/** A visit in a row of a list: how it stands, as a colour and a word; pure. */
import type { Visit } from '../../server/contract/visits.ts';
import type { Tone } from '../ui/StatusTag.tsx';

/** Keys of the texts `mark.*`, the most urgent first. */
export type Mark =
  | 'held'
  | 'overdue'
  | 'revoked'
  | 'waiting'
  | 'refused'
  | 'needs-word'
  | 'cleared'
  | 'inside'
  | 'left'
  | 'closed'
  | 'unseen-out';

export const markTone: Record<Mark, Tone> = {
  held: 'bad',
  overdue: 'bad',
  revoked: 'bad',
  waiting: 'warn',
  refused: 'bad',
  'needs-word': 'warn',
  cleared: 'good',
  inside: 'good',
  left: 'calm',
  closed: 'calm',
  'unseen-out': 'warn',
};

export function markOf({ state, pending, overdue, pass, unseenOut }: Visit): Mark {
  if (state === 'closed') return unseenOut ? 'unseen-out' : 'closed';
  if (state === 'refused' || state === 'left') return state;
  if (pending.includes('screening')) return 'held';
  if (state === 'inside') return overdue ? 'overdue' : 'inside';
  if (pass?.revokedAt != null) return 'revoked';
  if (state === 'waiting') return 'waiting';
  return pending.length > 0 ? 'needs-word' : 'cleared';
}

/** Why the pass opens no lane now, as a key of the texts `words:denyReason`; undefined when it does. */
export function passFault({ pass, pending, state }: Visit, now: number): string | undefined {
  if (!pass) return undefined;
  if (pass.revokedAt !== null) return 'pass-revoked';
  if (pending.length > 0 || state === 'waiting' || state === 'refused') return 'pass-not-approved';
  // Whoever is inside gets out, also over the time.
  if (state === 'inside') return undefined;
  if (now < pass.validFrom) return 'pass-not-yet-valid';
  return now >= pass.validUntil ? 'pass-expired' : undefined;
}
