import type { Actor } from '../../accounts/actor.ts';
import { can } from '../../contract/capabilities.ts';
import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { type AddVisitDeps, inviteVisit, registerVisit } from '../../visits/add-visit.ts';
import type { IdVault } from '../../visits/id-vault.ts';
import { findHosts, listVisits } from '../../visits/list-visits.ts';
import { rotatePassKey } from '../../visits/pass-keys.ts';
import { passPage } from '../../visits/pass-page.ts';
import { revealId } from '../../visits/reveal-id.ts';
import { tellLink } from '../../visits/tell-link.ts';
import {
  type Asker,
  admitVisit,
  approveVisit,
  giveReceipt,
  refuseVisit,
  revokePass,
  signOut,
} from '../../visits/visit-steps.ts';
import { getVisit } from '../../visits/visit-view.ts';
import { addVisitorType, changeVisitorType, listVisitorTypes } from '../../visits/visitor-types.ts';
import type { HandlersOf } from '../handler.ts';

export interface VisitDeps extends AddVisitDeps {
  events: Pick<EventLog, 'change'>;
  vault: IdVault;
  reader: Reader;
  questions: Reader;
}

const askerOf = ({ role }: Actor): Asker => ({
  guard: can(role, 'visits.admit'),
  office: can(role, 'visits.manage'),
});

export function visitHandlers(
  deps: VisitDeps,
): HandlersOf<
  | `visitor-types.${'list' | 'add' | 'change'}`
  | `visits.${'list' | 'mine' | 'hosts' | 'get' | 'register' | 'invite' | 'approve' | 'refuse' | 'link'}`
  | `visits.${'admit' | 'sign-out' | 'receipt' | 'reveal-id'}`
  | `passes.${'revoke' | 'page' | 'rotate-key'}`
> {
  const { reader, questions } = deps;
  return {
    'visitor-types.list': () => listVisitorTypes(reader),
    'visitor-types.add': ({ body, by }) => addVisitorType(deps, body, by),
    'visitor-types.change': ({ params, body, by }) => changeVisitorType(deps, params.id, body, by),

    'visits.list': ({ query }) => listVisits(questions, deps, query),
    'visits.mine': ({ query, actor }) => listVisits(questions, deps, query, actor.accountId),
    'visits.hosts': ({ query }) => findHosts(questions, query.text),
    'visits.get': ({ params }) => getVisit(reader, deps, params.id),
    'visits.register': ({ body, by }) => registerVisit(deps, body, by),
    'visits.invite': ({ body, by }) => inviteVisit(deps, body, by),
    'visits.approve': ({ params, actor, by }) => approveVisit(deps, params.id, askerOf(actor), by),
    'visits.refuse': ({ params, actor, by }) => refuseVisit(deps, params.id, askerOf(actor), by),
    'visits.link': ({ params, actor }) => tellLink(reader, params.id, askerOf(actor), actor.accountId),
    'visits.admit': ({ params, body, by }) => admitVisit(deps, params.id, body.laneId, by),
    'visits.sign-out': ({ params, actor, by }) => signOut(deps, params.id, askerOf(actor), by),
    'visits.receipt': ({ params, body, actor, by }) =>
      giveReceipt(deps, params.id, body.receipt, askerOf(actor), by),
    'visits.reveal-id': ({ params, by }) => revealId(deps, params.id, by),

    'passes.revoke': ({ params, by }) => revokePass(deps, params.id, by),
    'passes.page': ({ body }) => passPage(deps, body.link),
    'passes.rotate-key': ({ body, by }) => rotatePassKey(deps, body, by),
  };
}
