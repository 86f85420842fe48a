/**
 * One exchange with a PD: the command's bytes, kept until its answer is good, and what an answer is worth. A command
 * that is sent again is the same bytes under the same number, so a PD never does it twice.
 */
import type { Command } from '../../codec/osdp/command.ts';
import { encodeCommand } from '../../codec/osdp/command.ts';
import { encodeFrame, type FrameCheck, marked, type ReceivedFrame } from '../../codec/osdp/frame.ts';
import { type FrameBody, handshakeBlocks } from '../../codec/osdp/handshake.ts';
import type { MalformedPayload } from '../../codec/osdp/payload.ts';
import { decodeReply, type NakReply, type Reply } from '../../codec/osdp/reply.ts';
import { type SecureSession, unwrap, wrap } from '../../codec/osdp/secure-session.ts';

export interface Flight {
  /** What it is: a command, or a step of the handshake. */
  readonly kind: Command['kind'];
  /** With its mark. */
  readonly bytes: Uint8Array;
  readonly sequence: number;
  /** Inside the secure channel: the session that a good answer continues. */
  readonly session?: SecureSession;
  /** Monotonic milliseconds of the first sending. */
  readonly sentAt: number;
  readonly sent: number;
  /** Answers in a row that were damaged or did not fit. */
  readonly unfit: number;
}

export interface Place {
  readonly address: number;
  readonly sequence: number;
  readonly check: FrameCheck;
}

/** The command on its way, in the session where there is one. */
export function launch(
  place: Place,
  session: SecureSession | undefined,
  command: Command,
  now: number,
): Flight {
  const frame = { ...place, reply: false, ...encodeCommand(command) };
  const common = { kind: command.kind, sequence: place.sequence, sentAt: now, sent: 0, unfit: 0 };
  if (!session) return { ...common, bytes: marked(encodeFrame(frame)) };
  const wrapped = wrap(session, frame);
  return { ...common, bytes: marked(wrapped.bytes), session: wrapped.session };
}

/** A step of the handshake on its way: it brings its own block. */
export function launchBody(place: Place, kind: 'chlng' | 'scrypt', body: FrameBody, now: number): Flight {
  const bytes = marked(encodeFrame({ ...place, reply: false, ...body }));
  return { kind, bytes, sequence: place.sequence, sentAt: now, sent: 0, unfit: 0 };
}

/**
 * `good` counts, unsigned only where there is no session and of an acknowledged KEYSET · `busy` to be sent again later ·
 * `nak` not done; `trusted` when it is signed, or when there is no session that could sign it · `unfit` damaged, forged,
 * or an answer to something else.
 */
export type Verdict =
  | { kind: 'good'; reply: Reply | MalformedPayload; session?: SecureSession }
  | { kind: 'busy' }
  | { kind: 'nak'; nak: NakReply; trusted: boolean; session?: SecureSession }
  | { kind: 'unfit' };

export function judge(flight: Flight, frame: ReceivedFrame): Verdict {
  if (flight.session && frame.mac) return judgeSecure(flight.session, flight.sequence, frame);
  const reply = decodeReply(frame.id, frame.data);
  // Section 5.7: BUSY comes in the clear and with number 0, whatever the command's.
  if (reply.kind === 'busy') return { kind: 'busy' };
  if (reply.kind === 'nak' && (frame.sequence === flight.sequence || reply.reason === 'sequence')) {
    return { kind: 'nak', nak: reply, trusted: !flight.session };
  }
  if (frame.sequence !== flight.sequence) return { kind: 'unfit' };
  // Some PDs drop the session before they acknowledge a new key. Whether it holds, the next handshake shows.
  const dropped = flight.kind === 'keyset' && reply.kind === 'ack';
  if (flight.session && !dropped) return { kind: 'unfit' };
  const step = frame.block?.type === handshakeBlocks.ccrypt || frame.block?.type === handshakeBlocks.rmac;
  return step === isHandshake(flight) ? { kind: 'good', reply } : { kind: 'unfit' };
}

export const isHandshake = ({ kind }: Pick<Flight, 'kind'>): boolean => kind === 'chlng' || kind === 'scrypt';

function judgeSecure(before: SecureSession, sequence: number, frame: ReceivedFrame): Verdict {
  const opened = unwrap(before, frame);
  if (!opened.ok || frame.sequence !== sequence) return { kind: 'unfit' };
  const { session, data } = opened;
  const reply = decodeReply(frame.id, data);
  return reply.kind === 'nak'
    ? { kind: 'nak', nak: reply, trusted: true, session }
    : { kind: 'good', reply, session };
}
