/**
 * A simulated PD at its place on the bus: hears a frame, and is another PD afterwards, perhaps with an answer. Sequence
 * numbers, answers given again, the secure channel, and all the ways to be wrong. Source: SIA OSDP 2.2, section 5.
 */
import { decodeCommand } from '../../codec/osdp/command.ts';
import {
  anyAddress,
  bringsMac,
  checkBytes,
  controlBits,
  encodeFrame,
  type Frame,
  macBytes,
  marked,
  nextSequence,
  type ReceivedFrame,
  sealed,
} from '../../codec/osdp/frame.ts';
import { answerChallenge, answerScrypt, challengedKey, handshakeBlocks } from '../../codec/osdp/handshake.ts';
import { defaultKey } from '../../codec/osdp/key.ts';
import { encodeReply, type NakReason, nak, type Reply } from '../../codec/osdp/reply.ts';
import { secureBlocks, unwrap, wrap } from '../../codec/osdp/secure-session.ts';
import { execute } from './pd-commands.ts';
import { forgetSession, type Pd } from './pd-state.ts';

/** A PD that was spoken to by nobody for so long is no longer in a session. */
export const silenceMs = 8_000;

export interface Heard {
  pd: Pd;
  /** With its mark in front; `delayMs` after the command's last byte. */
  answer?: { bytes: Uint8Array; delayMs: number };
}

/** @param at monotonic milliseconds. @param randomB 8 bytes for a handshake. */
export function hear(before: Pd, frame: ReceivedFrame, at: number, randomB: Uint8Array): Heard {
  if (before.faults.muted) return { pd: before };
  if (frame.address !== before.address && frame.address !== anyAddress) return { pd: before };
  if (before.faults.checksumOnly && frame.check === 'crc') {
    return refuse(before, { ...frame, check: 'checksum' }, 'check');
  }
  if (before.faults.complainsOf.includes(frame.id)) return refuse(before, frame, 'check');
  const pd = { ...(at - before.heardAt > silenceMs ? forgetSession(before) : before), heardAt: at };
  if (pd.last && Buffer.compare(pd.last.command, frame.bytes) === 0) {
    return deliver(pd, pd.last.answer, pd.last.check);
  }
  const here = frame.sequence === 0 ? forgetSession(pd) : pd;
  const secured = bringsMac(frame.block?.type);
  if (secured && !here.session) return refuse(here, frame, 'secure-channel-conditions');
  const { overruled } = pd.faults;
  if (overruled === 'session' && secured) return refuse(pd, frame, 'unknown-command');
  if (overruled === 'handshake' && frame.block && !secured) return refuse(pd, frame, 'sequence');
  const expected = pd.sequence === undefined ? 0 : nextSequence(pd.sequence);
  if (frame.sequence !== 0 && frame.sequence !== expected) return refuse(pd, frame, 'sequence');
  if (pd.faults.busy > 0) {
    const counted = { ...pd, faults: { ...pd.faults, busy: pd.faults.busy - 1 } };
    return deliver(counted, clearReply(pd, { ...frame, sequence: 0 }, { kind: 'busy' }), frame.check);
  }
  if (frame.block && !secured) return shakeHands(here, frame, randomB);
  return here.session ? obeySecure(here, here.session, frame, at) : obeyClear(here, frame, at);
}

function obeyClear(pd: Pd, frame: ReceivedFrame, at: number): Heard {
  const command = decodeCommand(frame.id, frame.data);
  const asks = command.kind === 'id' || command.kind === 'cap';
  if (asks && pd.faults.idAfterPoll && !pd.polled) return { pd };
  const refused = pd.security === 'required' && !asks;
  const done = refused ? { pd, reply: nak('secure-channel-conditions') } : execute(pd, command, at);
  return answered(done.pd, frame, clearReply(pd, frame, done.reply));
}

function obeySecure(pd: Pd, session: NonNullable<Pd['session']>, frame: ReceivedFrame, at: number): Heard {
  const opened = unwrap(session, frame);
  // In the clear it is nobody's session; with a wrong MAC this one is over.
  if (!opened.ok) {
    return refuse(opened.refusal === 'clear' ? pd : forgetSession(pd), frame, 'secure-channel-conditions');
  }
  const command = decodeCommand(frame.id, opened.data);
  if (command.kind === 'keyset' && pd.faults.forgedKeysetAck) {
    return deliver(pd, clearReply(pd, frame, { kind: 'ack' }), frame.check);
  }
  const done = execute({ ...pd, session: opened.session }, command, at);
  if (command.kind === 'keyset' && pd.faults.clearKeysetAck) {
    const { session: dropped, ...kept } = done.pd;
    return answered(kept, frame, clearReply(pd, frame, done.reply));
  }
  const reply = replyFrame(pd, frame, done.reply);
  const wrapped = wrap(opened.session, reply, ownBlock(pd, command, reply.data.length));
  return answered({ ...done.pd, session: wrapped.session }, frame, wrapped.bytes);
}

/** The block type of a PD with ways of its own; undefined for the usual one. */
function ownBlock({ faults }: Pd, { kind }: { kind: string }, bytes: number): number | undefined {
  const report = kind === 'lstat' || kind === 'istat' || kind === 'ostat' || kind === 'rstat';
  if (faults.clearReports && report) return secureBlocks.command.signed;
  return faults.emptyBlocks && bytes === 0 ? secureBlocks.reply.encrypted : undefined;
}

function shakeHands(pd: Pd, frame: ReceivedFrame, randomB: Uint8Array): Heard {
  const { session, handshake, ...kept } = pd;
  if (pd.security === 'none') return refuse(kept, frame, 'secure-channel-unsupported');
  const kind = challengedKey(frame);
  if (kind) {
    if (kind === 'default' && !pd.installing) return refuse(kept, frame, 'secure-channel-conditions');
    // Without a key of its own it proves itself by the one it has, and the ACU will not believe it.
    const key = kind === 'own' ? (pd.key ?? defaultKey) : defaultKey;
    const answer = answerChallenge({ key, kind, clientId: pd.clientId, randomB }, frame);
    if (!answer.ok) return refuse(kept, frame, 'length');
    const bytes = encodeFrame({ ...replyFrame(pd, frame, { kind: 'ack' }), ...answer.ccrypt });
    return answered({ ...kept, handshake: answer.acu }, frame, bytes);
  }
  if (frame.block?.type !== handshakeBlocks.scrypt || !handshake) {
    return refuse(kept, frame, 'secure-channel-conditions');
  }
  const answer = answerScrypt(handshake, frame);
  if (!answer.ok) return refuse(kept, frame, 'length');
  const bytes = encodeFrame({ ...replyFrame(pd, frame, { kind: 'ack' }), ...answer.rmac });
  return answered(answer.session ? { ...kept, session: answer.session } : kept, frame, bytes);
}

// ---- answers -----------------------------------------------------------------------------------------

/** From the PD as it was when it heard the command: after a COMSET it still answers at the old address. */
function replyFrame(pd: Pd, { address, sequence, check }: Frame, reply: Reply): Omit<Frame, 'block'> {
  const from = address === anyAddress ? anyAddress : pd.address;
  return { address: from, reply: true, sequence, check, ...encodeReply(reply) };
}

function clearReply(pd: Pd, frame: Frame, reply: Reply): Uint8Array {
  return encodeFrame(replyFrame(pd, frame, reply));
}

/** Nothing was done, so the sequence stays where it is. */
function refuse(pd: Pd, frame: Frame, reason: NakReason): Heard {
  return deliver(pd, clearReply(pd, frame, nak(reason)), frame.check);
}

function answered(pd: Pd, { sequence, bytes, check }: ReceivedFrame, answer: Uint8Array): Heard {
  return deliver({ ...pd, sequence, last: { command: bytes, answer, check } }, answer, check);
}

/** What becomes of an answer on its way; what the PD keeps for a retry is the sound one. */
function deliver(pd: Pd, answer: Uint8Array, check: Frame['check']): Heard {
  const { faults } = pd;
  const counted = (fault: 'lose' | 'wrongSequence' | 'badMac' | 'badCheck'): Pd => ({
    ...pd,
    faults: { ...faults, [fault]: faults[fault] - 1 },
  });
  const sent = (next: Pd, bytes: Uint8Array): Heard => ({
    pd: next,
    answer: { bytes: marked(bytes), delayMs: next.turnaroundMs + faults.lateMs },
  });
  const control = answer[4] ?? 0;
  if (faults.lose > 0) return { pd: counted('lose') };
  if (faults.wrongSequence > 0) {
    const { sequence } = controlBits;
    const other = (control & ~sequence) | nextSequence(control & sequence);
    return sent(counted('wrongSequence'), sealed(answer.with(4, other), check));
  }
  if (faults.badMac > 0 && bringsMac(answer[6]) && (control & controlBits.block) !== 0) {
    const macAt = answer.length - checkBytes(check) - macBytes;
    return sent(counted('badMac'), sealed(answer.with(macAt, (answer[macAt] ?? 0) ^ 1), check));
  }
  if (faults.badCheck > 0) return sent(counted('badCheck'), answer.with(-1, (answer.at(-1) ?? 0) ^ 1));
  return sent(pd, answer);
}
