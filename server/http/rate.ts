/** Requests a minute for one address. */
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { RequestError } from '../errors.ts';

/** Screens ask little: what is new comes by the socket. A whole office behind one address still fits. */
export const generalPerMinute = 1200;

export function perMinute(limit: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Anyone may send the header; without a proxy it is not looked at, which is as it should be.
    validate: { xForwardedForHeader: false },
    handler: (_request, _response, next) =>
      next(new RequestError('too-many-requests', 'Too many requests in a short time. Wait a minute.')),
  });
}
