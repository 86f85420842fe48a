/** The shape of every incremental codec: bytes in, frames out, damage counted, never a throw. */

export type FrameError = 'checksum' | 'framing' | 'charset' | 'overflow' | 'length';

export type Decoded<Frame> =
  | { ok: true; frame: Frame }
  /** `dropped` bytes were given up; decoding has already moved on by one byte and looked again. */
  | { ok: false; error: FrameError; dropped: number };

export interface Decoder<Frame> {
  push(chunk: Uint8Array): Decoded<Frame>[];
  /** The line has been silent for the codec's idle time: what is left is either a whole frame or given up. */
  idle(): Decoded<Frame>[];
  /** The link is a new one: what is left of the old one is given up, and the first byte may start a frame. */
  reset(): Decoded<Frame>[];
  /** Bytes held back at the moment: never more than the codec's cap, above zero while silence would mean something. */
  readonly pending: number;
}
