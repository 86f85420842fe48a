/** Sessions of an independent ACU and PD: every byte understood, and made again. See tests/fixtures/osdp/README.md. */
import { describe, expect, it } from 'vitest';
import { type Command, decodeCommand, encodeCommand } from './command.ts';
import { encodeFrame, marked, type ReceivedFrame } from './frame.ts';
import { frameDecoder } from './frame-decoder.ts';
import {
  acceptCcrypt,
  acceptRmac,
  answerChallenge,
  answerScrypt,
  type Challenge,
  challengeBody,
  challengedKey,
  type FrameBody,
  handshakeBlocks,
  type KeyKind,
  type ProvenPd,
  type ProvenToAcu,
} from './handshake.ts';
import { defaultKey, exposeKey, type OsdpKey, osdpKey } from './key.ts';
import type { MalformedPayload } from './payload.ts';
import { hex, type RecordedLine, recording, reportedBy } from './recordings-helper.ts';
import { decodeReply, encodeReply, type Reply } from './reply.ts';
import { type SecureSession, unwrap, wrap } from './secure-session.ts';

interface Replayed {
  frames: number;
  macs: number;
  /** Encrypted payloads that were read. */
  decrypted: number;
  handshakes: string[];
  commands: Command[];
  replies: Reply[];
}

/** Listens in as a monitor that knows the keys, and holds each frame against the one that we would send. */
function replay(lines: RecordedLine[], own: OsdpKey): Replayed {
  const decoder = frameDecoder({ as: 'monitor' });
  const seen: Replayed = { frames: 0, macs: 0, decrypted: 0, handshakes: [], commands: [], replies: [] };
  const keys: Record<KeyKind, OsdpKey> = { default: defaultKey, own };
  let challenge: Challenge | undefined;
  let pd: ProvenPd | undefined;
  let acu: ProvenToAcu | undefined;
  let ours: FrameBody | undefined;
  let session: SecureSession | undefined;

  function handshake(frame: ReceivedFrame, kind: KeyKind | undefined): FrameBody | undefined {
    if (kind) {
      const command = decodeCommand(frame.id, frame.data);
      if (command.kind !== 'chlng') throw new Error('expected a challenge');
      session = undefined;
      challenge = { key: keys[kind], kind, randomA: command.random };
      return challengeBody(challenge);
    }
    if (!challenge) throw new Error('no challenge came first');
    if (frame.block?.type === handshakeBlocks.ccrypt) {
      const taken = acceptCcrypt(challenge, frame);
      seen.handshakes.push(taken.ok ? challenge.kind : taken.refusal);
      if (!taken.ok) return undefined;
      const { clientId } = taken;
      const randomB = frame.data.slice(8, 16);
      const answer = answerChallenge({ ...challenge, clientId, randomB }, encoded(challengeBody(challenge)));
      if (!answer.ok) throw new Error(answer.refusal);
      pd = taken.pd;
      acu = answer.acu;
      ours = taken.scrypt;
      return answer.ccrypt;
    }
    if (frame.block?.type === handshakeBlocks.scrypt) return ours;
    if (!acu || !pd) throw new Error('no cryptogram came first');
    const answer = answerScrypt(acu, encoded(ours));
    const agreed = acceptRmac(pd, frame);
    if (!answer.ok || !agreed.ok) throw new Error('the handshake failed');
    session = agreed.session;
    expect(answer.session?.replyMac).toEqual(session.replyMac);
    return answer.rmac;
  }

  function take(frame: ReceivedFrame): void {
    const { bytes, mac, ...plain } = frame;
    let data = frame.data;
    let again = encodeFrame(plain, () => mac ?? new Uint8Array());
    if (mac && session) {
      const opened = unwrap(session, frame);
      if (!opened.ok) throw new Error(opened.refusal);
      data = opened.data;
      again = wrap(session, { ...plain, data }, frame.block?.type).bytes;
      session = opened.session;
      seen.macs += 1;
      if (data.length > 0 && data.length !== frame.data.length) seen.decrypted += 1;
    } else if (frame.block) {
      expect(mac).toBeUndefined();
      const body = handshake(frame, challengedKey(frame));
      if (body) again = encodeFrame({ ...plain, ...body });
    } else expect(session).toBeUndefined();
    expect(Buffer.from(again).toString('hex')).toBe(Buffer.from(bytes).toString('hex'));
    seen.frames += 1;
    note(frame, data);
  }

  function note({ reply, id }: ReceivedFrame, data: Uint8Array): void {
    const read: Command | Reply | MalformedPayload = reply ? decodeReply(id, data) : decodeCommand(id, data);
    if (read.kind === 'malformed') throw new Error(`${id} is malformed: ${read.fault}`);
    const written = reply ? encodeReply(read as Reply) : encodeCommand(read as Command);
    expect(written).toEqual({ id, data: Uint8Array.from(data) });
    if (reply) seen.replies.push(read as Reply);
    else seen.commands.push(read as Command);
    if (read.kind === 'keyset') keys.own = read.key;
  }

  function encoded(body: FrameBody | undefined): ReceivedFrame {
    if (!body) throw new Error('expected a frame');
    const bytes = encodeFrame({ address: 5, reply: false, sequence: 0, check: 'crc', ...body });
    const [item] = frameDecoder({ as: 'pd' }).push(bytes);
    if (!item?.ok) throw new Error('expected a frame');
    return item.frame;
  }

  for (const { tx, rx } of lines) {
    const wire = tx ?? rx;
    if (!wire) continue;
    for (const item of decoder.push(hex(wire))) {
      if (!item.ok) throw new Error(`${item.error} in ${wire}`);
      expect(Buffer.from(marked(item.frame.bytes)).toString('hex')).toBe(wire);
      expect(item.frame).toMatchObject({ address: 5, reply: rx !== undefined });
      take(item.frame);
    }
    expect(decoder.pending).toBe(0);
  }
  return seen;
}

const reported = (lines: RecordedLine[]) => lines.flatMap(({ event }) => (event ? [reportedBy(event)] : []));
const events = (replies: Reply[]) =>
  replies.filter(({ kind }) => ['raw', 'keypad', 'lstatr', 'istatr'].includes(kind));
const kinds = (list: { kind: string }[]) => [...new Set(list.map(({ kind }) => kind))];
const firstKey = osdpKey(hex('000102030405060708090a0b0c0d0e0f'));
const commandsOfAll = ['id', 'cap', 'poll', 'led', 'buz', 'out', 'text', 'lstat', 'istat'];

describe('a recorded OSDP session', () => {
  it('in the clear is understood, and made again byte for byte', () => {
    const lines = recording('plain');
    const seen = replay(lines, firstKey);
    expect(seen).toMatchObject({ frames: 116, macs: 0, handshakes: [] });
    expect(kinds(seen.commands)).toEqual(commandsOfAll);
    expect(events(seen.replies)).toEqual(reported(lines));
  });

  it('under the own key, and under the one that it hands over', () => {
    const lines = recording('scbk');
    const seen = replay(lines, firstKey);
    expect(seen).toMatchObject({ frames: 172, macs: 160, decrypted: 11, handshakes: ['own', 'own'] });
    expect(events(seen.replies)).toEqual(reported(lines));
    const keyset = seen.commands.find((command) => command.kind === 'keyset');
    expect(keyset && exposeKey(keyset.key)).toEqual(new Uint8Array(16).fill(0xa5));
  });

  it('under the default key first, which refuses the own one, and then under the key that it hands over', () => {
    const lines = recording('scbkd-provision');
    const seen = replay(lines, firstKey);
    expect(seen).toMatchObject({
      frames: 128,
      macs: 114,
      decrypted: 10,
      handshakes: ['cryptogram', 'default', 'own'],
    });
    expect(events(seen.replies)).toEqual(reported(lines));
    const keyset = seen.commands.find((command) => command.kind === 'keyset');
    expect(keyset && exposeKey(keyset.key)).toEqual(exposeKey(firstKey));
  });
});
