/** Files for a reader, its firmware above all. Source: SIA OSDP 2.2, section 6.26 (FILETRANSFER) and FTSTAT. */
import { readU16, readU32, type Shape, u8, u16, u32 } from './payload.ts';

export interface FileTransferCommand {
  kind: 'filetransfer';
  /** 1 is a file that this PD knows by its contents; 128 and above are its maker's own. */
  type: number;
  /** Bytes of the whole file. */
  total: number;
  /** Where in the file the fragment stands. An empty one asks how far the PD is. */
  offset: number;
  fragment: Uint8Array;
}

export const fileTransferShape: Shape<FileTransferCommand> = {
  id: 0x7c,
  encode: ({ type, total, offset, fragment }) => [
    ...u8(type),
    ...u32(total),
    ...u32(offset),
    ...u16(fragment.length),
    ...fragment,
  ],
  decode(data) {
    const length = readU16(data, 9);
    if (data.length < 11 || data.length !== 11 + length) return 'length';
    const total = readU32(data, 1);
    const offset = readU32(data, 5);
    if (offset + length > total) return 'value';
    return { kind: 'filetransfer', type: data[0] ?? 0, total, offset, fragment: data.slice(11) };
  },
};

export const fileStatuses = {
  proceed: 0,
  processed: 1,
  rebooting: 2,
  /** Ask again with empty fragments until this changes. */
  finishing: 3,
  aborted: -1,
  unrecognized: -2,
  malformed: -3,
} as const;
export type FileStatus = keyof typeof fileStatuses;

export interface FileStatusReply {
  kind: 'ftstat';
  status: FileStatus;
  /** Other commands may go between the fragments. */
  interleave: boolean;
  /** The rest of the file is wanted in the clear. */
  leaveSecureChannel: boolean;
  /** There is something to poll for. */
  pollResponse: boolean;
  /** To be waited before the next fragment. */
  delayMs: number;
  /** Longest message from now on, bytes; 0 as before. */
  maxMessage: number;
}

const statusNames = Object.keys(fileStatuses) as FileStatus[];

export const fileStatusShape: Shape<FileStatusReply> = {
  id: 0x7a,
  encode: ({ status, interleave, leaveSecureChannel, pollResponse, delayMs, maxMessage }) => [
    (interleave ? 1 : 0) | (leaveSecureChannel ? 2 : 0) | (pollResponse ? 4 : 0),
    ...u16(delayMs),
    ...u16(fileStatuses[status] & 0xffff),
    ...u16(maxMessage),
  ],
  decode(data) {
    if (data.length !== 7) return 'length';
    const flags = data[0] ?? 0;
    // Signed, in two bytes.
    const code = (readU16(data, 3) << 16) >> 16;
    const known = statusNames.find((name) => fileStatuses[name] === code);
    // Every negative code ends the transfer, whatever its maker means by it.
    const status = known ?? (code < 0 ? 'aborted' : undefined);
    if (!status) return 'value';
    return {
      kind: 'ftstat',
      status,
      interleave: (flags & 1) !== 0,
      leaveSecureChannel: (flags & 2) !== 0,
      pollResponse: (flags & 4) !== 0,
      delayMs: readU16(data, 1),
      maxMessage: readU16(data, 5),
    };
  },
};
