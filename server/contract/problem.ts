/** Errors over HTTP: RFC 9457 problem details, with a code from a closed list. */
import { z } from 'zod';
import { why } from './why.ts';

export const problemCode = z.enum([
  'invalid-request',
  'not-signed-in',
  'not-allowed',
  'not-found',
  'method-not-allowed',
  'conflict',
  'too-large',
  'unsupported-media-type',
  'too-many-requests',
  'already-set-up',
  'not-set-up',
  'bad-credentials',
  'password-expired',
  'store-unavailable',
  'hardware-unavailable',
  'no-answer',
  'internal',
]);
export type ProblemCode = z.infer<typeof problemCode>;

export const statusOf: Record<ProblemCode, number> = {
  'invalid-request': 400,
  'not-signed-in': 401,
  'bad-credentials': 401,
  'password-expired': 403,
  'not-allowed': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  'already-set-up': 409,
  'not-set-up': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'too-many-requests': 429,
  internal: 500,
  'store-unavailable': 503,
  'hardware-unavailable': 503,
  'no-answer': 503,
};

export const problem = z.object({
  /** `urn:xiaomen:problem:<code>` */
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  code: problemCode,
  /** What exactly, where that can be told; a page that is older than its server may not know it. */
  why: why.optional().catch(undefined),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** Which field of the request, as a dotted path, and what is wrong with it. */
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problem>;
