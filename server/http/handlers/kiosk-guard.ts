import type { Accounts } from '../../accounts/accounts.ts';
import { type GuardPinDeps, setOwnPin } from '../../kiosks/guard-pin.ts';
import type { GuardSessions } from '../../kiosks/guard-sessions.ts';
import { guardDecide, guardVisits, type KioskGuardDeps } from '../../visits/kiosk-guard.ts';
import type { HandlersOf } from '../handler.ts';

export interface KioskGuardHandlerDeps extends KioskGuardDeps, Omit<GuardPinDeps, 'events'> {
  guards: GuardSessions;
  accounts: Pick<Accounts, 'confirmPassword'>;
}

export function kioskGuardHandlers(
  deps: KioskGuardHandlerDeps,
): HandlersOf<'kiosks.set-own-pin' | `kiosk.guard-${'sign-in' | 'sign-out' | 'visits' | 'decide'}`> {
  const { guards, accounts } = deps;
  return {
    async 'kiosks.set-own-pin'({ body, actor, caller, by }) {
      await accounts.confirmPassword(actor, body.password, caller);
      await setOwnPin(deps, body.pin, by);
    },
    'kiosk.guard-sign-in': ({ body, actor }) => guards.signIn(actor.accountId, body.pin),
    'kiosk.guard-sign-out': ({ body, actor }) => guards.signOut(actor.accountId, body.session),
    async 'kiosk.guard-visits'({ body, actor }) {
      const guard = await guards.guardOf(actor.accountId, body.session, !body.quiet);
      return guardVisits(deps, guard);
    },
    // In the guard's name, not the kiosk's.
    async 'kiosk.guard-decide'({ body, actor, by }) {
      const { session, ...decision } = body;
      const guard = await guards.guardOf(actor.accountId, session, true);
      await guardDecide(deps, guard, decision, { ...by, actorId: guard.accountId });
    },
  };
}
