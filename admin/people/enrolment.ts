import { ApiError } from '../../server/contract/client.ts';
import type { RouteCall } from '../../server/contract/route.ts';
import type { Routes } from '../../server/contract/routes.ts';

export type Enrolment = RouteCall<Routes['credentials.enrol']>['body'];

/** Somebody's card that was reported lost. */
export interface LostCard {
  name: string;
  credentialId: string;
}

/** What the server asks about before it gives a lost card to somebody else; undefined for any other error. */
export function lostCardOf(error: unknown): LostCard | undefined {
  const { why, params } = (error instanceof ApiError && error.problem) || {};
  return why === 'card.lost' && params
    ? { name: String(params.name), credentialId: String(params.credentialId) }
    : undefined;
}
