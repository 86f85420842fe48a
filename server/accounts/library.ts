/**
 * The sign-in library, used as a library: its HTTP handler is not mounted, the routes are ours. It keeps
 * accounts, password hashes and sessions; who may do what stands in contract/capabilities.ts.
 */
import { betterAuth } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { admin, twoFactor, username } from 'better-auth/plugins';
import { username as usernameRule } from '../contract/accounts.ts';
import type { Log } from '../log.ts';
import type { AuthStore } from './auth-store.ts';

/**
 * A guard's shift. A session in use is renewed, at most every ten minutes: that of a lane screen while it is seen, that
 * of any other page while somebody touches it (admin/layout/use-keep-session.ts).
 */
export const sessionSeconds = 12 * 60 * 60;
const renewAfterSeconds = 10 * 60;

export interface LibraryOptions {
  client: AuthStore['client'];
  /** Signs the session cookie. */
  secret: string;
  /** Cookies only over HTTPS. */
  secureCookies: boolean;
  journal: Log;
}

export function createLibrary({ client, secret, secureCookies, journal }: LibraryOptions) {
  const oneByOne = createTurns();
  return betterAuth({
    appName: 'Xiaomen',
    // Only for links that the library would mount or send; it does neither here.
    baseURL: 'http://accounts.invalid',
    secret,
    database: prismaAdapter(client, { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 10,
      maxPasswordLength: 128,
      // scrypt fills the thread pool that serial ports write through: one at a time, so that a storm of
      // sign-ins never delays a relay.
      password: {
        hash: (password) => oneByOne(() => hashPassword(password)),
        verify: (given) => oneByOne(() => verifyPassword(given)),
      },
    },
    user: {
      additionalFields: {
        mustChangePassword: { type: 'boolean', required: false, defaultValue: false, input: false },
      },
    },
    // No cookie cache: a suspended account must lose its access with the next request.
    session: { expiresIn: sessionSeconds, updateAge: renewAfterSeconds, cookieCache: { enabled: false } },
    advanced: {
      cookiePrefix: 'xiaomen',
      useSecureCookies: secureCookies,
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
      database: { generateId: 'uuid' },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => {
        // It warns of each wrong password; those are events in our log already.
        if (level === 'error') journal.error(`accounts: ${message}`);
        else journal.debug(`accounts: ${message}`);
      },
    },
    plugins: [
      username({
        minUsernameLength: 3,
        maxUsernameLength: 32,
        usernameValidator: (name) => usernameRule.safeParse(name).success,
      }),
      // For its ban check at each new session. Its own role rules are not used.
      admin({ defaultRole: 'host', adminRoles: [] }),
      twoFactor(),
    ],
  });
}

export type Library = ReturnType<typeof createLibrary>;

function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let tail: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = tail.then(work);
    tail = run.catch(() => {});
    return run;
  };
}
