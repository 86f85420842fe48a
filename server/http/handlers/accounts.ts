import type { Accounts } from '../../accounts/accounts.ts';
import { sessionAnswer } from '../../accounts/actor.ts';
import type { HandlersOf } from '../handler.ts';

export function accountHandlers(
  accounts: Accounts,
): HandlersOf<
  | 'session.get'
  | 'session.start'
  | 'session.end'
  | 'session.change-password'
  | 'accounts.list'
  | 'accounts.add'
  | 'accounts.change'
  | 'accounts.reset'
> {
  return {
    'session.get': async ({ actor }) => sessionAnswer(actor),

    async 'session.start'({ body, caller }) {
      const { actor, cookies } = await accounts.signIn(body, caller);
      caller.setCookies(cookies);
      return sessionAnswer(actor);
    },

    async 'session.end'({ actor, caller }) {
      caller.setCookies(await accounts.signOut(actor, caller));
    },

    'session.change-password': ({ body, actor, caller }) => accounts.changePassword(actor, body, caller),
    'accounts.list': () => accounts.list(),
    'accounts.add': ({ body, by }) => accounts.add(body, by),
    'accounts.change': ({ params, body, by }) => accounts.change(params.id, body, by),
    'accounts.reset': ({ params, by }) => accounts.reset(params.id, by),
  };
}
