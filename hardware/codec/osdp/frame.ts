/**
 * The OSDP frame. Source: SIA OSDP 2.2, section 5.9, "packet format"; security blocks in its Annex D.
 *
 *   53 | address, bit 7 in replies | length, two bytes, low first | control | [security block] | id | data
 *      | [MAC, 4 bytes] | CRC, two bytes, low first, or checksum, one byte
 *
 * The length counts all of it. Control: bits 0-1 sequence, bit 2 CRC, bit 3 security block. A block begins with its
 * own length and its type. A mark byte FF may stand in front, and is no part of the frame.
 */
import { checksum, crc16 } from './check.ts';

export const markByte = 0xff;
export const startByte = 0x53;
export const replyBit = 0x80;
export const controlBits = { sequence: 0x03, crc: 0x04, block: 0x08 } as const;
export const headerBytes = 5;
export const macBytes = 4;
/** The longest frame that the standard allows. */
export const maxFrameBytes = 1440;
/** The address that every PD takes for its own; for buses with one PD on them. */
export const anyAddress = 0x7f;

export type FrameCheck = 'crc' | 'checksum';

export interface SecurityBlock {
  /** 0x11 to 0x14 handshake, 0x15 and 0x16 MAC alone, 0x17 and 0x18 MAC and encrypted data. */
  type: number;
  data: Uint8Array;
}

export interface Frame {
  /** 0 to 0x7E, or `anyAddress`. */
  address: number;
  /** From a PD to the ACU; otherwise from the ACU to a PD. */
  reply: boolean;
  /** 0 to start anew, then 1, 2, 3, 1, 2, 3; a reply has that of its command. */
  sequence: number;
  check: FrameCheck;
  block?: SecurityBlock;
  /** The command's or the reply's code. */
  id: number;
  /** As on the wire: still encrypted in a frame with an encrypting block. */
  data: Uint8Array;
}

export interface ReceivedFrame extends Frame {
  /** With blocks that bring one. */
  mac?: Uint8Array;
  /** The whole frame as it came, without the mark. */
  bytes: Uint8Array;
}

/** The number of the next command: 0 comes only once. */
export const nextSequence = (sequence: number): number => (sequence % 3) + 1;

/** Whether frames with such a block end in a MAC. */
export function bringsMac(blockType: number | undefined): boolean {
  return blockType !== undefined && blockType >= 0x15 && blockType <= 0x18;
}

export const checkBytes = (check: FrameCheck): number => (check === 'crc' ? 2 : 1);

/**
 * The bytes of a frame, without a mark. `mac` makes the four bytes from all that stands before them, and is called
 * for blocks that bring one. A RangeError for a number out of range or a frame too long.
 */
export function encodeFrame(frame: Frame, mac?: (signed: Uint8Array) => Uint8Array): Uint8Array {
  const { address, reply, sequence, check, block, id, data } = frame;
  const signing = bringsMac(block?.type);
  const blockBytes = block ? block.data.length + 2 : 0;
  const signedBytes = headerBytes + blockBytes + 1 + data.length;
  const length = signedBytes + (signing ? macBytes : 0) + checkBytes(check);
  if (!Number.isInteger(address) || address < 0 || address > anyAddress)
    throw new RangeError(`no OSDP address ${address}`);
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 3)
    throw new RangeError(`no OSDP sequence number ${sequence}`);
  if (length > maxFrameBytes) throw new RangeError(`an OSDP frame of ${length} bytes is too long`);
  const bytes = new Uint8Array(length);
  bytes[0] = startByte;
  bytes[1] = address | (reply ? replyBit : 0);
  bytes[2] = length & 0xff;
  bytes[3] = length >> 8;
  bytes[4] = sequence | (check === 'crc' ? controlBits.crc : 0) | (block ? controlBits.block : 0);
  if (block) bytes.set([blockBytes, block.type, ...block.data], headerBytes);
  bytes[headerBytes + blockBytes] = id;
  bytes.set(data, headerBytes + blockBytes + 1);
  if (signing && mac) bytes.set(mac(bytes.subarray(0, signedBytes)), signedBytes);
  return sealed(bytes, check);
}

/** The frame with its last bytes made to fit the rest: also what a forger or a bad wire would need to get through. */
export function sealed(bytes: Uint8Array, check: FrameCheck): Uint8Array {
  const end = bytes.length - checkBytes(check);
  const body = bytes.subarray(0, end);
  const sum = check === 'crc' ? crc16(body) : checksum(body);
  bytes[end] = sum & 0xff;
  if (check === 'crc') bytes[end + 1] = sum >> 8;
  return bytes;
}

/** All that a MAC is reckoned over: from the start byte to the end of the data, the length already the final one. */
export function signedPart({ bytes, check }: Pick<ReceivedFrame, 'bytes' | 'check'>): Uint8Array {
  return bytes.subarray(0, bytes.length - checkBytes(check) - macBytes);
}

/** The bytes with a mark in front, which wakes line drivers that are slow to turn round. */
export function marked(frame: Uint8Array): Uint8Array {
  return Uint8Array.of(markByte, ...frame);
}
