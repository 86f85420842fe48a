/**
 * The secret in the link to a visit's pass page: the visit's id and a keyed code over it. Nobody guesses one, none has to
 * be kept, and whoever may give it out can do so again.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Reader, Tx } from '../db.ts';

const name = 'visit-links';
const keyBytes = 32;
/** 128 bits of the HMAC: RFC 2104, section 5, allows half of the hash. */
const codeBytes = 16;

/** Made on first use. */
export async function ensureLinkKey(tx: Tx): Promise<Buffer> {
  const kept = await readLinkKey(tx);
  if (kept) return kept;
  const key = randomBytes(keyBytes);
  await tx.secret.create({ data: { name, value: key.toString('base64url') } });
  return key;
}

/** Undefined before the first visit. */
export async function readLinkKey(store: Reader | Tx): Promise<Buffer | undefined> {
  const kept = await store.secret.findUnique({ where: { name } });
  return kept ? Buffer.from(kept.value, 'base64url') : undefined;
}

export function linkOf(visitId: string, key: Buffer): string {
  return `${visitId}.${codeOf(visitId, key).toString('base64url')}`;
}

/** The visit's id; undefined for what `linkOf` has not written. */
export function visitOfLink(link: string, key: Buffer): string | undefined {
  const dot = link.lastIndexOf('.');
  const visitId = link.slice(0, Math.max(0, dot));
  const code = Buffer.from(link.slice(dot + 1), 'base64url');
  const right = codeOf(visitId, key);
  return code.length === right.length && timingSafeEqual(code, right) ? visitId : undefined;
}

function codeOf(visitId: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(visitId).digest().subarray(0, codeBytes);
}
