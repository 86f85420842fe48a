import { ApiError } from '../server/contract/client.ts';

export type Failure = 'offline' | 'not-paired' | 'too-many' | 'refused';

/** A failure of the server itself, 5xx, is as if it were away: the same question may be answered later. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiError)) return 'offline';
  const { problem } = error;
  if (!problem || problem.status >= 500) return 'offline';
  // A refusal that says why is one of what was asked, and not of who asks.
  if (problem.status === 401 || (problem.status === 403 && !problem.why)) return 'not-paired';
  return problem.status === 429 ? 'too-many' : 'refused';
}

/** What exactly was refused, where the server tells it. */
export const whyOf = (error: unknown): string | undefined =>
  error instanceof ApiError ? error.problem?.why : undefined;
