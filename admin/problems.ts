/** What went wrong, as a key of the texts and as faults of form fields; pure. */
import { ApiError } from '../server/contract/client.ts';

export type FaultCode = ApiError['code'] | 'unexpected';

/** The code of an error of the client; `unexpected` for anything else that was thrown. */
export function faultOf(error: unknown): FaultCode {
  return error instanceof ApiError ? error.code : 'unexpected';
}

/** The text that says what went wrong: of what exactly, where the server tells, else of its code. */
export function problemKey(error: unknown): { key: string; params: Record<string, string | number> } {
  const { why, params = {} } = (error instanceof ApiError && error.problem) || {};
  return why ? { key: `problems:${why}`, params } : { key: `common:problem.${faultOf(error)}`, params: {} };
}

/** The path of each field that the server refused, and its words (English, for the record). */
export function fieldFaults(error: unknown): { path: string[]; detail: string }[] {
  if (!(error instanceof ApiError)) return [];
  return (
    (error.problem?.errors ?? [])
      .map(({ path, message }) => ({ path: path.split('.').filter(Boolean), detail: message }))
      // The server may name the part of the request first.
      .map(({ path, detail }) => ({ path: path[0] === 'body' ? path.slice(1) : path, detail }))
      .filter(({ path }) => path.length > 0)
  );
}

/** Worth trying again unchanged: no answer, or the server's own trouble. */
export function mayPass(error: unknown): boolean {
  return ['offline', 'store-unavailable', 'hardware-unavailable', 'too-many-requests', 'internal'].includes(
    faultOf(error),
  );
}
