import type { IncomingHttpHeaders } from 'node:http';

/**
 * Whether a request that changes something comes from our own pages. Browsers send `Sec-Fetch-Site` (over HTTPS
 * and on loopback) and `Origin`; a program that sends neither carries no cookie of a browser that it could abuse.
 * @param publicOrigin where browsers reach us, when a proxy before us changes `Host`.
 */
export function isSameOrigin(headers: IncomingHttpHeaders, publicOrigin?: string): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  const { origin, host } = headers;
  if (origin === undefined) return true;
  if (origin === publicOrigin) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
