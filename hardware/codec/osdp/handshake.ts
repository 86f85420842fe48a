/**
 * How a secure session begins, at both ends: CHLNG, CCRYPT, SCRYPT, RMAC_I. The random numbers come from the caller,
 * and must not be guessable. Source: SIA OSDP 2.2, Annex D.3; block types SCS_11 to SCS_14 in D.1.
 */
import { decodeCommand, encodeCommand } from './command.ts';
import type { Frame, ReceivedFrame } from './frame.ts';
import { blockBytes, type OsdpKey, sameBytes } from './key.ts';
import { decodeReply, encodeReply } from './reply.ts';
import type { SecureSession } from './secure-session.ts';
import {
  clientCryptogram,
  initialMac,
  type SessionKeys,
  serverCryptogram,
  sessionKeys,
} from './session-keys.ts';

export const handshakeBlocks = { chlng: 0x11, ccrypt: 0x12, scrypt: 0x13, rmac: 0x14 } as const;

/** Which key the blocks name: 00 is SCBK-D, which everybody knows, 01 the reader's own. */
export const keySelectors = { default: 0x00, own: 0x01 } as const;
export type KeyKind = keyof typeof keySelectors;

/** A frame without what its place on the bus adds. */
export type FrameBody = Pick<Frame, 'id' | 'data' | 'block'>;

/**
 * `block` not the block that has to come now · `payload` malformed · `other-key` the PD names another key than it was
 * asked for · `cryptogram` the other end does not hold the key, or heard another random number.
 */
export type HandshakeRefusal = 'block' | 'payload' | 'other-key' | 'cryptogram';

type Refused = { ok: false; refusal: HandshakeRefusal };
const refused = (refusal: HandshakeRefusal): Refused => ({ ok: false, refusal });

// ---- the ACU's end -----------------------------------------------------------------------------------

export interface Challenge {
  key: OsdpKey;
  kind: KeyKind;
  /** RND.A, 8 bytes. */
  randomA: Uint8Array;
}

export function challengeBody({ kind, randomA }: Challenge): FrameBody {
  return {
    ...encodeCommand({ kind: 'chlng', random: randomA }),
    block: { type: handshakeBlocks.chlng, data: Uint8Array.of(keySelectors[kind]) },
  };
}

/** What the ACU knows between SCRYPT and RMAC_I. */
export interface ProvenPd {
  keys: SessionKeys;
  /** The R-MAC-I that has to come. */
  mac: Uint8Array;
}

/** The PD's proof; with it, the SCRYPT that answers it. */
export function acceptCcrypt(
  { key, kind, randomA }: Challenge,
  { block, id, data }: ReceivedFrame,
): { ok: true; clientId: Uint8Array; scrypt: FrameBody; pd: ProvenPd } | Refused {
  if (block?.type !== handshakeBlocks.ccrypt) return refused('block');
  if (block.data[0] !== keySelectors[kind]) return refused('other-key');
  const reply = decodeReply(id, data);
  if (reply.kind !== 'ccrypt') return refused('payload');
  const keys = sessionKeys(key, randomA);
  if (!sameBytes(reply.cryptogram, clientCryptogram(keys, randomA, reply.random)))
    return refused('cryptogram');
  const cryptogram = serverCryptogram(keys, randomA, reply.random);
  return {
    ok: true,
    clientId: reply.clientId,
    scrypt: {
      ...encodeCommand({ kind: 'scrypt', cryptogram }),
      block: { type: handshakeBlocks.scrypt, data: Uint8Array.of(keySelectors[kind]) },
    },
    pd: { keys, mac: initialMac(keys, cryptogram) },
  };
}

export function acceptRmac(
  { keys, mac }: ProvenPd,
  { block, id, data }: ReceivedFrame,
): { ok: true; session: SecureSession } | Refused {
  if (block?.type !== handshakeBlocks.rmac) return refused('block');
  const reply = decodeReply(id, data);
  if (reply.kind !== 'rmac_i') return refused('payload');
  const agreed = block.data[0] === cryptogramGood && sameBytes(reply.mac, mac);
  return agreed ? { ok: true, session: beginning(keys, mac) } : refused('cryptogram');
}

// ---- the PD's end ------------------------------------------------------------------------------------

/** What the PD knows between CCRYPT and SCRYPT. */
export interface ProvenToAcu {
  keys: SessionKeys;
  randomA: Uint8Array;
  randomB: Uint8Array;
}

/** Which key the ACU asks for; undefined when the frame is no challenge. */
export function challengedKey({ block }: Pick<Frame, 'block'>): KeyKind | undefined {
  if (block?.type !== handshakeBlocks.chlng) return undefined;
  return block.data[0] === keySelectors.default ? 'default' : 'own';
}

/** @param randomB RND.B, 8 bytes. @param clientId cUID, 8 bytes. */
export function answerChallenge(
  {
    key,
    kind,
    clientId,
    randomB,
  }: { key: OsdpKey; kind: KeyKind; clientId: Uint8Array; randomB: Uint8Array },
  { id, data }: Frame,
): { ok: true; ccrypt: FrameBody; acu: ProvenToAcu } | Refused {
  const command = decodeCommand(id, data);
  if (command.kind !== 'chlng') return refused('payload');
  const randomA = command.random;
  const keys = sessionKeys(key, randomA);
  const cryptogram = clientCryptogram(keys, randomA, randomB);
  return {
    ok: true,
    ccrypt: {
      ...encodeReply({ kind: 'ccrypt', clientId, random: randomB, cryptogram }),
      block: { type: handshakeBlocks.ccrypt, data: Uint8Array.of(keySelectors[kind]) },
    },
    acu: { keys, randomA, randomB },
  };
}

const cryptogramGood = 0x01;
const cryptogramBad = 0xff;

/** The answer to SCRYPT, and the session when the ACU has proved itself. */
export function answerScrypt(
  { keys, randomA, randomB }: ProvenToAcu,
  { block, id, data }: Frame,
): { ok: true; rmac: FrameBody; session?: SecureSession } | Refused {
  if (block?.type !== handshakeBlocks.scrypt) return refused('block');
  const command = decodeCommand(id, data);
  if (command.kind !== 'scrypt') return refused('payload');
  const good = sameBytes(command.cryptogram, serverCryptogram(keys, randomA, randomB));
  const mac = good ? initialMac(keys, command.cryptogram) : new Uint8Array(blockBytes);
  const rmac: FrameBody = {
    ...encodeReply({ kind: 'rmac_i', mac }),
    block: { type: handshakeBlocks.rmac, data: Uint8Array.of(good ? cryptogramGood : cryptogramBad) },
  };
  return good ? { ok: true, rmac, session: beginning(keys, mac) } : { ok: true, rmac };
}

/** No command yet: the first one takes the R-MAC-I for the last reply. */
function beginning(keys: SessionKeys, mac: Uint8Array): SecureSession {
  return { keys, replyMac: mac, commandMac: new Uint8Array(blockBytes) };
}
