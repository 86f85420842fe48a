/** Signing in and out, and the own password. */
import { APIError } from 'better-auth/api';
import type { Clock } from '../../hardware/ports.ts';
import { username as usernameRule } from '../contract/accounts.ts';
import type { NewEvent } from '../contract/events.ts';
import type { Database } from '../db.ts';
import { RequestError, StoreFault } from '../errors.ts';
import type { EventLog } from '../events/port.ts';
import { schoolOf } from '../school/school.ts';
import { type Actor, actorOf } from './actor.ts';
import type { AuthStore } from './auth-store.ts';
import { checkPassword } from './check-password.ts';
import type { Library } from './library.ts';
import type { Attempt, Throttle } from './throttle.ts';

/** Where a request comes from: its address, and the headers that the library reads (cookie, user agent). */
export interface Origin {
  address: string;
  headers: Headers;
}

/** `cookies`: values of `Set-Cookie` for the answer. */
export interface SignedIn {
  actor: Actor;
  cookies: string[];
}

/** Sessions that are over: all of the account, `only` one, or all `except` one. */
export interface Ended {
  accountId: string;
  only?: string;
  except?: string;
}

export interface Sessions {
  /** Throws bad-credentials (the same, and as slowly, for an unknown name), password-expired, not-allowed, too-many-requests. */
  signIn(input: { username: string; password: string }, origin: Origin): Promise<SignedIn>;
  /** Cookies that clear the browser's. */
  signOut(actor: Actor, origin: Origin): Promise<string[]>;
  /** Nobody when the session is over or the account suspended. `renew` (the default) counts as use: `cookies` may say so. */
  sessionOf(headers: Headers, options?: { renew: boolean }): Promise<{ actor?: Actor; cookies: string[] }>;
  /** The other sessions of the account end; this one stays. */
  changePassword(
    actor: Actor,
    input: { current: string; next: string },
    origin: Pick<Origin, 'address'>,
  ): Promise<void>;
  /** That it is the account's owner who asks. Throws bad-credentials, too-many-requests. */
  confirmPassword(actor: Actor, password: string, origin: Pick<Origin, 'address'>): Promise<void>;
}

export interface SessionDeps {
  library: Library;
  store: AuthStore;
  db: Pick<Database, 'reader'>;
  log: Pick<EventLog, 'append' | 'change'>;
  throttle: Throttle;
  clock: Pick<Clock, 'now'>;
  ended: (sessions: Ended) => void;
}

const badCredentials = () =>
  new RequestError('bad-credentials', 'The user name or the password is wrong. Check both and try again.');

export function createSessions(deps: SessionDeps): Sessions {
  const { library, store, db, log, throttle, clock, ended } = deps;

  function attempt(account: string, address: string): Attempt {
    const begun = throttle.begin(account, address);
    if ('succeeded' in begun) return begun;
    const seconds = Math.ceil(begun.waitMs / 1000);
    throw new RequestError(
      'too-many-requests',
      `Too many wrong passwords. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
      { why: 'sign-in.wait', params: { count: seconds } },
    );
  }

  async function confirm(actor: Actor, typed: string, address: string, path: string): Promise<void> {
    const { password, internalAdapter } = await library.$context;
    const tried = attempt(actor.username, address);
    const row = await internalAdapter.findCredentialAccount(actor.accountId);
    if (!row?.password || !(await password.verify({ hash: row.password, password: typed }))) {
      throw new RequestError('bad-credentials', 'The current password is wrong.', { why: 'password.wrong' }, [
        { path, message: 'wrong' },
      ]);
    }
    tried.succeeded();
  }

  async function refuse(username: string): Promise<void> {
    const known = await db.reader.user.findUnique({ where: { username }, select: { id: true } });
    await log.append({ type: 'session.refused', data: known ? { accountId: known.id } : {} });
  }

  /** A temporary password that has run out is refused for that to who knows it, and as a wrong one to who doesn't. */
  async function refuseRunOut(username: string, password: string): Promise<void> {
    const user = await db.reader.user.findUnique({ where: { username } });
    if (!user?.mustChangePassword || user.banned) return;
    if (user.temporaryUntil === null || clock.now() < Number(user.temporaryUntil)) return;
    const { password: hashes, internalAdapter } = await library.$context;
    const row = await internalAdapter.findCredentialAccount(user.id);
    if (!row?.password || !(await hashes.verify({ hash: row.password, password }))) throw badCredentials();
    throw new RequestError(
      'password-expired',
      'This temporary password has run out. Ask an administrator for a new one.',
    );
  }

  async function signIn(
    { username: typed, password }: { username: string; password: string },
    origin: Origin,
  ): Promise<SignedIn> {
    const username = typed.trim().toLowerCase();
    const tried = attempt(username, origin.address);
    try {
      if (!usernameRule.safeParse(username).success) {
        // No such account can exist; hashed all the same, so that the answer takes as long as any other.
        await (await library.$context).password.hash(password);
        throw badCredentials();
      }
      await refuseRunOut(username, password);
      // The session and its event stand or fall together; the slow hashing before them holds no transaction.
      const { headers, response } = await store.recording(sessionStarted, () =>
        library.api.signInUsername({
          body: { username, password },
          headers: origin.headers,
          returnHeaders: true,
        }),
      );
      const token = response && 'token' in response ? response.token : undefined;
      const live = token
        ? await db.reader.session.findUnique({ where: { token }, include: { user: true } })
        : null;
      const actor = live ? actorOf(live.user, live) : undefined;
      if (!actor)
        throw new RequestError('not-allowed', 'This account cannot sign in here. Ask an administrator.', {
          why: 'account.no-sign-in',
        });
      tried.succeeded();
      return { actor, cookies: headers.getSetCookie() };
    } catch (error) {
      const refused = refusalOf(error);
      if (!refused) {
        tried.voided();
        throw error;
      }
      if (refused.code === 'not-allowed' || refused.code === 'password-expired') tried.succeeded();
      await refuse(username);
      throw refused;
    }
  }

  async function sessionOf(headers: Headers, { renew } = { renew: true }) {
    if (!headers.has('cookie')) return { cookies: [] };
    const ask = (disableRefresh: boolean) =>
      library.api.getSession({ headers, query: { disableRefresh }, returnHeaders: true });
    const { headers: out, response } = await ask(!renew).catch((error: unknown) => {
      // A store that takes no writes must not sign everyone out: read on, without renewing.
      if (renew && isStoreFault(error)) return ask(true);
      throw error;
    });
    const actor = response ? actorOf(response.user, response.session) : undefined;
    return { ...(actor ? { actor } : {}), cookies: out.getSetCookie() };
  }

  return {
    signIn,
    sessionOf,

    async signOut(actor, origin) {
      await log.change(async (tx) => {
        await tx.session.deleteMany({ where: { id: actor.sessionId } });
        const events: NewEvent[] = [
          { type: 'session.ended', data: { accountId: actor.accountId }, actorId: actor.accountId },
        ];
        return { result: undefined, events };
      });
      ended({ accountId: actor.accountId, only: actor.sessionId });
      // The row is gone; this makes the cookies that clear the browser's.
      const { headers } = await library.api.signOut({ headers: origin.headers, returnHeaders: true });
      return headers.getSetCookie();
    },

    confirmPassword: (actor, typed, { address }) => confirm(actor, typed, address, 'password'),

    async changePassword(actor, { current, next }, { address }) {
      await confirm(actor, current, address, 'current');
      const { password, internalAdapter } = await library.$context;
      if (next === current) {
        throw new RequestError(
          'invalid-request',
          'The new password is the old one. Choose another.',
          { why: 'password.same' },
          [{ path: 'next', message: 'the same as the current one' }],
        );
      }
      const school = await schoolOf(db.reader);
      checkPassword(next, { username: actor.username, schoolName: school?.name }, 'next');
      const hash = await password.hash(next);
      await log.change((tx) =>
        store.inside(tx, async () => {
          await internalAdapter.updatePassword(actor.accountId, hash);
          await internalAdapter.updateUser(actor.accountId, { mustChangePassword: false });
          await tx.session.deleteMany({
            where: { userId: actor.accountId, id: { not: actor.sessionId } },
          });
          const events: NewEvent[] = [
            {
              type: 'account.password-changed',
              data: { accountId: actor.accountId },
              actorId: actor.accountId,
            },
          ];
          return { result: undefined, events };
        }),
      );
      ended({ accountId: actor.accountId, except: actor.sessionId });
    },
  };
}

const sessionStarted = (accountId: string): NewEvent[] => [
  { type: 'session.started', data: { accountId }, actorId: accountId },
];

/** What the person is told; nothing when it was a failure and no refusal. */
function refusalOf(error: unknown): RequestError | undefined {
  if (error instanceof RequestError) return error;
  if (!(error instanceof APIError)) return undefined;
  if (error.body?.code === 'BANNED_USER')
    return new RequestError('not-allowed', 'This account is suspended. Ask an administrator.', {
      why: 'account.suspended',
    });
  return error.body?.code === 'INVALID_USERNAME_OR_PASSWORD' ? badCredentials() : undefined;
}

function isStoreFault(error: unknown): boolean {
  for (let each: unknown = error, depth = 0; each && depth < 6; depth++) {
    if (each instanceof StoreFault) return true;
    each = (each as { cause?: unknown }).cause;
  }
  return false;
}
