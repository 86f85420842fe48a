import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { required } from '../required.ts';
import { encodeFrame, type Frame, type ReceivedFrame, sealed } from './frame.ts';
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
} from './handshake.ts';
import { defaultKey, deriveKey, encryptBlock, encryptBlocks, exposeKey, osdpKey } from './key.ts';
import { type SecureSession, unwrap, wrap } from './secure-session.ts';
import { clientCryptogram, initialMac, serverCryptogram, sessionKeys } from './session-keys.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const scbk = osdpKey(hex('000102030405060708090A0B0C0D0E0F'));
const clientId = hex('697A990004030201');
const challenge: Challenge = { key: scbk, kind: 'own', randomA: hex('B0B1B2B3B4B5B6B7') };
const randomB = hex('A0A1A2A3A4A5A6A7');

function parsed(bytes: Uint8Array): ReceivedFrame {
  const [item] = frameDecoder({ as: 'monitor' }).push(bytes);
  if (!item?.ok) throw new Error('expected a frame');
  return item.frame;
}

const command = (body: FrameBody, sequence = 0): ReceivedFrame =>
  parsed(encodeFrame({ address: 5, reply: false, sequence, check: 'crc', ...body }));
const reply = (body: FrameBody): ReceivedFrame =>
  parsed(encodeFrame({ address: 5, reply: true, sequence: 0, check: 'crc', ...body }));

/** Both ends of a fresh session. */
function begin(): { acu: SecureSession; pd: SecureSession } {
  const chlng = command(challengeBody(challenge));
  const ccrypt = answerChallenge({ key: scbk, kind: 'own', clientId, randomB }, chlng);
  if (!ccrypt.ok) throw new Error(ccrypt.refusal);
  const scrypt = acceptCcrypt(challenge, reply(ccrypt.ccrypt));
  if (!scrypt.ok) throw new Error(scrypt.refusal);
  const rmac = answerScrypt(ccrypt.acu, command(scrypt.scrypt, 1));
  if (!rmac.ok) throw new Error(rmac.refusal);
  const acu = acceptRmac(scrypt.pd, reply(rmac.rmac));
  if (!acu.ok) throw new Error(acu.refusal);
  return { acu: acu.session, pd: required(rmac.session) };
}

const poll: Omit<Frame, 'block'> = {
  address: 5,
  reply: false,
  sequence: 2,
  check: 'crc',
  id: 0x60,
  data: new Uint8Array(),
};
const card: Omit<Frame, 'block'> = { ...poll, reply: true, id: 0x50, data: hex('00 01 1A 00 2C E5 F0 40') };

describe('keys and cryptograms', () => {
  it('are those of SIA OSDP 2.2, Annex E', () => {
    const randomA = hex('B0B1B2B3B4B5B6B7');
    const keys = sessionKeys(defaultKey, randomA);
    expect(exposeKey(keys.mac1)).toEqual(hex('5E86C676603BDEE2D8BEAFE178637332'));
    expect(exposeKey(keys.mac2)).toEqual(hex('6FDA86E857777E81132035758239172E'));
    expect(exposeKey(keys.encryption)).toEqual(hex('BF8DC2A8329ACB8C67C6D0CD9A451682'));
    const server = serverCryptogram(keys, randomA, randomB);
    expect(server).toEqual(hex('26D3356E07762D262801FC8E6665A891'));
    expect(clientCryptogram(keys, randomA, randomB)).toEqual(hex('FDE5D2F428EC16312471EA3C02BD7796'));
    expect(initialMac(keys, server)).toEqual(hex('B2A30057EB98BA2229EC1F875662B524'));
  });

  it('are those of a recording in OSDP-Embedded', () => {
    const a = hex('CDCD921212D3EE6A');
    const b = hex('6162636465666768');
    const keys = sessionKeys(defaultKey, a);
    expect(clientCryptogram(keys, a, b)).toEqual(hex('4B7E2F98AD79BD968119A8D1D3DBDAEE'));
    const server = serverCryptogram(keys, a, b);
    expect(server).toEqual(hex('A230F5D33B25F43434929AB208DE90A7'));
    expect(initialMac(keys, server)).toEqual(hex('D8F543E207AC5D2E30BE9FAC3AA04BEA'));
  });

  it('of a reader can be derived from a master key and its client id', () => {
    const block = hex('697A990004030201 968566FFFBFCFDFE');
    expect(exposeKey(deriveKey(scbk, clientId))).toEqual(encryptBlock(scbk, block));
  });

  it('show nothing when a session is printed', () => {
    const { acu } = begin();
    const secrets = [scbk, acu.keys.encryption, acu.keys.mac1, acu.keys.mac2].map((key) =>
      Buffer.from(exposeKey(key)).toString('hex'),
    );
    const prints = [
      inspect(acu, { depth: 9, showHidden: true }),
      JSON.stringify(acu),
      inspect(challenge, { depth: 9, showHidden: true }),
      JSON.stringify(challenge),
    ].map((text) => text.toLowerCase().replace(/[^0-9a-f]/g, ''));
    for (const secret of secrets) {
      for (const print of prints) expect(print).not.toContain(secret.slice(0, 12));
    }
  });
});

describe('the handshake', () => {
  it('leaves both ends with the same session', () => {
    const { acu, pd } = begin();
    expect(acu.replyMac).toEqual(pd.replyMac);
    expect(acu.keys.encryption.equals(pd.keys.encryption)).toBe(true);
    expect(acu.keys.mac1.equals(pd.keys.mac1) && acu.keys.mac2.equals(pd.keys.mac2)).toBe(true);
  });

  it('tells the PD which key is asked for', () => {
    expect(challengedKey(command(challengeBody(challenge)))).toBe('own');
    expect(challengedKey(command(challengeBody({ ...challenge, kind: 'default' })))).toBe('default');
    expect(challengedKey(command({ id: 0x60, data: hex('') }))).toBeUndefined();
  });

  it('ends where the PD has another key, names another one, or answers something else', () => {
    const chlng = command(challengeBody(challenge));
    const wrong = answerChallenge({ key: defaultKey, kind: 'own', clientId, randomB }, chlng);
    const named = answerChallenge({ key: scbk, kind: 'default', clientId, randomB }, chlng);
    if (!wrong.ok || !named.ok) throw new Error('expected answers');
    expect(acceptCcrypt(challenge, reply(wrong.ccrypt))).toEqual({ ok: false, refusal: 'cryptogram' });
    expect(acceptCcrypt(challenge, reply(named.ccrypt))).toEqual({ ok: false, refusal: 'other-key' });
    expect(acceptCcrypt(challenge, reply({ id: 0x40, data: hex('') }))).toEqual({
      ok: false,
      refusal: 'block',
    });
    const short = { ...wrong.ccrypt, data: hex('00') };
    expect(acceptCcrypt(challenge, reply(short))).toEqual({ ok: false, refusal: 'payload' });
  });

  it('ends where the ACU has another key, and the ACU hears of it', () => {
    const chlng = command(challengeBody(challenge));
    const ccrypt = answerChallenge({ key: scbk, kind: 'own', clientId, randomB }, chlng);
    if (!ccrypt.ok) throw new Error(ccrypt.refusal);
    const scrypt = acceptCcrypt(challenge, reply(ccrypt.ccrypt));
    if (!scrypt.ok) throw new Error(scrypt.refusal);
    const forged = { ...scrypt.scrypt, data: scrypt.scrypt.data.with(0, (scrypt.scrypt.data[0] ?? 0) ^ 1) };
    const rmac = answerScrypt(ccrypt.acu, command(forged));
    if (!rmac.ok) throw new Error(rmac.refusal);
    expect(rmac.session).toBeUndefined();
    expect(acceptRmac(scrypt.pd, reply(rmac.rmac))).toEqual({ ok: false, refusal: 'cryptogram' });
  });
});

describe('a secure session', () => {
  it('carries commands and replies of any length, turn by turn', () => {
    const turns = fc.array(
      fc.record({ down: fc.uint8Array({ maxLength: 70 }), up: fc.uint8Array({ maxLength: 70 }) }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(turns, fc.constantFrom('crc' as const, 'checksum' as const), (rows, check) => {
        let { acu, pd } = begin();
        for (const { down, up } of rows) {
          const sent = wrap(acu, { ...poll, check, id: 0x80, data: down });
          const heard = unwrap(pd, parsed(sent.bytes));
          if (!heard.ok) throw new Error(heard.refusal);
          expect(heard.data).toEqual(down);
          const answered = wrap(heard.session, { ...card, check, data: up });
          const taken = unwrap(sent.session, parsed(answered.bytes));
          if (!taken.ok) throw new Error(taken.refusal);
          expect(taken.data).toEqual(up);
          acu = taken.session;
          pd = answered.session;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('makes the same bytes again for a retry', () => {
    const { acu } = begin();
    expect(wrap(acu, { ...poll, data: hex('01') }).bytes).toEqual(
      wrap(acu, { ...poll, data: hex('01') }).bytes,
    );
  });

  it('stays where it was when a frame is refused', () => {
    const { acu, pd } = begin();
    const sent = wrap(acu, poll);
    const heard = unwrap(pd, parsed(sent.bytes));
    if (!heard.ok) throw new Error(heard.refusal);
    const good = wrap(heard.session, card).bytes;
    const forged = sealed(good.with(-3, (good.at(-3) ?? 0) ^ 0x40), 'crc');
    expect(unwrap(sent.session, parsed(forged))).toEqual({ ok: false, refusal: 'mac' });
    expect(unwrap(sent.session, parsed(good))).toMatchObject({ ok: true, data: card.data });
  });

  it('refuses what is in the clear, and what was said before', () => {
    const { acu, pd } = begin();
    const plain = parsed(encodeFrame(poll));
    expect(unwrap(pd, plain)).toEqual({ ok: false, refusal: 'clear' });
    const first = wrap(acu, poll);
    const heard = unwrap(pd, parsed(first.bytes));
    if (!heard.ok) throw new Error(heard.refusal);
    const answered = wrap(heard.session, card);
    expect(unwrap(answered.session, parsed(first.bytes))).toEqual({ ok: false, refusal: 'mac' });
  });

  it('takes an encrypting block around nothing, and a signed reply with data in the clear', () => {
    const { acu, pd } = begin();
    const sent = wrap(acu, poll);
    const heard = unwrap(pd, parsed(sent.bytes));
    if (!heard.ok) throw new Error(heard.refusal);
    const empty = wrap(heard.session, { ...card, data: hex('') }, 0x18);
    expect(unwrap(sent.session, parsed(empty.bytes))).toMatchObject({ ok: true, data: hex('') });
    const open = wrap(heard.session, card, 0x15);
    expect(parsed(open.bytes)).toMatchObject({ data: card.data, block: { type: 0x15 } });
    expect(unwrap(sent.session, parsed(open.bytes))).toMatchObject({ ok: true, data: card.data });
  });

  it('refuses what is signed and yet no data', () => {
    const { acu, pd } = begin();
    const heard = unwrap(pd, parsed(wrap(acu, poll).bytes));
    if (!heard.ok) throw new Error(heard.refusal);
    const { keys, commandMac } = heard.session;
    // Signed by hand, as a broken PD with the right keys would.
    const signed = (data: Uint8Array) =>
      encodeFrame({ ...card, data, block: { type: 0x18, data: hex('') } }, (bytes) => {
        const message = new Uint8Array(Math.ceil(bytes.length / 16) * 16);
        message.set([...bytes, 0x80].slice(0, message.length));
        const last = encryptBlocks(keys.mac1, commandMac, message.subarray(0, -16)).subarray(-16);
        return encryptBlocks(keys.mac2, last, message.subarray(-16)).subarray(0, 4);
      });
    const noPadding = encryptBlocks(
      keys.encryption,
      commandMac.map((byte) => ~byte),
      new Uint8Array(16),
    );
    const refusal = (data: Uint8Array) => unwrap(heard.session, parsed(signed(data)));
    expect(refusal(new Uint8Array(17))).toEqual({ ok: false, refusal: 'length' });
    expect(refusal(noPadding)).toEqual({ ok: false, refusal: 'padding' });
  });

  it('refuses a frame with any one bit changed, on the wire and behind a check that was made to fit', () => {
    const { acu, pd } = begin();
    const sent = wrap(acu, poll);
    const heard = unwrap(pd, parsed(sent.bytes));
    if (!heard.ok) throw new Error(heard.refusal);
    const good = wrap(heard.session, card).bytes;
    for (let bit = 0; bit < good.length * 8; bit += 1) {
      const at = bit >> 3;
      const bent = good.with(at, (good[at] ?? 0) ^ (1 << (bit & 7)));
      for (const bytes of [bent, sealed(bent.slice(), 'crc'), sealed(bent.slice(), 'checksum')]) {
        const decoder = frameDecoder({ as: 'monitor' });
        for (const item of [...decoder.push(bytes), ...decoder.idle()]) {
          if (!item.ok || Buffer.compare(item.frame.bytes, good) === 0) continue;
          expect(unwrap(sent.session, item.frame).ok).toBe(false);
        }
      }
    }
  });
});
