/** What a card counts for at a moment, and what may be done with it. */
import { type Credential, hiddenDigits } from '../../server/contract/people.ts';
import type { Tone } from '../ui/StatusTag.tsx';

export type Standing = 'active' | 'lost' | 'suspended' | 'not-yet-valid' | 'expired';

/** In the order in which the decision at the lane looks: a lost card is lost, expired or not. `until` is excluded. */
export function standing(
  { status, validFrom, validUntil }: Pick<Credential, 'status' | 'validFrom' | 'validUntil'>,
  now: number,
): Standing {
  if (status !== 'active') return status;
  if (validFrom !== null && now < validFrom) return 'not-yet-valid';
  if (validUntil !== null && now >= validUntil) return 'expired';
  return 'active';
}

export const standingTone = {
  active: 'good',
  'not-yet-valid': 'warn',
  expired: 'warn',
  suspended: 'bad',
  lost: 'bad',
} as const satisfies Record<Standing, Tone>;

export type CredentialMove = 'lost' | 'found' | 'suspend' | 'restore';

/** A lost card that turns up is found; a suspended one is restored. Both make it active again. */
export function movesOf(status: Credential['status']): CredentialMove[] {
  if (status === 'lost') return ['found'];
  return status === 'suspended' ? ['restore', 'lost'] : ['lost', 'suspend'];
}

export const statusAfter = {
  lost: 'lost',
  found: 'active',
  suspend: 'suspended',
  restore: 'active',
} as const satisfies Record<CredentialMove, Credential['status']>;

/** How many cards stand how, worst last, for one cell of the list. */
export function standings(
  credentials: readonly Credential[],
  now: number,
): { standing: Standing; count: number }[] {
  const order: Standing[] = ['active', 'not-yet-valid', 'expired', 'suspended', 'lost'];
  return order
    .map((each) => ({
      standing: each,
      count: credentials.filter((credential) => standing(credential, now) === each).length,
    }))
    .filter(({ count }) => count > 0);
}

/** The number to show where there is room for one: the form that the card was enrolled in, else the first. Masked without a key. */
export function shownNumber({ key, form, printed }: Pick<Credential, 'key' | 'form' | 'printed'>): {
  form: string | null;
  text: string;
} {
  const own = printed.find((each) => each.form === form) ?? printed[0];
  return own ?? { form: null, text: key === null ? hiddenDigits : key.split(':').slice(2).join(':') || key };
}
