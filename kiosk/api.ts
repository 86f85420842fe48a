/** What the flow asks, done: the server first, the outbox where it is away. */
import { picturesBody } from '../parts/pictures/base64.ts';
import { createClient } from '../server/contract/client.ts';
import { failureOf, whyOf } from './failure.ts';
import type { Answer, Answered, Ask, Registration, Site } from './flow/words.ts';
import type { Outbox } from './outbox/outbox.ts';

/** A server that hangs is as good as away: the person must not stand before "one moment" for ever. */
const patienceMs = 10_000;

export const client = createClient('', (input, init) =>
  fetch(input, { ...init, signal: AbortSignal.timeout(patienceMs) }),
);

const siteKey = 'xiaomen.kiosk.site';

/** Never throws: a failure is an answer too. */
export async function perform(what: Ask, outbox: Outbox, now: number): Promise<Answer> {
  try {
    switch (what.kind) {
      case 'site':
        return { kind: 'site', site: await askSite(), online: true };
      case 'pair':
        await client('kiosk.pair', { body: { code: what.code } });
        return { kind: 'site', site: await askSite(), online: true };
      case 'known': {
        const { kind: _, ...body } = what;
        return { kind: 'known', found: await client('kiosk.known', { body }) };
      }
      case 'expected':
        return { kind: 'expected', expected: await client('kiosk.expected', { body: what.shown }) };
      case 'arrive': {
        const pictures = await picturesBody(what);
        const visit = await client('kiosk.arrive', { body: { ...what.arrival, pictures } });
        return { kind: 'visit', visit };
      }
      case 'register':
        return await outbox.send({ registration: what.registration, madeAt: now, ...picturesOf(what) });
      case 'sign-out':
        return { kind: 'visit', visit: await client('kiosk.sign-out', { body: what.shown }) };
      case 'guard-sign-in':
        return { kind: 'guard', guard: await client('kiosk.guard-sign-in', { body: { pin: what.pin } }) };
      case 'guard-visits': {
        const { session, quiet } = what;
        return {
          kind: 'guard-visits',
          visits: await client('kiosk.guard-visits', { body: { session, quiet } }),
        };
      }
      case 'guard-decide':
        await client('kiosk.guard-decide', { body: what.decision });
        return { kind: 'decided' };
      case 'guard-sign-out':
        // What the server does not hear it ends by itself.
        await client('kiosk.guard-sign-out', { body: { session: what.session } }).catch(() => undefined);
        return { kind: 'signed-out' };
      case 'visit':
        return { kind: 'visit', visit: await client('kiosk.visit', { params: { key: what.key } }) };
    }
  } catch (error) {
    const code = failureOf(error);
    const kept = what.kind === 'site' && code === 'offline' ? keptSite() : undefined;
    return kept ? { kind: 'site', site: kept, online: false } : { kind: 'failed', code, why: whyOf(error) };
  }
}

/** As a kiosk sends it: `madeAt` where it is later. */
export async function register(
  registration: Registration,
  pictures: { photo?: Blob; signature?: Blob },
): Promise<Answered> {
  const body = { ...registration, pictures: await picturesBody(pictures) };
  return client('kiosk.register', { body });
}

const picturesOf = ({ photo, signature }: { photo?: Blob; signature?: Blob }) => ({
  ...(photo ? { photo } : {}),
  ...(signature ? { signature } : {}),
});

/** What a kiosk has to know to open without the server: the school and its kinds of visitors, nothing of anybody. */
async function askSite(): Promise<Site> {
  const [self, types] = await Promise.all([client('kiosk.get'), client('kiosk.types')]);
  const site = { ...self, types: types.filter(({ offered }) => offered) };
  localStorage.setItem(siteKey, JSON.stringify(site));
  return site;
}

function keptSite(): Site | undefined {
  const kept = localStorage.getItem(siteKey);
  // What an earlier version has kept knows nothing of the parts.
  const parts: Site['parts'] = { printer: 'none', documentReader: 'none' };
  return kept === null ? undefined : ({ parts, ...JSON.parse(kept) } as Site);
}
