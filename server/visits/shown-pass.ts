/** Whose pass a visitor shows: by its code, or by its number and the end of their telephone number. */
import type { Credential } from '../../hardware/credential.ts';
import { textCredential } from '../../hardware/credential.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { ReadPass } from './pass-fact.ts';

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
  return pass?.revoked === false ? pass.visitId : undefined;
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
