/** The least ACU that tests of a PD need: one PD, in memory, no waiting and no retry of its own. */
import { type Command, encodeCommand } from '../../codec/osdp/command.ts';
import { encodeFrame, type FrameCheck, nextSequence, type ReceivedFrame } from '../../codec/osdp/frame.ts';
import { frameDecoder } from '../../codec/osdp/frame-decoder.ts';
import {
  acceptCcrypt,
  acceptRmac,
  challengeBody,
  type FrameBody,
  type KeyKind,
} from '../../codec/osdp/handshake.ts';
import type { OsdpKey } from '../../codec/osdp/key.ts';
import type { MalformedPayload } from '../../codec/osdp/payload.ts';
import { decodeReply, type Reply } from '../../codec/osdp/reply.ts';
import { type SecureSession, unwrap, wrap } from '../../codec/osdp/secure-session.ts';
import { hear } from './pd.ts';
import type { Pd } from './pd-state.ts';

export type Answer = Reply | MalformedPayload | { kind: 'silence' | 'damage' | 'bad-mac' };

export interface TestAcu {
  pd: Pd;
  at: number;
  sequence: number;
  check: FrameCheck;
  session: SecureSession | undefined;
  /** The frame of the last answer, and the bytes of both. */
  frame: ReceivedFrame | undefined;
  sent: Uint8Array;
  received: Uint8Array | undefined;
  /** The next command; advances when there is a good answer to it. */
  say(command: Command): Answer;
  /** The same bytes as before. */
  again(): Answer;
  begin(key: OsdpKey, kind: KeyKind): Answer;
}

const randomA = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const randomB = Uint8Array.of(11, 12, 13, 14, 15, 16, 17, 18);

export function parseFrame(bytes: Uint8Array, as: 'acu' | 'pd'): ReceivedFrame | undefined {
  const decoder = frameDecoder({ as });
  const [item] = [...decoder.push(bytes), ...decoder.idle()];
  return item?.ok ? item.frame : undefined;
}

export function testAcu(pd: Pd): TestAcu {
  let next: SecureSession | undefined;

  function exchange(bytes: Uint8Array): Answer {
    const command = parseFrame(bytes, 'pd');
    if (!command) throw new Error('the ACU made no frame');
    acu.sent = bytes;
    const heard = hear(acu.pd, command, acu.at, randomB);
    acu.pd = heard.pd;
    acu.received = heard.answer?.bytes;
    acu.frame = acu.received && parseFrame(acu.received, 'acu');
    if (!acu.received) return { kind: 'silence' };
    if (!acu.frame) return { kind: 'damage' };
    return read(command.sequence, acu.frame);
  }

  function read(sequence: number, frame: ReceivedFrame): Answer {
    const advance = () => {
      acu.sequence = nextSequence(sequence);
    };
    if (!frame.mac || !next) {
      const reply = decodeReply(frame.id, frame.data);
      const refused =
        reply.kind === 'nak' && !(reply.reason === 'record' || reply.reason === 'unknown-command');
      if (reply.kind !== 'busy' && !refused) advance();
      return reply;
    }
    const opened = unwrap(next, frame);
    if (!opened.ok) return { kind: 'bad-mac' };
    acu.session = opened.session;
    advance();
    return decodeReply(frame.id, opened.data);
  }

  const place = () => ({ address: acu.pd.address, reply: false, sequence: acu.sequence, check: acu.check });
  const body = (parts: FrameBody) => exchange(encodeFrame({ ...place(), ...parts }));

  const acu: TestAcu = {
    pd,
    at: 0,
    sequence: 0,
    check: 'crc',
    session: undefined,
    frame: undefined,
    sent: new Uint8Array(),
    received: undefined,
    say(command) {
      if (!acu.session) return body(encodeCommand(command));
      const wrapped = wrap(acu.session, { ...place(), ...encodeCommand(command) });
      next = wrapped.session;
      return exchange(wrapped.bytes);
    },
    again: () => exchange(acu.sent),
    begin(key, kind) {
      acu.session = undefined;
      acu.sequence = 0;
      const challenge = { key, kind, randomA };
      const first = body(challengeBody(challenge));
      if (first.kind !== 'ccrypt' || !acu.frame) return first;
      const proven = acceptCcrypt(challenge, acu.frame);
      if (!proven.ok) return first;
      const second = body(proven.scrypt);
      const agreed = acu.frame && acceptRmac(proven.pd, acu.frame);
      if (agreed?.ok) acu.session = agreed.session;
      return second;
    },
  };
  return acu;
}
