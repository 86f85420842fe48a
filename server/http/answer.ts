/** One request to one row of the route table: who asks, whether they may, what they say, what they get. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { Accounts } from '../accounts/accounts.ts';
import type { Actor } from '../accounts/actor.ts';
import { can } from '../contract/capabilities.ts';
import type { By } from '../contract/events.ts';
import { bodyOf, type FileAnswer, type Route, type StreamAnswer } from '../contract/route.ts';
import type { RouteName } from '../contract/routes.ts';
import { RequestError } from '../errors.ts';
import type { Caller } from './handler.ts';
import { sniff } from './magic-bytes.ts';
import { invalid } from './problems.ts';
import { isSameOrigin } from './same-origin.ts';

const jsonBytes = 100_000;

/** A handler with the types of its route forgotten: `answering` has validated what they promise. */
export type LooseHandler = (input: {
  params: unknown;
  query: unknown;
  body: unknown;
  actor: Actor | undefined;
  by: By | undefined;
  caller: Caller;
}) => Promise<unknown>;

export interface AnswerDeps {
  sessionOf: Accounts['sessionOf'];
  /** The paired kiosk that asks, if it is one. */
  kioskOf(headers: Headers): Promise<Actor | undefined>;
  publicOrigin: string | undefined;
}

export function answering(
  deps: AnswerDeps,
  name: RouteName,
  route: Route,
  handler: LooseHandler,
): RequestHandler {
  const readBody = bodyReader(route);
  return async (request, response) => {
    if (route.method !== 'GET' && !isSameOrigin(request.headers, deps.publicOrigin)) {
      throw new RequestError('not-allowed', 'This request comes from a page of another site.', {
        why: 'request.other-site',
      });
    }
    const caller = callerOf(request, response);
    const actor = await authorize(deps, name, route, caller);
    const params = parse(route.params, request.params);
    const query = parse(route.query, request.query);
    const { body, note } = withoutReason(route, await readBody(request, response));
    const by = actor && { actorId: actor.accountId, ...(note === undefined ? {} : { note }) };
    await send(response, name, route, await handler({ params, query, body, actor, by, caller }));
  };
}

export function callerOf(request: Request, response: Response): Caller {
  const address = request.ip ?? '';
  return {
    address,
    headers: libraryHeaders(request.headers.cookie, request.headers['user-agent'], address),
    setCookies(cookies) {
      for (const cookie of cookies) response.append('set-cookie', cookie);
    },
  };
}

/** What the sign-in library may see; the address is the one that we know, whatever the client claims. */
export function libraryHeaders(
  cookie: string | undefined,
  agent: string | undefined,
  address: string,
): Headers {
  return new Headers({
    ...(cookie === undefined ? {} : { cookie }),
    ...(agent === undefined ? {} : { 'user-agent': agent.slice(0, 200) }),
    'x-forwarded-for': address,
  });
}

/** Checks once, by the capability that the row names. */
async function authorize(
  { sessionOf, kioskOf }: AnswerDeps,
  name: RouteName,
  { allow }: Route,
  caller: Caller,
): Promise<Actor | undefined> {
  if (allow === 'public') return undefined;
  const kiosk = allow === 'kiosk.use' ? await kioskOf(caller.headers) : undefined;
  if (kiosk) return kiosk;
  // What a page asks by itself, all day, is no use of it: only asking for the session says that somebody is there.
  const { actor, cookies } = await sessionOf(caller.headers, { renew: name === 'session.get' });
  caller.setCookies(cookies);
  if (!actor) throw new RequestError('not-signed-in', 'Sign in first.');
  if (actor.mustChangePassword && !name.startsWith('session.')) {
    throw new RequestError('not-allowed', 'Choose a password of your own first.', {
      why: 'password.choose-first',
    });
  }
  if (allow !== 'session' && !can(actor.role, allow)) {
    throw new RequestError('not-allowed', 'Your role does not allow this.');
  }
  return actor;
}

function parse(schema: Route['body'], value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data;
}

/** The reason goes its own way, to the record, and is no part of what is changed. */
function withoutReason(route: Route, whole: unknown): { body: unknown; note?: string | undefined } {
  if (!route.reason) return { body: whole };
  const { reason, ...body } = whole as { reason?: string };
  return { body: route.body && body, note: reason };
}

const anyBytes = 'application/octet-stream';

/** Reads a body only after the caller was allowed to send it. */
function bodyReader(route: Route): (request: Request, response: Response) => Promise<unknown> {
  const { upload } = route;
  const body = bodyOf(route);
  if (upload) {
    const raw = asPromise(express.raw({ type: [...upload.contentTypes], limit: upload.maxBytes }));
    return async (request, response) => {
      if (!request.is([...upload.contentTypes])) {
        throw new RequestError(
          'unsupported-media-type',
          `Send one of ${upload.contentTypes.join(', ')}, and name it as the content type.`,
        );
      }
      await raw(request, response);
      const bytes: unknown = request.body;
      if (!(bytes instanceof Uint8Array) || bytes.length === 0)
        throw new RequestError('invalid-request', 'The file is empty.', { why: 'file.empty' });
      // What has no signature of its own is taken as it comes.
      if (!upload.contentTypes.includes(anyBytes) && !request.is(sniff(bytes) ?? 'none')) {
        throw new RequestError('unsupported-media-type', 'The file is not of the kind that it says.');
      }
      return bytes;
    };
  }
  if (!body) return async () => undefined;
  const json = asPromise(express.json({ limit: route.bodyBytes ?? jsonBytes, type: 'application/json' }));
  return async (request, response) => {
    // A form of another site can send text, but not JSON under its own content type.
    if (!request.is('application/json')) {
      throw new RequestError('unsupported-media-type', 'Send JSON, with the content type application/json.');
    }
    await json(request, response);
    return parse(body, request.body);
  };
}

export function asPromise(handler: RequestHandler) {
  return (request: Request, response: Response) =>
    new Promise<void>((resolve, reject) => {
      void handler(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
    });
}

/** What a handler returns is checked too: no field leaves this server that the contract does not name. */
function send(
  response: Response,
  name: RouteName,
  { response: schema }: Route,
  output: unknown,
): void | Promise<void> {
  if (!schema) return void response.status(204).end();
  if (schema === 'bytes') {
    if ('chunks' in (output as object)) return stream(response, output as StreamAnswer);
    const { contentType, bytes } = output as FileAnswer;
    response.type(contentType);
    return void response.send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  const parsed = schema.safeParse(output);
  if (!parsed.success) throw new AnswerFault(name, parsed.error.message);
  response.json(parsed.data);
}

/** What fails on the way cuts the connection: a file that looks whole must be whole. */
async function stream(response: Response, { contentType, fileName, chunks }: StreamAnswer): Promise<void> {
  response.type(contentType).attachment(fileName);
  await pipeline(Readable.from(chunks), response);
}

/** A handler broke the contract: our own fault, for the operator's journal. */
export class AnswerFault extends Error {
  constructor(name: RouteName, detail: string) {
    super(`The answer of ${name} is not what the contract says: ${detail}`);
    this.name = 'AnswerFault';
  }
}
