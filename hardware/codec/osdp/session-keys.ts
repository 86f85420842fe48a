/**
 * The keys of one secure session, and the proofs that both ends hold them. Source: SIA OSDP 2.2, Annex D.4; its
 * Annex E has the vectors.
 */
import { blockBytes, encryptBlock, type OsdpKey, osdpKey } from './key.ts';

export interface SessionKeys {
  encryption: OsdpKey;
  /** For all blocks of a MAC but the last. */
  mac1: OsdpKey;
  /** For the last block of a MAC. */
  mac2: OsdpKey;
}

/** @param randomA RND.A, of which six bytes are used. */
export function sessionKeys(scbk: OsdpKey, randomA: Uint8Array): SessionKeys {
  const derive = (first: number, second: number) => {
    const seed = new Uint8Array(blockBytes);
    seed.set([first, second, ...randomA.subarray(0, 6)]);
    return osdpKey(encryptBlock(scbk, seed));
  };
  return { encryption: derive(0x01, 0x82), mac1: derive(0x01, 0x01), mac2: derive(0x01, 0x02) };
}

/** What the PD proves itself by. */
export function clientCryptogram(keys: SessionKeys, randomA: Uint8Array, randomB: Uint8Array): Uint8Array {
  return encryptBlock(keys.encryption, Uint8Array.of(...randomA, ...randomB));
}

/** What the ACU proves itself by. */
export function serverCryptogram(keys: SessionKeys, randomA: Uint8Array, randomB: Uint8Array): Uint8Array {
  return encryptBlock(keys.encryption, Uint8Array.of(...randomB, ...randomA));
}

/** R-MAC-I, from which the chain of MACs starts. */
export function initialMac(keys: SessionKeys, cryptogram: Uint8Array): Uint8Array {
  return encryptBlock(keys.mac2, encryptBlock(keys.mac1, cryptogram));
}
