import { RequestError } from '../../errors.ts';
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
import { setPicture } from '../../visits/visit-pictures.ts';
import { listVisitorTypes } from '../../visits/visitor-types.ts';
import type { Handler, HandlersOf } from '../handler.ts';
import { sniff } from '../magic-bytes.ts';

export function kioskVisitHandlers(
  deps: KioskVisitDeps,
): HandlersOf<`kiosk.${'types' | 'hosts' | 'known' | 'register' | 'visit' | 'expected' | 'arrive' | 'photo' | 'signature' | 'sign-out'}`> {
  const { reader, vault } = deps;
  async function keepPicture(
    kind: 'photo' | 'signature',
    { params, body, actor, by }: Parameters<Handler<'kiosk.photo' | 'kiosk.signature'>>[0],
  ): Promise<void> {
    const contentType = sniff(body);
    if (!contentType) {
      const told = { why: 'photo.no-picture' } as const;
      throw new RequestError('unsupported-media-type', 'This is not a picture.', told);
    }
    const visitId = await visitOfKey(reader, actor.accountId, params.key);
    await setPicture(deps, visitId, kind, { contentType, bytes: body }, by);
  }
  return {
    async 'kiosk.types'() {
      return (await listVisitorTypes(reader)).filter(({ offered }) => offered);
    },
    'kiosk.hosts': ({ query }) => findHosts(reader, query.text),
    'kiosk.known': ({ body }) => findKnown(reader, vault, body),
    'kiosk.register': ({ body, by }) => registerAtKiosk(deps, body, by),
    async 'kiosk.visit'({ params, actor }) {
      return viewForKiosk(reader, deps, await visitOfKey(reader, actor.accountId, params.key));
    },
    'kiosk.expected': ({ body }) => readExpected(reader, deps, body),
    'kiosk.arrive': ({ body, by }) => arriveAtKiosk(deps, body, by),
    'kiosk.photo': (input) => keepPicture('photo', input),
    'kiosk.signature': (input) => keepPicture('signature', input),
    'kiosk.sign-out': ({ body, by }) => signOutAtKiosk(deps, body, by),
  };
}
