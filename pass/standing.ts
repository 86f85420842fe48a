/** What a pass is good for now: pure, since the phone has to know it without the server too. */
import type { PassPage } from '../server/contract/passes.ts';

/**
 * `revoked`, `refused`, `used`, `expired`: it opens nothing any more · `not-cleared`: somebody has yet to agree ·
 * `early`: not valid yet · `good`: it lets in · `inside`, `late`: it lets out, `late` after the time.
 */
export const standings = [
  'revoked',
  'refused',
  'used',
  'expired',
  'not-cleared',
  'early',
  'good',
  'inside',
  'late',
] as const;
export type Standing = (typeof standings)[number];

export type Tone = 'good' | 'wait' | 'bad' | 'over';

export const toneOf: Record<Standing, Tone> = {
  revoked: 'bad',
  refused: 'bad',
  used: 'over',
  expired: 'over',
  'not-cleared': 'wait',
  early: 'wait',
  good: 'good',
  inside: 'good',
  late: 'bad',
};

/** @param now by the server's clock */
export function standingOf(
  { revoked, state, manyEntries, validFrom, validUntil, cleared }: Omit<PassPage, 'token'>,
  now: number,
): Standing {
  if (revoked) return 'revoked';
  if (state === 'refused') return 'refused';
  if (state === 'inside') return now < validUntil ? 'inside' : 'late';
  if (state === 'left' && !manyEntries) return 'used';
  if (now >= validUntil) return 'expired';
  if (!cleared) return 'not-cleared';
  return now < validFrom ? 'early' : 'good';
}

/** Whether the code still opens a lane, the way out at least. */
export function showsCode({ token, renewAt }: PassPage, standing: Standing, now: number): boolean {
  if (token === undefined || (renewAt !== undefined && now >= renewAt)) return false;
  return ['early', 'good', 'inside', 'late'].includes(standing);
}

/** A picture of it is as good as the page. */
export function mayBeKept({ token, liveCode }: PassPage): boolean {
  return token !== undefined && !liveCode;
}

const minute = 60_000;

/**
 * When to ask again, ms from now: for the next code, when the standing changes, soon where somebody's word is awaited,
 * else now and then, since a pass may be taken back.
 */
export function askAgainIn(page: PassPage, now: number): number {
  const ahead = [page.renewAt, page.validFrom, page.validUntil].flatMap((at) =>
    at !== undefined && at > now ? at - now : [],
  );
  return Math.min(page.cleared ? 2 * minute : minute / 3, ...ahead);
}
