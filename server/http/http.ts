/** The HTTP side: the route table mounted under `/api`, its description, and the built screens. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Accounts } from '../accounts/accounts.ts';
import type { Actor } from '../accounts/actor.ts';
import type { Route } from '../contract/route.ts';
import { type RouteName, routes } from '../contract/routes.ts';
import { RequestError } from '../errors.ts';
import type { Log } from '../log.ts';
import { answering, type LooseHandler } from './answer.ts';
import type { Handlers } from './handler.ts';
import { openApi } from './openapi.ts';
import { requestErrorOf, sendProblem } from './problems.ts';
import { generalPerMinute, perMinute } from './rate.ts';
import { type ScreenFolders, screens } from './screens.ts';

export interface HttpDeps {
  handlers: Handlers;
  sessionOf: Accounts['sessionOf'];
  /** The paired kiosk that asks, if it is one. */
  kioskOf(headers: Headers): Promise<Actor | undefined>;
  journal: Log;
  version: string;
  /** Whether browsers reach us over HTTPS. */
  secure: boolean;
  /** Where browsers reach us, if not at the address they name in `Host`. */
  publicOrigin?: string;
  /** Folders of the built screens; absent in tests that need none. */
  screens?: ScreenFolders;
  /** Multiplies every rate limit: the demo and the tests ask more from one address than a school does. */
  rateFactor?: number;
}

export function createHttp(deps: HttpDeps): Express {
  const { journal, rateFactor = 1 } = deps;
  const app = express();
  app.disable('etag');
  // A proxy of this machine says for whom it asks; what anyone else claims is not believed.
  if (deps.publicOrigin) app.set('trust proxy', 'loopback');
  app.use(securityHeaders(deps.secure));
  app.use('/api', neverKept);
  app.use('/api', perMinute(generalPerMinute * rateFactor));
  mount(app, deps, rateFactor);
  const description = openApi(deps.version);
  app.get('/api/openapi.json', (_request, response) => void response.json(description));
  app.use('/api', () => {
    throw new RequestError('not-found', 'There is no such address under /api.');
  });
  if (deps.screens) app.use(screens(deps.screens));
  app.use(() => {
    throw new RequestError('not-found', 'There is no such page.');
  });
  app.use(problemHandler(journal));
  return app;
}

function mount(app: Express, deps: HttpDeps, rateFactor: number): void {
  const methods = new Map<string, string[]>();
  // A fixed path before one with a parameter in its place.
  const order = ([, { path }]: [RouteName, Route]) => path.replaceAll(':', '~');
  const rows = (Object.entries(routes) as [RouteName, Route][]).sort((a, b) =>
    order(a) < order(b) ? -1 : 1,
  );
  for (const [name, route] of rows) {
    const path = `/api${route.path}`;
    const handler = deps.handlers[name] as unknown as LooseHandler;
    const answer = answering(
      { sessionOf: deps.sessionOf, kioskOf: deps.kioskOf, publicOrigin: deps.publicOrigin },
      name,
      route,
      handler,
    );
    const limited = route.perMinute ? [perMinute(route.perMinute * rateFactor)] : [];
    const method = route.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    app[method](path, ...limited, answer);
    methods.set(path, [...(methods.get(path) ?? []), route.method]);
  }
  for (const [path, allowed] of methods) app.all(path, otherMethod(allowed));
}

/**
 * Nothing that the server tells about people may be left in a browser: after signing out, neither the back button nor
 * an address typed by whoever comes next shows it. Not `no-cache` with an ETag: going back, browsers show what they have
 * without asking. `Clear-Site-Data` at the sign-out needs HTTPS, and is no help where a session ends in another way.
 */
const neverKept: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

function otherMethod(allowed: string[]): RequestHandler {
  return (request, response) => {
    response.set('allow', allowed.join(', '));
    throw new RequestError('method-not-allowed', `${request.method} is not possible here.`);
  };
}

/** The kiosk alone decodes QR codes, by WebAssembly of this server; `eval` is refused there too. */
const isKiosk = (url: string) => /^\/kiosk(?:[/?]|$)/.test(url);

/** Everything from this server and nothing from another; antd writes its styles into the page. */
function securityHeaders(secure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ({ url = '' }) => (isKiosk(url) ? "'wasm-unsafe-eval'" : "'self'")],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        mediaSrc: ["'self'", 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // A month, this host alone: a school that gives up its certificate is not locked out for a year.
    strictTransportSecurity: secure ? { maxAge: 30 * 24 * 3600, includeSubDomains: false } : false,
    // Browsers ignore both over plain HTTP, with a warning on each page.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
    referrerPolicy: { policy: 'same-origin' },
  });
}

function problemHandler(journal: Log): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const { answer, unexpected } = requestErrorOf(error);
    if (unexpected)
      journal.error({ err: error, method: request.method, path: request.path }, 'request failed');
    // Half of the answer is out: all that is left is to cut the connection.
    if (response.headersSent) return void response.destroy();
    sendProblem(response, answer);
  };
}
