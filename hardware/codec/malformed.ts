import { formatHex } from '../credential.ts';
import type { MalformedCredential } from '../ports.ts';

/** Bytes of a malformed read that are kept for the record. */
const rawBytes = 64;

/** A well-framed read that is no credential, with what was received as far as it is kept. */
export function malformed(what: MalformedCredential['malformed'], received: Uint8Array): MalformedCredential {
  return { malformed: what, raw: formatHex(received.subarray(0, rawBytes)) };
}
