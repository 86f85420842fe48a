import type { Decoded, Decoder, FrameError } from './decoder.ts';

/**
 * What stands at the start of the bytes held: a frame of `length` bytes, `skip` bytes that are nobody's fault and
 * nothing to us, the beginning of a frame, or none of these.
 */
export type Scan<Frame> = { length: number; frame: Frame } | { skip: number } | 'more' | FrameError;

/**
 * An incremental decoder for frames that can be told from their bytes alone. `scan` looks at the start of the
 * bytes (never empty); when no frame can start there, one byte is given up and it looks again, so a frame inside
 * a damaged one is found. Bytes given up in a row are told as one error, by the fault that was met first.
 * `cap` is the longest frame in bytes; `scan` must not ask for more once it has that many.
 */
export function scanningDecoder<Frame>(
  cap: number,
  scan: (bytes: Uint8Array) => Scan<Frame>,
): Decoder<Frame> {
  let held = new Uint8Array(0);

  /** With `last`, nothing more will come: what would need more bytes is damage. */
  function search(bytes: Uint8Array, last: boolean): Decoded<Frame>[] {
    const found: Decoded<Frame>[] = [];
    let fault: { ok: false; error: FrameError; dropped: number } | undefined;
    const cutShort = last ? 'framing' : 'overflow';
    let at = 0;
    while (at < bytes.length) {
      const window = bytes.subarray(at, at + cap);
      const seen = scan(window);
      if (seen === 'more' && window.length < cap && !last) break;
      if (typeof seen === 'object' && 'skip' in seen) {
        at += seen.skip;
        continue;
      }
      if (typeof seen === 'object') {
        fault = undefined;
        found.push({ ok: true, frame: seen.frame });
        at += seen.length;
        continue;
      }
      if (!fault) {
        fault = { ok: false, error: seen === 'more' ? cutShort : seen, dropped: 0 };
        found.push(fault);
      }
      fault.dropped += 1;
      at += 1;
    }
    held = bytes.slice(at);
    return found;
  }

  function giveUp(): Decoded<Frame>[] {
    const dropped = held.length;
    held = new Uint8Array(0);
    return dropped === 0 ? [] : [{ ok: false, error: 'framing', dropped }];
  }

  return {
    push(chunk) {
      const bytes = new Uint8Array(held.length + chunk.length);
      bytes.set(held);
      bytes.set(chunk, held.length);
      return search(bytes, false);
    },
    // A frame that stands in what looked like the beginning of a longer one is found now.
    idle: () => search(held, true),
    reset: giveUp,
    get pending() {
      return held.length;
    },
  };
}
