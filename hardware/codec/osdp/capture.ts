/**
 * Frames as OSDPCAP lines, version 1: one JSON object a line. Source: libosdp-conformance,
 * doc/doc-src/osdpcap-format.md. What is secret or private is blanked, and the frame checked anew, so that every tool
 * still reads it.
 */
import { decodeCommand } from './command.ts';
import { checkBytes, headerBytes, macBytes, type ReceivedFrame, sealed } from './frame.ts';
import { decodeReply } from './reply.ts';
import { isEncrypted } from './secure-session.ts';

const keysetId = 0x75;
const privateKinds: ReadonlySet<string> = new Set(['raw', 'fmt', 'keypad', 'text', 'malformed']);

/** @param at milliseconds since 1970; what is behind the point counts. */
export function captureLine(at: number, frame: ReceivedFrame): string {
  const seconds = Math.floor(at / 1_000);
  const nanos = Math.round((at - seconds * 1_000) * 1_000_000);
  return `${JSON.stringify({
    timeSec: String(seconds),
    timeNano: String(nanos).padStart(9, '0'),
    // Seen from the ACU.
    io: frame.reply ? 'input' : 'output',
    data: Array.from(blanked(frame), (byte) => byte.toString(16).padStart(2, '0')).join(' '),
    osdpTraceVersion: '1',
    osdpSource: 'xiaomen',
  })}\n`;
}

/**
 * The frame without keys, numbers of cards and keys pressed. A KEYSET is blanked encrypted as well: under the default
 * key everybody could read it. What the reader's own key encrypts stays, for nobody can.
 */
export function blanked(frame: ReceivedFrame): Uint8Array {
  const bytes = frame.bytes.slice();
  // Signed alone, its data stand in the clear.
  const encrypted = frame.block !== undefined && isEncrypted(frame.block.type);
  const kind = encrypted ? undefined : (frame.reply ? decodeReply : decodeCommand)(frame.id, frame.data).kind;
  const secret = (!frame.reply && frame.id === keysetId) || (kind !== undefined && privateKinds.has(kind));
  if (!secret) return bytes;
  const dataAt = headerBytes + (frame.block ? frame.block.data.length + 2 : 0) + 1;
  const end = bytes.length - checkBytes(frame.check) - (frame.mac ? macBytes : 0);
  // How many bits or keys there were may be told.
  const from = kind === 'raw' ? dataAt + 4 : kind === 'keypad' ? dataAt + 2 : dataAt;
  bytes.fill(0, Math.min(from, end), end);
  return sealed(bytes, frame.check);
}
