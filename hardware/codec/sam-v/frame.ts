/**
 * Frames of the SAM_V module in resident ID card readers, 115200 8N1 unless the module is set to another rate.
 *
 *   host to module   AA AA AA 96 69 | length, high byte first | command 2 | data             | check
 *   module to host   AA AA AA 96 69 | length, high byte first | 00 00 and a status | data    | check
 *
 * The length counts what stands behind it, the check included; the check is the XOR of all behind the preamble.
 *
 * Sources: the command tables of module makers at eastcoms.com/service/downdrive/508.html and yzsam.com, and at
 * blog.csdn.net/zhangbijun1230/article/details/85242964.
 */
import type { Decoder } from '../decoder.ts';
import { type Scan, scanningDecoder } from '../scan.ts';

const preamble = [0xaa, 0xaa, 0xaa, 0x96, 0x69] as const;
const headBytes = preamble.length + 2;
const checkBytes = 1;
const commandBytes = 2;
const statusBytes = 3;

/** Text, photo and fingerprints of a card: the longest reply there is. */
export const longestReply = 2321;
/** Commands carry a byte of data at most: what claims more than this is noise. */
const longestCommand = 64;

export interface SamCommand {
  /** Two bytes, the command and its parameter, as a number: `0x2001`. */
  code: number;
}

export interface SamReply {
  /** Three bytes as upper-case hexadecimal: `00009F`. */
  status: string;
  /** May hold a person's data. */
  data: Uint8Array;
}

export function encodeCommand(code: number): Uint8Array {
  return framed(Uint8Array.of(code >> 8, code & 0xff));
}

/** @param status six hexadecimal digits. A RangeError for what is no reply: a wrong status, or data too long for one. */
export function encodeReply({ status, data }: SamReply): Uint8Array {
  if (!/^[0-9A-F]{6}$/.test(status)) throw new RangeError(`no status "${status}"`);
  if (data.length > longestReply - headBytes - statusBytes - checkBytes)
    throw new RangeError(`no reply carries ${data.length} bytes`);
  const codes = (status.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
  return framed(Uint8Array.of(...codes, ...data));
}

/** The host's ear: replies alone. */
export function replyDecoder(): Decoder<SamReply> {
  return samDecoder(longestReply, statusBytes, (body) => ({
    status: [...body.subarray(0, statusBytes)]
      .map((byte) => byte.toString(16).toUpperCase().padStart(2, '0'))
      .join(''),
    data: body.slice(statusBytes),
  }));
}

/** The module's ear. */
export function commandDecoder(): Decoder<SamCommand> {
  return samDecoder(longestCommand, commandBytes, ([command = 0, parameter = 0]) => ({
    code: (command << 8) | parameter,
  }));
}

function samDecoder<Frame>(
  longest: number,
  leastBody: number,
  read: (body: Uint8Array) => Frame,
): Decoder<Frame> {
  return scanningDecoder(longest, (bytes): Scan<Frame> => {
    const begun = Math.min(bytes.length, preamble.length);
    for (let at = 0; at < begun; at += 1) if (bytes[at] !== preamble[at]) return 'framing';
    if (bytes.length < headBytes) return 'more';
    const counted = ((bytes[preamble.length] ?? 0) << 8) | (bytes[preamble.length + 1] ?? 0);
    const length = headBytes + counted;
    if (counted < leastBody + checkBytes || length > longest) return 'length';
    if (bytes.length < length) return 'more';
    // The check is the XOR of what stands before it, so the XOR of all behind the preamble is zero.
    if (xorOf(bytes.subarray(preamble.length, length)) !== 0) return 'checksum';
    return { length, frame: read(bytes.subarray(headBytes, length - checkBytes)) };
  });
}

function framed(body: Uint8Array): Uint8Array {
  const counted = body.length + checkBytes;
  const behind = Uint8Array.of(counted >> 8, counted & 0xff, ...body);
  return Uint8Array.of(...preamble, ...behind, xorOf(behind));
}

const xorOf = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);
