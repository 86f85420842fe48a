/** The typed client made from the route table; `fetch` is passed in, so that browsers and tests share it. */
import { type Problem, problem } from './problem.ts';
import type { Route, RouteAnswer, RouteCall } from './route.ts';
import { type RouteName, type Routes, routes } from './routes.ts';

/** The server refused or failed: its problem details. `offline` when no answer came at all. */
export class ApiError extends Error {
  readonly problem: Problem | undefined;
  constructor(problem: Problem | undefined, message: string) {
    super(message);
    this.name = 'ApiError';
    this.problem = problem;
  }
  get code(): Problem['code'] | 'offline' {
    return this.problem?.code ?? 'offline';
  }
}

type CallArgs<N extends RouteName> =
  object extends RouteCall<Routes[N]> ? [call?: RouteCall<Routes[N]>] : [call: RouteCall<Routes[N]>];
export type Client = <N extends RouteName>(name: N, ...args: CallArgs<N>) => Promise<RouteAnswer<Routes[N]>>;

interface LooseCall {
  params?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** `base` is the server's origin, empty in a browser. */
export function createClient(base: string, fetcher: typeof fetch): Client {
  return (async (name: RouteName, call: LooseCall = {}) => {
    const route: Route = routes[name];
    const upload = call.body instanceof Blob;
    const response = await fetcher(base + urlOf(route, call), {
      method: route.method,
      credentials: 'same-origin',
      headers:
        call.body === undefined
          ? {}
          : { 'content-type': upload ? (call.body as Blob).type : 'application/json' },
      ...(call.body === undefined ? {} : { body: upload ? (call.body as Blob) : JSON.stringify(call.body) }),
    }).catch(noAnswer);
    if (response.status === 204) return undefined;
    if (response.ok && route.response === 'bytes') return response.blob();
    // An answer that breaks off is none: what it says was done may be asked again.
    if (response.ok) return response.json().catch(noAnswer);
    const json: unknown = await response.json().catch(() => undefined);
    const parsed = problem.safeParse(json);
    throw new ApiError(parsed.success ? parsed.data : undefined, parsed.data?.detail ?? response.statusText);
  }) as Client;
}

function noAnswer(error: unknown): never {
  throw new ApiError(undefined, error instanceof Error ? error.message : 'no answer');
}

export function urlOf(route: Route, { params = {}, query = {} }: LooseCall): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === null ? [] : [[key, String(value)]],
    ),
  ).toString();
  return `/api${path}${search && `?${search}`}`;
}
