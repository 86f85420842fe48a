import type { Reader } from '../../db.ts';
import { RequestError } from '../../errors.ts';
import type { Kiosks } from '../../kiosks/kiosks.ts';
import { schoolOf } from '../../school/school.ts';
import type { HandlersOf } from '../handler.ts';
import { kioskCookies, kioskToken } from '../kiosk-session.ts';

export interface KioskHandlerDeps {
  reader: Reader;
  kiosks: Kiosks;
  /** Cookies only over HTTPS. */
  secure: boolean;
  now(): number;
}

export function kioskHandlers({
  reader,
  kiosks,
  secure,
  now,
}: KioskHandlerDeps): HandlersOf<
  `kiosks.${'list' | 'add' | 'change' | 'show-code' | 'revoke'}` | `kiosk.${'pair' | 'get' | 'report'}`
> {
  async function self(id: string, name: string) {
    const school = await schoolOf(reader);
    if (!school) throw new RequestError('not-set-up', 'The school is not set up.');
    const { name: schoolName, language, timeZone } = school;
    const parts = await kiosks.parts(id);
    return { kiosk: { id, name }, school: { name: schoolName, language, timeZone }, parts, now: now() };
  }
  return {
    'kiosks.list': () => kiosks.list(),
    'kiosks.add': ({ body, by }) => kiosks.add(body, by),
    'kiosks.change': ({ params, body, by }) => kiosks.change(params.id, body, by),
    'kiosks.show-code': ({ params, by }) => kiosks.showCode(params.id, by),
    'kiosks.revoke': ({ params, by }) => kiosks.revoke(params.id, by),
    async 'kiosk.pair'({ body, caller }) {
      const { id, token } = await kiosks.pair(body.code);
      caller.setCookies(kioskCookies(token, secure));
      return self(id, (await kiosks.identify(token))?.name ?? '');
    },
    'kiosk.get': ({ actor }) => self(actor.accountId, actor.name),
    async 'kiosk.report'({ body, actor, caller }) {
      await kiosks.report(actor.accountId, body);
      const token = kioskToken(caller.headers);
      if (token !== undefined) caller.setCookies(kioskCookies(token, secure));
      return self(actor.accountId, actor.name);
    },
  };
}
