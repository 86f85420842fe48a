/** A visit as the kiosk shows it to whoever stands there: how it stands in three words, and the pass once it opens. */
import type { z } from 'zod';
import type { kioskVisit } from '../contract/kiosk-visits.ts';
import { visitState } from '../contract/visit-words.ts';
import type { Reader, Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { linkOf, readLinkKey } from './pass-link.ts';
import { readPassPage } from './pass-page.ts';
import { isCleared } from './visit-state.ts';
import { pendingOf } from './visit-words-kept.ts';

export interface KioskViewDeps {
  now(): number;
}

/** Throws not-found, also for a visit that is over. */
export async function viewForKiosk(
  store: Reader | Tx,
  { now }: KioskViewDeps,
  visitId: string,
): Promise<z.input<typeof kioskVisit>> {
  const row = await store.visit.findUnique({ where: { id: visitId } });
  const key = await readLinkKey(store);
  if (!row || !key) throw new RequestError('not-found', 'There is no such visit.');
  const page = await readPassPage(store, now(), visitId);
  const { number, token, validFrom, validUntil, type, visitor, host, department } = page;
  const state = visitState.parse(row.state);
  const cleared = isCleared({ state, pending: pendingOf(row.pending) });
  const colour = type.colour;
  return {
    state: state === 'left' ? 'left' : cleared ? 'welcome' : 'wait',
    ...{ visitor, type, host, department },
    ...(token !== undefined && cleared && state !== 'left'
      ? { pass: { number, token, link: linkOf(visitId, key), colour, validFrom, validUntil } }
      : {}),
  };
}
