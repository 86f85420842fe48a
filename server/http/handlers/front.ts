import type { Accounts } from '../../accounts/accounts.ts';
import { sessionAnswer } from '../../accounts/actor.ts';
import type { Reader } from '../../db.ts';
import { RequestError } from '../../errors.ts';
import { schoolOf } from '../../school/school.ts';
import { type SetUpDeps, setUp } from '../../school/set-up.ts';
import type { HandlersOf } from '../handler.ts';

export interface FrontDeps {
  reader: Reader;
  accounts: Pick<Accounts, 'signIn' | 'prepareFirst' | 'remember'>;
  setUp: Omit<SetUpDeps, 'accounts'>;
  /** What has to start working once there is a school: the devices of the sample one. */
  afterSetUp(): Promise<void>;
  demo: boolean;
  version: string;
  now(): number;
}

export function frontHandlers(
  deps: FrontDeps,
): HandlersOf<'health.get' | 'front.get' | 'setup.check' | 'setup.run'> {
  const { reader, accounts, demo, version, now } = deps;
  return {
    async 'health.get'() {
      await reader.$queryRaw`SELECT 1`.catch(() => {
        throw new RequestError('store-unavailable', 'The store cannot be read.');
      });
      return { status: 'ok', version };
    },

    async 'front.get'() {
      const school = await schoolOf(reader);
      return { ...(school ? { school } : {}), demo, version, now: now() };
    },

    async 'setup.check'({ query }) {
      return { valid: deps.setUp.token?.matches(query.token) ?? false };
    },

    async 'setup.run'({ body, caller }) {
      await setUp({ ...deps.setUp, accounts }, body);
      await deps.afterSetUp();
      const { actor, cookies } = await accounts.signIn(body.administrator, caller);
      caller.setCookies(cookies);
      return sessionAnswer(actor);
    },
  };
}
