import { findKnown, readExpected } from '../../visits/kiosk-form.ts';
import { viewForKiosk } from '../../visits/kiosk-view.ts';
import {
  arriveAtKiosk,
  type KioskVisitDeps,
  registerAtKiosk,
  signOutAtKiosk,
  visitOfKey,
} from '../../visits/kiosk-visits.ts';
import { findHosts } from '../../visits/list-visits.ts';
import { listVisitorTypes } from '../../visits/visitor-types.ts';
import type { HandlersOf } from '../handler.ts';
import { picturesIn } from '../pictures-in.ts';

export function kioskVisitHandlers(
  deps: KioskVisitDeps,
): HandlersOf<`kiosk.${'types' | 'hosts' | 'known' | 'register' | 'visit' | 'expected' | 'arrive' | 'sign-out'}`> {
  const { reader, vault } = deps;
  return {
    async 'kiosk.types'() {
      return (await listVisitorTypes(reader)).filter(({ offered }) => offered);
    },
    'kiosk.hosts': ({ query }) => findHosts(reader, query.text),
    'kiosk.known': ({ body }) => findKnown(reader, vault, body),
    'kiosk.register': ({ body, by }) => registerAtKiosk(deps, body, picturesIn(body.pictures), by),
    async 'kiosk.visit'({ params, actor }) {
      return viewForKiosk(reader, deps, await visitOfKey(reader, actor.accountId, params.key));
    },
    'kiosk.expected': ({ body }) => readExpected(reader, deps, body),
    'kiosk.arrive': ({ body, by }) => arriveAtKiosk(deps, body, picturesIn(body.pictures), by),
    'kiosk.sign-out': ({ body, by }) => signOutAtKiosk(deps, body, by),
  };
}
