/** Whatever was thrown, as RFC 9457 problem details. Never a stack trace, never the words of a library. */
import type { Response } from 'express';
import type { z } from 'zod';
import { type Problem, type ProblemCode, statusOf } from '../contract/problem.ts';
import { QuestionFault, RequestError, StoreFault } from '../errors.ts';

const titles: Record<ProblemCode, string> = {
  'invalid-request': 'The request is not valid',
  'not-signed-in': 'Not signed in',
  'bad-credentials': 'Wrong user name or password',
  'not-allowed': 'Not allowed',
  'not-found': 'Not found',
  'method-not-allowed': 'Method not allowed',
  conflict: 'In conflict with what is there',
  'already-set-up': 'Already set up',
  'not-set-up': 'Not set up',
  'password-expired': 'The temporary password has run out',
  'too-large': 'Too large',
  'unsupported-media-type': 'Unsupported content type',
  'too-many-requests': 'Too many requests',
  internal: 'Internal error',
  'store-unavailable': 'The store cannot be used',
  'hardware-unavailable': 'The hardware cannot be used',
  'no-answer': 'No answer in time',
};

export function problemOf(error: RequestError): Problem {
  return {
    type: `urn:xiaomen:problem:${error.code}`,
    title: titles[error.code],
    status: statusOf[error.code],
    detail: error.message,
    code: error.code,
    ...error.told,
    ...(error.fields ? { errors: error.fields } : {}),
  };
}

const unanswered: Record<QuestionFault['code'], string> = {
  'too-long': 'Finding this took too long and was stopped. Ask for less, a shorter time for instance.',
  'too-many': 'Too many are asking at once. Try again in a moment.',
  ended: 'The answer was cut off. Try again.',
};

/** A RequestError as it is; others translated. `unexpected` are those that the operator should hear of. */
export function requestErrorOf(error: unknown): { answer: RequestError; unexpected: boolean } {
  if (error instanceof RequestError) return { answer: error, unexpected: error.code === 'internal' };
  if (error instanceof StoreFault) {
    const full = 'The disk of the server is full: nothing was changed. Free some space and try again.';
    const other = 'The server cannot use its disk: nothing was changed. Tell whoever looks after the server.';
    const answer =
      error.code === 'full'
        ? new RequestError('store-unavailable', full, { why: 'store.full' })
        : new RequestError('store-unavailable', other);
    return { answer, unexpected: true };
  }
  if (error instanceof QuestionFault) {
    const answer = new RequestError('no-answer', unanswered[error.code], {
      why: `answer.${error.code}`,
    });
    return { answer, unexpected: error.code !== 'too-many' };
  }
  const parsing = bodyErrorOf(error);
  if (parsing) return { answer: parsing, unexpected: false };
  return {
    answer: new RequestError('internal', 'Something went wrong in the server. It has been noted there.'),
    unexpected: true,
  };
}

/** Errors of express's own parsers carry a `type` from a closed list, and of its router a `status`. */
function bodyErrorOf(error: unknown): RequestError | undefined {
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  switch (type) {
    case 'entity.too.large':
      return new RequestError('too-large', 'The body of the request is too large.');
    case 'entity.parse.failed':
      return new RequestError('invalid-request', 'The body of the request is not well-formed JSON.');
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new RequestError(
        'unsupported-media-type',
        'The body is encoded in a way that is not known here.',
      );
  }
  if (status === 404) return new RequestError('not-found', 'There is no such file.');
  if (typeof status === 'number' && status >= 400 && status < 500)
    return new RequestError('invalid-request', 'The request cannot be read.');
  return undefined;
}

export function invalid(error: z.ZodError): RequestError {
  return new RequestError(
    'invalid-request',
    'Some fields of the request are not valid.',
    undefined,
    error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  );
}

export function sendProblem(response: Response, error: RequestError): void {
  const problem = problemOf(error);
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
