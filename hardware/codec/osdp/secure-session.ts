/**
 * Frames inside the secure channel, for both ends: a session goes in, and the one after this frame comes out. So a
 * command that is sent again is the same bytes again, and a frame that is refused leaves the session where it was.
 * Source: SIA OSDP 2.2, Annex D.5 (MAC) and D.6 (encryption).
 */
import { encodeFrame, type Frame, macBytes, type ReceivedFrame, signedPart } from './frame.ts';
import { blockBytes, decryptBlocks, encryptBlocks, sameBytes } from './key.ts';
import type { SessionKeys } from './session-keys.ts';

export interface SecureSession {
  readonly keys: SessionKeys;
  /** The whole MAC of the last command and of the last reply, 16 bytes: where the chain stands. */
  readonly commandMac: Uint8Array;
  readonly replyMac: Uint8Array;
}

/** Block types, in commands and in replies. */
export const secureBlocks = {
  command: { signed: 0x15, encrypted: 0x17 },
  reply: { signed: 0x16, encrypted: 0x18 },
} as const;

const paddingMark = 0x80;

/**
 * The frame signed, and encrypted where it has data. `block` makes it what a peer with ways of its own makes: signed
 * alone although it has data, or encrypted although it has none.
 */
export function wrap(
  session: SecureSession,
  frame: Omit<Frame, 'block'>,
  block: number = secureBlocks[frame.reply ? 'reply' : 'command'][
    frame.data.length > 0 ? 'encrypted' : 'signed'
  ],
): { session: SecureSession; bytes: Uint8Array } {
  const data =
    isEncrypted(block) && frame.data.length > 0
      ? encryptBlocks(session.keys.encryption, dataIv(session, frame.reply), padded(frame.data))
      : frame.data;
  let next = session;
  const bytes = encodeFrame({ ...frame, data, block: { type: block, data: new Uint8Array() } }, (signed) => {
    const mac = macOf(session, frame.reply, signed);
    next = advanced(session, frame.reply, mac);
    return mac.subarray(0, macBytes);
  });
  return { session: next, bytes };
}

/** `clear` no secure block · `mac` not from the other end, or out of step · `length`, `padding` signed, yet no data. */
export type SecureRefusal = 'clear' | 'mac' | 'length' | 'padding';

export type Unwrapped =
  | { ok: true; session: SecureSession; data: Uint8Array }
  | { ok: false; refusal: SecureRefusal };

/**
 * The data in the clear, once the MAC is right. The block's type need not be that of the frame's direction: there are
 * PDs that sign a reply with the ACU's own type. What counts is the MAC, and it covers the type.
 */
export function unwrap(session: SecureSession, frame: ReceivedFrame): Unwrapped {
  const { block, mac, data, reply } = frame;
  if (!block || !mac) return { ok: false, refusal: 'clear' };
  const expected = macOf(session, reply, signedPart(frame));
  if (!sameBytes(mac, expected.subarray(0, macBytes))) return { ok: false, refusal: 'mac' };
  const next = advanced(session, reply, expected);
  // An encrypting block around nothing: some PDs send it.
  if (!isEncrypted(block.type) || data.length === 0) return { ok: true, session: next, data };
  if (data.length % blockBytes !== 0) return { ok: false, refusal: 'length' };
  const plain = decryptBlocks(session.keys.encryption, dataIv(session, reply), data);
  const end = plain.findLastIndex((byte) => byte !== 0);
  if (plain[end] !== paddingMark) return { ok: false, refusal: 'padding' };
  return { ok: true, session: next, data: plain.subarray(0, end) };
}

export function isEncrypted(block: number): boolean {
  return block === secureBlocks.command.encrypted || block === secureBlocks.reply.encrypted;
}

/** The last MAC of the other end: the chain goes from command to reply to command. */
function lastMac(session: SecureSession, reply: boolean): Uint8Array {
  return reply ? session.commandMac : session.replyMac;
}

function dataIv(session: SecureSession, reply: boolean): Uint8Array {
  return lastMac(session, reply).map((byte) => ~byte);
}

function advanced(session: SecureSession, reply: boolean, mac: Uint8Array): SecureSession {
  return reply ? { ...session, replyMac: mac } : { ...session, commandMac: mac };
}

/** All 16 bytes. CBC with the first key up to the last block, and that one with the second. */
function macOf(session: SecureSession, reply: boolean, signed: Uint8Array): Uint8Array {
  const { mac1, mac2 } = session.keys;
  const message = signed.length % blockBytes === 0 ? signed : padded(signed);
  const lastAt = message.length - blockBytes;
  let iv = lastMac(session, reply);
  if (lastAt > 0) iv = encryptBlocks(mac1, iv, message.subarray(0, lastAt)).subarray(-blockBytes);
  return encryptBlocks(mac2, iv, message.subarray(lastAt));
}

/** 80, and zeros up to a whole block; a whole block more when there was nothing to fill. */
function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array((Math.floor(bytes.length / blockBytes) + 1) * blockBytes);
  whole.set(bytes);
  whole[bytes.length] = paddingMark;
  return whole;
}
