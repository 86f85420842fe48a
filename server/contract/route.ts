/** What a row of the route table says. The typed client, the server's checks and `/api/openapi.json` all read it. */
import { z } from 'zod';
import type { Capability } from './capabilities.ts';
import { reason } from './text.ts';
import { id } from './words.ts';

export const byId = z.object({ id });

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api`, parameters as `:name`. */
  path: string;
  /** `public` needs no session; `session` any signed-in account. */
  allow: Capability | 'public' | 'session';
  summary: string;
  params?: z.ZodObject;
  /** One of several objects, where it may be asked in several ways. */
  query?: z.ZodObject | z.ZodUnion<readonly z.ZodObject[]>;
  body?: z.ZodType;
  /** Most bytes of its JSON, where it is more than words: pictures in base64. */
  bodyBytes?: number;
  /**
   * Why it is done, as `reason` beside the other members of the body: what stands in the record as the note of its
   * events. Required of every change and removal, that of DELETE too; an addition may be given one.
   */
  reason?: 'required' | 'optional';
  /** The body is bytes of one of these types, at most this many. */
  upload?: { contentTypes: readonly string[]; maxBytes: number };
  /** Absent: 204, no content. `bytes`: a file with its own content type. */
  response?: z.ZodType | 'bytes';
  /** Stricter than the general rate: requests a minute for one address. */
  perMinute?: number;
}

/** What the body of a request must be: the row's own schema, and the reason where the row asks for one. */
export function bodyOf({ body, reason: asked }: Route): z.ZodType | undefined {
  if (!asked) return body;
  const own = (body ?? z.object({})) as z.ZodObject;
  return own.extend({ reason: asked === 'required' ? reason : reason.optional() });
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

type Reason<R extends Route> = R['reason'] extends 'required'
  ? { reason: string }
  : R['reason'] extends 'optional'
    ? { reason?: string }
    : unknown;

/** What a handler receives, after validation; the reason comes with who gives it, as `by`. */
export interface RouteInput<R extends Route> {
  params: Parsed<R['params']>;
  query: Parsed<R['query']>;
  body: R['upload'] extends object ? Uint8Array : Parsed<R['body']>;
}

/** What a client passes; keys without a schema are left out. */
export type RouteCall<R extends Route> = (R['params'] extends z.ZodType
  ? { params: Given<R['params']> }
  : object) &
  (R['query'] extends z.ZodType ? { query?: Given<R['query']> } : object) &
  (R['upload'] extends object
    ? { body: Blob }
    : R['body'] extends z.ZodType
      ? { body: Given<R['body']> & Reason<R> }
      : R['reason'] extends 'required' | 'optional'
        ? { body: Reason<R> }
        : object);

export interface FileAnswer {
  contentType: string;
  bytes: Uint8Array;
}

/** A file that is made while it is sent. */
export interface StreamAnswer {
  contentType: string;
  /** What a browser calls it. */
  fileName: string;
  chunks: AsyncIterable<string | Uint8Array>;
}

/** What a handler returns. */
export type RouteOutput<R extends Route> = R['response'] extends 'bytes'
  ? FileAnswer | StreamAnswer
  : R['response'] extends z.ZodType
    ? z.input<R['response']>
    : // biome-ignore lint/suspicious/noConfusingVoidType: a handler of a 204 returns nothing
      void;

/** What a client gets. */
export type RouteAnswer<R extends Route> = R['response'] extends 'bytes'
  ? Blob
  : R['response'] extends z.ZodType
    ? z.output<R['response']>
    : undefined;
