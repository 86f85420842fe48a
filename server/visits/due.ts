/** What time brings to a visit: pure. Each is asked again and again, and answered once. */
import type { VisitState, VisitWord } from '../contract/visit-words.ts';

/** Overdue for so long, whoever is at the gate has to look for them. */
export const alarmAfterMs = 15 * 60_000;

/** `lapse` from the host to the guard · `remind` the host · `alarm` the guard · `close` what is over. */
export type Due = 'lapse' | 'remind' | 'alarm' | 'close';

export interface Timed {
  readonly state: VisitState;
  readonly pending: readonly VisitWord[];
  readonly waitMinutes: number;
  readonly closeMinute: number;
  readonly waitingSince: number | null;
  readonly expectedUntil: number;
  readonly lapsedAt: number | null;
  readonly remindedAt: number | null;
  readonly alarmedAt: number | null;
}

/** Day number and minute of the day on the school's clocks. */
export type LocalAt = (instant: number) => { readonly day: number; readonly minute: number };

export function dueAt(visit: Timed, now: number, localAt: LocalAt): Due[] {
  if (visit.state === 'closed') return [];
  if (isClosing(visit, now, localAt)) return ['close'];
  const late = visit.state === 'inside' ? now - visit.expectedUntil : -1;
  return [
    ...(hasLapsed(visit, now) ? ['lapse' as const] : []),
    ...(late >= 0 && visit.remindedAt === null ? ['remind' as const] : []),
    ...(late >= alarmAfterMs && visit.alarmedAt === null ? ['alarm' as const] : []),
  ];
}

function hasLapsed({ state, pending, waitMinutes, waitingSince, lapsedAt }: Timed, now: number): boolean {
  if (state !== 'waiting' || lapsedAt !== null || waitingSince === null || !pending.includes('host'))
    return false;
  return now >= waitingSince + waitMinutes * 60_000;
}

/** The first time after the visit's end that the school's clocks show the closing minute. */
function isClosing({ expectedUntil, closeMinute }: Timed, now: number, localAt: LocalAt): boolean {
  if (now < expectedUntil) return false;
  const [end, is] = [localAt(expectedUntil), localAt(now)];
  const day = end.minute <= closeMinute ? end.day : end.day + 1;
  return is.day > day || (is.day === day && is.minute >= closeMinute);
}
