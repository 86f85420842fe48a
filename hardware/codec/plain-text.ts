/**
 * UTF-8 without control characters; undefined when the bytes are no such text. A foreign QR code is text too:
 * whoever asks for a credential says that it is foreign.
 */
export function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return /\p{Cc}/u.test(text) ? undefined : text;
  } catch {
    return undefined;
  }
}

const lineEnds = [0x09, 0x0a, 0x0d];

/** CR, LF and Tab: what readers put around a text, and what is never part of it. */
export function isLineEnd(byte: number | undefined): boolean {
  return byte !== undefined && lineEnds.includes(byte);
}

/** The bytes without the CR, LF and Tab around them. */
export function trimLineEnds(bytes: Uint8Array): Uint8Array {
  let from = 0;
  let to = bytes.length;
  while (from < to && isLineEnd(bytes[from])) from += 1;
  while (from < to && isLineEnd(bytes[to - 1])) to -= 1;
  return bytes.subarray(from, to);
}
