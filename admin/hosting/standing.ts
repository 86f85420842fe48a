/** How a visit stands for its host, and what the host can do about it: pure. */
import type { Visit } from '../../server/contract/visits.ts';
import type { Tone } from '../ui/StatusTag.tsx';

const tones = {
  'waits-for-you': 'warn',
  'with-guard': 'info',
  'waits-for-others': 'info',
  revoked: 'bad',
  invited: 'calm',
  'invited-pending': 'info',
  'may-come-in': 'good',
  refused: 'bad',
  cancelled: 'calm',
  arrived: 'warn',
  'with-you': 'good',
  parted: 'info',
  overdue: 'bad',
  left: 'calm',
  'left-unseen': 'warn',
  'never-came': 'calm',
} as const satisfies Record<string, Tone>;
export type Standing = keyof typeof tones;
export const standings = Object.keys(tones) as Standing[];

export const toneOf = (standing: Standing): Tone => tones[standing];

/** @param now by the server's clock */
export function standingOf(visit: Visit, now: number): Standing {
  const { state, pending, pass, source, enteredAt } = visit;
  switch (state) {
    case 'waiting':
      if (!pending.includes('host')) return 'waits-for-others';
      return visit.lapsedAt === null ? 'waits-for-you' : 'with-guard';
    case 'expected':
    case 'approved':
      if (now >= visit.expectedUntil) return 'never-came';
      if (pass !== null && pass.revokedAt !== null) return 'revoked';
      if (pending.length > 0) return 'invited-pending';
      return state === 'expected' ? 'invited' : 'may-come-in';
    case 'refused':
      return source === 'invited' ? 'cancelled' : 'refused';
    case 'inside':
      if (visit.overdue) return 'overdue';
      if (visit.partedAt !== null) return 'parted';
      return visit.metAt === null ? 'arrived' : 'with-you';
    case 'left':
      return 'left';
    case 'closed':
      if (visit.unseenOut) return 'left-unseen';
      return enteredAt === null ? 'never-came' : 'left';
  }
}

/** `met` and `parted` are the receipt: that the visitor was with the host, and has left them. */
export type Offer =
  | 'accept'
  | 'refuse'
  | 'hand-over'
  | 'met'
  | 'parted'
  | 'pass'
  | 'cancel'
  | 'think-again'
  | 'sign-out';

export function offersOf(visit: Visit, now: number): Offer[] {
  switch (standingOf(visit, now)) {
    case 'waits-for-you':
      return ['accept', 'refuse', 'hand-over'];
    case 'with-guard':
      return ['accept', 'refuse'];
    case 'waits-for-others':
      return ['refuse'];
    case 'invited':
    case 'invited-pending':
    case 'may-come-in':
      return ['pass', 'cancel'];
    case 'revoked':
      return ['cancel'];
    case 'refused':
    case 'cancelled':
      return visit.pending.includes('host') && now < visit.expectedUntil ? ['think-again'] : [];
    case 'arrived':
      return ['met', 'pass', 'sign-out'];
    case 'with-you':
      return ['parted', 'pass', 'sign-out'];
    case 'parted':
      return ['pass', 'sign-out'];
    case 'overdue':
      return [...(visit.partedAt === null ? (['parted'] as const) : []), 'pass', 'sign-out'];
    default:
      return [];
  }
}
