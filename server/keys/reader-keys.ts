/**
 * The keys of OSDP readers, encrypted in the store by AES-256-GCM. Each is bound to its place, so that a row put in
 * another's place opens nothing. Nothing here is logged, and no error holds a key.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { OsdpKeyStore, ReaderPlace, StoredKeys } from '../../hardware/osdp-ports.ts';
import type { Database } from '../db.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

export function readerKeys(db: Pick<Database, 'reader' | 'transaction'>, key: Buffer): OsdpKeyStore {
  return {
    async get(place) {
      const { deviceId, reader: number } = place;
      const row = await db.reader.readerKey.findUnique({ where: { deviceId_number: { deviceId, number } } });
      return row ? open(row.sealed, place, key) : {};
    },
    async put(place, keys) {
      const { deviceId, reader: number } = place;
      const sealed = seal(keys, place, key);
      await db.transaction(async (tx) => {
        await tx.readerKey.upsert({
          where: { deviceId_number: { deviceId, number } },
          create: { deviceId, number, sealed },
          update: { sealed },
        });
      });
    },
  };
}

const bound = ({ deviceId, reader }: ReaderPlace) => Buffer.from(JSON.stringify([deviceId, reader]));
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex');

/** Nonce, tag and cipher text in base64. */
function seal({ current, next }: StoredKeys, place: ReaderPlace, key: Buffer): string {
  const nonce = randomBytes(nonceBytes);
  const sealing = createCipheriv(cipher, key, nonce).setAAD(bound(place));
  const text = JSON.stringify({ current: hex(current), next: hex(next) });
  const body = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
  return Buffer.concat([nonce, sealing.getAuthTag(), body]).toString('base64');
}

function open(sealed: string, place: ReaderPlace, key: Buffer): StoredKeys {
  const bytes = Buffer.from(sealed, 'base64');
  let text: string;
  try {
    const opening = createDecipheriv(cipher, key, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
      .setAAD(bound(place))
      .setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
    text = Buffer.concat([opening.update(bytes.subarray(nonceBytes + tagBytes)), opening.final()]).toString();
  } catch {
    throw new Error('The key of a reader could not be decrypted: it was kept under another key file.');
  }
  const { current, next } = JSON.parse(text) as { current?: string; next?: string };
  return {
    ...(current === undefined ? {} : { current: Buffer.from(current, 'hex') }),
    ...(next === undefined ? {} : { next: Buffer.from(next, 'hex') }),
  };
}
