import type { Decoder } from './decoder.ts';
import { scanningDecoder } from './scan.ts';

/**
 * LCUS-1/2/4/8 relay boards, 9600 8N1 over a CH340; the HID variant takes the same four bytes.
 *
 *   A0 | channel, 1-based | 01 on, 00 off | sum of the three, low byte      switches one relay, no answer
 *
 * Boards of several channels are also sold with a status query, the single byte FF. It is not used: one lot answers a
 * byte a channel, another a text ("CH1:OFF" ...), many nothing, and neither the USB identity nor a version tells which.
 * None of these answers carries a mark or a sum, and all tell what the board was told, not where its contact is. So an
 * opening by an LCUS board is "sent", never "confirmed".
 *
 * Sources: LC Technology, "USB switch communication protocol" (https://tilga.com/prod/5732195, one channel;
 * https://tilga.com/prod/5706439, eight channels and a query answered by bytes).
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

/** The board's side of the line. */
export function lcusDecoder(): Decoder<LcusCommand> {
  return scanningDecoder(commandBytes, ([first, channel, state, sum]) => {
    if (first !== start || channel === 0 || (channel ?? 1) > 8 || (state ?? 0) > 1) return 'framing';
    if (channel === undefined || state === undefined || sum === undefined) return 'more';
    if (((start + channel + state) & 0xff) !== sum) return 'checksum';
    return { length: commandBytes, frame: { channel, on: state === 1 } };
  });
}
