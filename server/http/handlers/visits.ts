import type { Actor } from '../../accounts/actor.ts';
import { can } from '../../contract/capabilities.ts';
import type { Visit } from '../../contract/visits.ts';
import type { Reader } from '../../db.ts';
import { RequestError } from '../../errors.ts';
import type { EventLog } from '../../events/port.ts';
import { type AddVisitDeps, inviteVisit, registerVisit } from '../../visits/add-visit.ts';
import type { IdVault } from '../../visits/id-vault.ts';
import { inviteGroup, inviteSeries } from '../../visits/invite-many.ts';
import { findHosts, listVisits } from '../../visits/list-visits.ts';
import { rotatePassKey } from '../../visits/pass-keys.ts';
import { passPage } from '../../visits/pass-page.ts';
import { revealId } from '../../visits/reveal-id.ts';
import { findShown, type Passes } from '../../visits/shown-pass.ts';
import { tellLink } from '../../visits/tell-link.ts';
import { setVisitPhoto } from '../../visits/visit-pictures.ts';
import {
  type Asker,
  admitVisit,
  approveVisit,
  giveReceipt,
  handOver,
  refuseVisit,
  revokePass,
  signOut,
} from '../../visits/visit-steps.ts';
import { getVisit } from '../../visits/visit-view.ts';
import { addVisitorType, changeVisitorType, listVisitorTypes } from '../../visits/visitor-types.ts';
import type { HandlersOf } from '../handler.ts';
import { sniff } from '../magic-bytes.ts';
import { picturesIn } from '../pictures-in.ts';

export interface VisitDeps extends AddVisitDeps {
  events: Pick<EventLog, 'change'>;
  vault: IdVault;
  reader: Reader;
  questions: Reader;
  passes: Passes;
  /** The midnight that ends the day of an instant, in the school's time zone. */
  dayEndAt(instant: number): number;
}

const askerOf = ({ role }: Actor): Asker => ({
  guard: can(role, 'visits.admit'),
  office: can(role, 'visits.manage'),
});

/** That a visitor may be on a list is told to who decides about it alone; to others they wait for the guard. */
function visitFor<V extends Visit>({ role }: Actor, visit: V): V {
  if (can(role, 'visits.screen')) return visit;
  const pending = visit.pending.map((word) => (word === 'screening' ? 'guard' : word));
  const words = visit.words.filter(({ word }) => word !== 'screening');
  return { ...visit, pending: [...new Set(pending)], words };
}

const addedFor = <A extends { visit: Visit }>(actor: Actor, added: A): A => ({
  ...added,
  visit: visitFor(actor, added.visit),
});

export function visitHandlers(
  deps: VisitDeps,
): HandlersOf<
  | `visitor-types.${'list' | 'add' | 'change'}`
  | `visits.${'list' | 'search' | 'mine' | 'hosts' | 'get' | 'find' | 'photo' | 'register' | 'invite' | 'invite-series' | 'invite-group' | 'approve' | 'refuse' | 'hand-over' | 'link'}`
  | `visits.${'admit' | 'sign-out' | 'receipt' | 'reveal-id'}`
  | `passes.${'revoke' | 'page' | 'rotate-key'}`
> {
  const { reader, questions } = deps;
  return {
    'visitor-types.list': () => listVisitorTypes(reader),
    'visitor-types.add': ({ body, by }) => addVisitorType(deps, body, by),
    'visitor-types.change': ({ params, body, by }) => changeVisitorType(deps, params.id, body, by),

    async 'visits.list'({ query, actor }) {
      const found = await listVisits(questions, deps, query);
      return { ...found, visits: found.visits.map((each) => visitFor(actor, each)) };
    },
    async 'visits.search'({ body, actor }) {
      const found = await listVisits(questions, deps, body);
      return { ...found, visits: found.visits.map((each) => visitFor(actor, each)) };
    },
    async 'visits.mine'({ query, actor }) {
      const found = await listVisits(questions, deps, query, actor.accountId);
      return { ...found, visits: found.visits.map((each) => visitFor(actor, each)) };
    },
    'visits.hosts': ({ query }) => findHosts(questions, query.text),
    'visits.get': async ({ params, actor }) => visitFor(actor, await getVisit(reader, deps, params.id)),
    async 'visits.find'({ body, actor }) {
      const { visit, ...told } = await findShown(reader, deps, body);
      return { ...told, visit: visit && visitFor(actor, visit) };
    },
    async 'visits.photo'({ params, query, body, actor, by }) {
      const contentType = sniff(body);
      if (!contentType) {
        const told = { why: 'photo.no-picture' } as const;
        throw new RequestError('unsupported-media-type', 'This is not a picture.', told);
      }
      const why = query.reason === undefined ? {} : { note: query.reason };
      await setVisitPhoto(deps, params.id, { contentType, bytes: body }, { ...by, ...why });
      return visitFor(actor, await getVisit(reader, deps, params.id));
    },
    'visits.register': ({ body, actor, by }) =>
      registerVisit(deps, body, picturesIn(body.pictures), can(actor.role, 'visits.override'), by),
    async 'visits.invite'({ body, actor, by }) {
      return addedFor(actor, await inviteVisit(deps, body, by));
    },
    async 'visits.invite-series'({ body, actor, by }) {
      return (await inviteSeries(deps, body, by)).map((each) => addedFor(actor, each));
    },
    async 'visits.invite-group'({ body, actor, by }) {
      const { added, ...told } = await inviteGroup(deps, body, by);
      return { ...told, added: added.map((each) => addedFor(actor, each)) };
    },
    'visits.approve': async ({ params, actor, by }) =>
      visitFor(actor, await approveVisit(deps, params.id, askerOf(actor), by)),
    'visits.refuse': async ({ params, actor, by }) =>
      visitFor(actor, await refuseVisit(deps, params.id, askerOf(actor), by)),
    'visits.hand-over': async ({ params, actor, by }) => visitFor(actor, await handOver(deps, params.id, by)),
    'visits.link': ({ params, actor }) => tellLink(reader, params.id, askerOf(actor), actor.accountId),
    'visits.admit': ({ params, body, by }) => admitVisit(deps, params.id, body.laneId, by),
    'visits.sign-out': async ({ params, actor, by }) =>
      visitFor(actor, await signOut(deps, params.id, askerOf(actor), by)),
    'visits.receipt': async ({ params, body, actor, by }) =>
      visitFor(actor, await giveReceipt(deps, params.id, body.receipt, askerOf(actor), by)),
    'visits.reveal-id': ({ params, by }) => revealId(deps, params.id, by),

    'passes.revoke': ({ params, by }) => revokePass(deps, params.id, by),
    'passes.page': ({ body }) => passPage(deps, body.link),
    'passes.rotate-key': ({ body, by }) => rotatePassKey(deps, body, by),
  };
}
