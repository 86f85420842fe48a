/** A kiosk's session: the token of the paired device, in a cookie that no script of the page can read. */
import type { Actor } from '../accounts/actor.ts';
import type { Kiosks } from '../kiosks/kiosks.ts';

const name = 'xiaomen-kiosk';
/** Browsers keep none longer; each report sets it anew. */
const days = 400;

/** Where it is sent: what a kiosk asks, and the socket. */
const paths = ['/api/kiosk', '/socket.io'];

export function kioskCookies(token: string, secure: boolean): string[] {
  const attributes = ['HttpOnly', 'SameSite=Strict', `Max-Age=${days * 86_400}`];
  return paths.map((path) =>
    [`${name}=${token}`, `Path=${path}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; '),
  );
}

export function kioskToken(headers: Headers): string | undefined {
  return new RegExp(`(?:^|; )${name}=([\\w.-]+)`).exec(headers.get('cookie') ?? '')?.[1];
}

/** The kiosk as who asks; undefined where the device is not paired. */
export async function kioskOf(
  kiosks: Pick<Kiosks, 'identify'>,
  headers: Headers,
): Promise<Actor | undefined> {
  const token = kioskToken(headers);
  const kiosk = token === undefined ? undefined : await kiosks.identify(token);
  return (
    kiosk && {
      ...{ accountId: kiosk.id, name: kiosk.name, username: '', role: 'kiosk' },
      ...{ sessionId: kiosk.id, expiresAt: Number.POSITIVE_INFINITY, mustChangePassword: false },
    }
  );
}
