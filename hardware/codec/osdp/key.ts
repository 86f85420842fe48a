/**
 * Keys of the secure channel and the one cipher that it uses, AES-128. A key is Node's own key object from the moment
 * it is made: printing it, turning it into text or JSON, or throwing it shows none of its bytes.
 * Source: SIA OSDP 2.2, Annex D.
 */
import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';

export type OsdpKey = KeyObject;

export const keyBytes = 16;
export const blockBytes = 16;

/** 16 bytes as a key; a RangeError otherwise. */
export function osdpKey(bytes: Uint8Array): OsdpKey {
  if (bytes.length !== keyBytes)
    throw new RangeError(`an OSDP key has ${keyBytes} bytes, not ${bytes.length}`);
  return createSecretKey(bytes);
}

/** The bytes themselves, for the encrypted KEYSET and for whoever stores keys encrypted. */
export function exposeKey(key: OsdpKey): Uint8Array {
  return new Uint8Array(key.export());
}

/** SCBK-D, the key that everybody knows: good for handing over a real one while somebody stands by, and no more. */
export const defaultKey: OsdpKey = osdpKey(Uint8Array.from({ length: keyBytes }, (_, index) => 0x30 + index));

/** A reader's key from a master key and the reader's 8-byte client id. */
export function deriveKey(master: OsdpKey, clientId: Uint8Array): OsdpKey {
  return osdpKey(encryptBlock(master, Uint8Array.of(...clientId, ...clientId.map((byte) => ~byte))));
}

/** One block of 16 bytes, ECB. */
export function encryptBlock(key: OsdpKey, block: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-ecb', key, null).setAutoPadding(false);
  return new Uint8Array(cipher.update(block));
}

/** Whole blocks, CBC. */
export function encryptBlocks(key: OsdpKey, iv: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return new Uint8Array(cipher.update(blocks));
}

export function decryptBlocks(key: OsdpKey, iv: Uint8Array, blocks: Uint8Array): Uint8Array {
  const cipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return new Uint8Array(cipher.update(blocks));
}

/** In a time that does not tell where they differ. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
