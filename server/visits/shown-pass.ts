/**
 * Whose pass a visitor shows: at a kiosk by its code, or its number and the end of their telephone number; to a guard by
 * code or number.
 */
import type { z } from 'zod';
import type { Credential } from '../../hardware/credential.ts';
import { textCredential } from '../../hardware/credential.ts';
import type { foundPass, shownPass } from '../contract/visits.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { ReadPass } from './pass-fact.ts';
import { getVisit, type ViewDeps } from './visit-view.ts';

export interface Passes {
  find(credential: Credential): ReadPass | undefined;
}

export type Shown = { token: string } | { number: number; lastDigits: string };

/** The visit's id; of one that is not over. Throws not-found: whoever tries learns not even what was wrong. */
export async function visitOfShown(store: Reader | Tx, passes: Passes, shown: Shown): Promise<string> {
  const found = 'token' in shown ? byToken(passes, shown.token) : await byNumber(store, shown);
  if (found !== undefined) return found;
  throw new RequestError('not-found', 'This is no pass of a visit that is still open.', {
    why: 'pass.not-found',
  });
}

function byToken(passes: Passes, token: string): string | undefined {
  const credential = textCredential(token);
  const pass = credential && passes.find(credential)?.pass;
  return pass?.revoked === false && !pass.unseenOut ? pass.visitId : undefined;
}

async function byNumber(
  store: Reader | Tx,
  { number, lastDigits }: { number: number; lastDigits: string },
): Promise<string | undefined> {
  const pass = await store.pass.findFirst({
    where: {
      ...{ number, revokedAt: null },
      visit: { state: { not: 'closed' }, visitor: { phone: { endsWith: lastDigits } } },
    },
  });
  return pass?.visitId;
}

/** For who may read all visits: a revoked pass, and by its number a visit that is over, are found too. */
export async function findShown(
  store: Reader,
  deps: ViewDeps & { passes: Passes },
  shown: z.output<typeof shownPass>,
): Promise<z.input<typeof foundPass>> {
  const see = async (visitId: string | undefined) => ({
    visit: visitId === undefined ? null : await getVisit(store, deps, visitId),
  });
  if ('number' in shown) {
    const pass = await store.pass.findFirst({ where: { number: shown.number } });
    return see(pass?.visitId);
  }
  const credential = textCredential(shown.token);
  const read = credential && deps.passes.find(credential);
  if (!read) return { visit: null, fault: 'pass-malformed' };
  if (typeof read.token === 'string') return { visit: null, fault: `pass-${read.token}` };
  return see(read.pass?.visitId);
}
