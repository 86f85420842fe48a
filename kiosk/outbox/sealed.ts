/** Sealed with AES-GCM by a key that no script can read out: the browser keeps it, not its bytes. */

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: ArrayBuffer;
}

export const newKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

/** @param name bound to it: a piece under another name does not open */
export async function seal(key: CryptoKey, plain: Uint8Array<ArrayBuffer>, name: string): Promise<Sealed> {
  // SP 800-38D, section 8.2.2: 96 random bits, far below 2^32 of them for a key.
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const bytes = await crypto.subtle.encrypt(cipher(iv, name), key, plain);
  return { iv, bytes };
}

/** Throws when it was changed, or sealed by another key. */
export async function open(
  key: CryptoKey,
  { iv, bytes }: Sealed,
  name: string,
): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.decrypt(cipher(iv, name), key, bytes));
}

const cipher = (iv: Uint8Array<ArrayBuffer>, name: string) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(name),
});
