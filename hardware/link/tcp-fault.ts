/** What the network says about an address that can't be had, in the closed list of LinkFault codes. */
import { messageOf } from '../errors.ts';
import type { LinkFault } from '../ports.ts';

const codes: Record<string, LinkFault['code']> = {
  ECONNREFUSED: 'not-found',
  ENOTFOUND: 'not-found',
  EAI_AGAIN: 'not-found',
  EHOSTUNREACH: 'not-found',
  ENETUNREACH: 'not-found',
  ETIMEDOUT: 'unplugged',
  ECONNRESET: 'unplugged',
  EPIPE: 'unplugged',
  EACCES: 'permission',
  EPERM: 'permission',
};

/** `where` is the address that was tried. */
export function tcpFault(where: string, reason: unknown): LinkFault {
  const code = reason instanceof Error && 'code' in reason ? codes[String(reason.code)] : undefined;
  return { code: code ?? 'io', detail: `${where}: ${messageOf(reason)}` };
}
