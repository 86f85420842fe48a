/** What a route's handler gets and gives; every row of the route table must have one. */
import type { Actor } from '../accounts/actor.ts';
import type { By } from '../contract/events.ts';
import type { RouteInput, RouteOutput } from '../contract/route.ts';
import type { RouteName, Routes } from '../contract/routes.ts';

/** The other end of the connection, for the few handlers that sign in and out. */
export interface Caller {
  address: string;
  /** Cookie, user agent and address; nothing else of the request. */
  headers: Headers;
  setCookies(cookies: readonly string[]): void;
}

/** Who asks, and for the record who and why. */
type Asking<N extends RouteName> = Routes[N]['allow'] extends 'public'
  ? { actor: undefined; by: undefined }
  : { actor: Actor; by: By };

export type Handler<N extends RouteName> = (
  input: RouteInput<Routes[N]> & Asking<N> & { caller: Caller },
) => Promise<RouteOutput<Routes[N]>>;

export type Handlers = { [N in RouteName]: Handler<N> };

/** The handlers of the named routes: what one file of `handlers/` gives. */
export type HandlersOf<N extends RouteName> = Pick<Handlers, N>;
