/** OSDP frames out of bytes as they come, however damaged, cut or joined. */
import type { Decoder } from '../decoder.ts';
import { type Scan, scanningDecoder } from '../scan.ts';
import { checksum, crc16 } from './check.ts';
import {
  anyAddress,
  bringsMac,
  checkBytes,
  controlBits,
  headerBytes,
  macBytes,
  markByte,
  maxFrameBytes,
  type ReceivedFrame,
  replyBit,
  startByte,
} from './frame.ts';

export interface FrameEar {
  /** An ACU hears replies alone and a PD commands alone; the frames of others are passed over. A monitor hears both. */
  as: 'acu' | 'pd' | 'monitor';
  /** Longest frame that is taken for one, bytes; 1440 when absent. The lower, the less a damaged length holds up. */
  maxLength?: number;
}

/**
 * A frame comes with its last byte. A damaged length can make the decoder wait for bytes that never come: call
 * `idle` when the line has fallen silent and before each new command, and what is held is searched for frames that
 * stand inside the damaged one, and let go.
 */
export function frameDecoder({ as, maxLength = maxFrameBytes }: FrameEar): Decoder<ReceivedFrame> {
  const hears = (reply: boolean) => as === 'monitor' || reply === (as === 'acu');
  return scanningDecoder(maxLength, (bytes) => {
    // A mark, or the line left floating while two drivers turned round: no damage.
    if (bytes[0] === markByte) return { skip: 1 };
    const seen = scan(bytes, maxLength);
    // Passed over whole: what stands in the data of another's frame is no frame.
    return typeof seen === 'object' && 'frame' in seen && !hears(seen.frame.reply)
      ? { skip: seen.length }
      : seen;
  });
}

function scan(bytes: Uint8Array, maxLength: number): Scan<ReceivedFrame> {
  const [start, address = 0, low = 0, high = 0, control = 0, blockBytes = 0, blockType] = bytes;
  if (start !== startByte) return 'framing';
  if (bytes.length < headerBytes) return 'more';
  const length = low | (high << 8);
  const check = control & controlBits.crc ? 'crc' : 'checksum';
  const shortest = headerBytes + 1 + checkBytes(check);
  if (length < shortest || length > maxLength) return 'length';
  const secured = (control & controlBits.block) !== 0;
  let idAt = headerBytes;
  let tail = checkBytes(check);
  if (secured) {
    if (bytes.length < headerBytes + 2) return 'more';
    idAt += blockBytes;
    if (bringsMac(blockType)) tail += macBytes;
    if (blockBytes < 2 || idAt + 1 + tail > length) return 'length';
  }
  if (bytes.length < length) return 'more';

  const whole = bytes.slice(0, length);
  const body = whole.subarray(0, length - checkBytes(check));
  const sum = check === 'crc' ? crc16(body) : checksum(body);
  const sent = check === 'crc' ? (whole.at(-2) ?? 0) | ((whole.at(-1) ?? 0) << 8) : whole.at(-1);
  if (sum !== sent) return 'checksum';
  const dataEnd = length - tail;
  const frame: ReceivedFrame = {
    address: address & anyAddress,
    reply: (address & replyBit) !== 0,
    sequence: control & controlBits.sequence,
    check,
    id: whole[idAt] ?? 0,
    data: whole.subarray(idAt + 1, dataEnd),
    bytes: whole,
  };
  if (secured) frame.block = { type: blockType ?? 0, data: whole.subarray(headerBytes + 2, idAt) };
  if (secured && bringsMac(blockType)) frame.mac = whole.subarray(dataEnd, dataEnd + macBytes);
  return { length, frame };
}
