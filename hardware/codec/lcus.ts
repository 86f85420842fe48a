import type { Decoder } from './decoder.ts';
import { scanningDecoder } from './scan.ts';

/**
 * LCUS-1/2/4/8 relay boards, 9600 8N1 over a CH340; the HID variant takes the same four bytes.
 *
 *   A0 | channel, 1-based | 01 on, 00 off | sum of the three, low byte      switches one relay, no answer
 *   FF                                                                       asks; boards of 2 and more channels
 *   answer: one byte a channel, from channel 1: 01 on, 00 off                answer, a single LCUS-1 is silent
 *
 * Sources: LC Technology, "USB switch communication protocol" (https://tilga.com/prod/5732195, one channel;
 * https://tilga.com/prod/5706439, eight channels and status).
 */
const start = 0xa0;
const commandBytes = 4;

export interface LcusCommand {
  /** 1-based, as printed on the board. */
  channel: number;
  on: boolean;
}

/** `channel` 1..8; a RangeError otherwise, for a wrong byte here would switch a wrong relay. */
export function encodeLcus(channel: number, on: boolean): Uint8Array {
  if (!Number.isInteger(channel) || channel < 1 || channel > 8)
    throw new RangeError(`no relay channel ${channel}`);
  const state = on ? 1 : 0;
  return Uint8Array.of(start, channel, state, (start + channel + state) & 0xff);
}

/** Asks a board of two and more channels for its state. No byte of a command has this value. */
export const lcusQuery = 0xff;

/** The board's side of the line. */
export function lcusDecoder(): Decoder<LcusCommand> {
  return scanningDecoder(commandBytes, ([first, channel, state, sum]) => {
    if (first !== start || channel === 0 || (channel ?? 1) > 8 || (state ?? 0) > 1) return 'framing';
    if (channel === undefined || state === undefined || sum === undefined) return 'more';
    if (((start + channel + state) & 0xff) !== sum) return 'checksum';
    return { length: commandBytes, frame: { channel, on: state === 1 } };
  });
}

/** The board's answer to a query. */
export function encodeLcusStatus(channels: readonly boolean[]): Uint8Array {
  return Uint8Array.from(channels, (on) => (on ? 1 : 0));
}

/**
 * The answers of a board with so many channels. They have no mark of their own: call `idle` before a query,
 * so that nothing older is taken for the beginning of its answer.
 */
export function lcusStatusDecoder(channels: number): Decoder<boolean[]> {
  return scanningDecoder(channels, (bytes) => {
    if (bytes.some((byte) => byte > 1)) return 'framing';
    return bytes.length < channels
      ? 'more'
      : { length: channels, frame: Array.from(bytes, (byte) => byte === 1) };
  });
}
