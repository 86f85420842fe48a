/** The driver of every reader that talks by itself, over a serial line or by HID reports: bytes in, reads out. */
import type { Decoded, Decoder } from '../codec/decoder.ts';
import type { Credential } from '../credential.ts';
import { credentialKey } from '../credential.ts';
import type { Cancel, Clock, MalformedCredential, Read } from '../ports.ts';
import type { Driver } from './driver.ts';

export interface ReaderParts<Frame> {
  deviceId: string;
  clock: Clock;
  decoder: Decoder<Frame>;
  /** What a whole frame says. */
  interpret(frame: Frame): Credential | MalformedCredential;
  /** The printed form that the reader sends, where its settings tell. */
  formOf(credential: Credential): string | undefined;
  /** Silence after which what the decoder holds is a whole frame or nothing. */
  idleMs: number;
  /** Whether a key seen at this monotonic time is news, not the repeat of a tag that is still held. */
  isNews(key: string, at: number): boolean;
  onRead(read: Read): void;
}

export function readerDriver<Frame>(parts: ReaderParts<Frame>): Driver {
  const { clock, decoder } = parts;
  let frames = 0;
  let frameErrors = 0;
  let lastFrameAt: number | undefined;
  let cancelIdle: Cancel | undefined;

  function take(found: Decoded<Frame>[]): void {
    for (const item of found) {
      if (!item.ok) {
        frameErrors += 1;
        continue;
      }
      frames += 1;
      lastFrameAt = clock.now();
      const credential = parts.interpret(item.frame);
      const key =
        'malformed' in credential ? `${credential.malformed}:${credential.raw}` : credentialKey(credential);
      if (!parts.isNews(key, clock.monotonic())) continue;
      const read: Read = { deviceId: parts.deviceId, reader: 0, at: lastFrameAt, credential };
      const form = 'malformed' in credential ? undefined : parts.formOf(credential);
      if (form !== undefined) read.form = form;
      parts.onRead(read);
    }
  }

  function stopIdle(): void {
    cancelIdle?.();
    cancelIdle = undefined;
  }

  return {
    async opened() {
      // Half a frame from before the loss must not be joined to what comes now.
      take(decoder.reset());
    },
    received(bytes) {
      stopIdle();
      take(decoder.push(bytes));
      if (decoder.pending === 0) return;
      cancelIdle = clock.after(parts.idleMs, () => {
        cancelIdle = undefined;
        take(decoder.idle());
      });
    },
    lost: stopIdle,
    counts: () => ({
      frames,
      frameErrors,
      ...(lastFrameAt === undefined ? {} : { lastFrameAt }),
    }),
    async close() {
      stopIdle();
    },
  };
}
