/** For tests: the HTTP side on a free port of loopback, with handlers that answer the plainest thing. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '../accounts/actor.ts';
import { type Role, role } from '../contract/capabilities.ts';
import { bodyOf, type Route } from '../contract/route.ts';
import { type RouteName, routes } from '../contract/routes.ts';
import { createLog } from '../log.ts';
import type { LooseHandler } from './answer.ts';
import type { Handlers } from './handler.ts';
import { createHttp, type HttpDeps } from './http.ts';
import { sampleOf } from './sample.ts';

export const routeList = Object.entries(routes) as [RouteName, Route][];
export const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

/** The cookie is the role: `guard`, `guard!` while the password is a temporary one, `guard;7` in a session of its own. */
export const sessionByRole: HttpDeps['sessionOf'] = async (headers) => {
  const [name, session] = headers.get('cookie')?.split(';') ?? [];
  const known = role.safeParse(name?.replace('!', ''));
  if (!known.success) return { cookies: [] };
  const seen = actor(known.data, name?.endsWith('!'));
  return { actor: session === undefined ? seen : { ...seen, sessionId: session }, cookies: [] };
};

export function actor(held: Role, mustChangePassword = false): Actor {
  const accountId = `${held}-id`;
  return {
    accountId,
    name: held,
    username: held,
    role: held,
    sessionId: `${held}-session`,
    expiresAt: 0,
    mustChangePassword,
  };
}

/** Calls `called` with the name and the input, and answers a sample of what the contract says. */
export function stubHandlers(called: (name: RouteName, input: unknown) => void): Handlers {
  const stub =
    (name: RouteName, route: Route): LooseHandler =>
    async (input) => {
      called(name, input);
      if (route.response === 'bytes') return { contentType: 'image/png', bytes: png };
      return route.response && sampleOf(route.response, 'output');
    };
  return Object.fromEntries(
    routeList.map(([name, route]) => [name, stub(name, route)]),
  ) as unknown as Handlers;
}

export async function serve(deps: Partial<HttpDeps> & Pick<HttpDeps, 'handlers'>) {
  const app = createHttp({
    sessionOf: sessionByRole,
    kioskOf: async () => undefined,
    journal: createLog('silent'),
    version: '0.0.0',
    secure: false,
    rateFactor: 1000,
    ...deps,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    fetch: (path: string, init?: RequestInit) => fetch(base + path, init),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A request that the row accepts. */
export function requestOf(route: Route, cookie?: string): { path: string; init: RequestInit } {
  const params = (route.params ? sampleOf(route.params, 'input') : {}) as Record<string, unknown>;
  const query = (route.query ? sampleOf(route.query, 'input') : {}) as Record<string, string>;
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name])));
  const search = new URLSearchParams(query).toString();
  const schema = bodyOf(route);
  const takes = route.upload?.contentTypes ?? [];
  const picture = takes.includes('image/png') ? 'image/png' : takes[0];
  const type = route.upload ? picture : schema ? 'application/json' : undefined;
  const body = route.upload ? png : schema && JSON.stringify(sampleOf(schema, 'input'));
  return {
    path: `/api${path}${search && `?${search}`}`,
    init: {
      method: route.method,
      headers: { ...(cookie ? { cookie } : {}), ...(type ? { 'content-type': type } : {}) },
      ...(body ? { body } : {}),
    },
  };
}
