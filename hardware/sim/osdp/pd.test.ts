import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFrame } from '../../codec/osdp/frame.ts';
import { defaultKey, exposeKey, osdpKey } from '../../codec/osdp/key.ts';
import { nak } from '../../codec/osdp/reply.ts';
import { parseFrame, type TestAcu, testAcu } from './acu-helper.ts';
import { colourAt, outputsAt } from './panel.ts';
import { hear, silenceMs } from './pd.ts';
import {
  misbehave,
  newPd,
  type PdOptions,
  powerCycle,
  pressKeys,
  readCard,
  setInput,
  setLocal,
} from './pd-state.ts';

const key = osdpKey(Uint8Array.from({ length: 16 }, (_, index) => index));
const otherKey = osdpKey(new Uint8Array(16).fill(0xa5));
const cardBytes = Uint8Array.of(0x2c, 0xe5, 0xf0, 0x40);
const card = { kind: 'raw', reader: 0, format: 'wiegand', bitCount: 26, bytes: cardBytes };

function clear(options: PdOptions = {}): TestAcu {
  return testAcu(newPd({ address: 5, ...options }));
}

function secure(options: PdOptions = {}): TestAcu {
  const acu = clear({ key, ...options });
  expect(acu.begin(key, 'own').kind).toBe('rmac_i');
  expect(acu.session).toBeDefined();
  return acu;
}

describe.each([
  ['in the clear', clear],
  ['in the secure channel', secure],
])('a simulated PD %s', (_, start) => {
  it('says who it is and what it can do', () => {
    const acu = start();
    expect(acu.say({ kind: 'id' })).toMatchObject({ kind: 'pdid', serial: 0x01020304 });
    expect(acu.say({ kind: 'cap' })).toMatchObject({ kind: 'pdcap' });
  });

  it('gives its events one a poll, in the order in which they came', () => {
    const acu = start();
    acu.pd = readCard(acu.pd, 26, cardBytes);
    acu.pd = pressKeys(acu.pd, '12#');
    acu.pd = setLocal(acu.pd, { tamper: true });
    acu.pd = setInput(acu.pd, 1, true);
    const polls = Array.from({ length: 5 }, () => acu.say({ kind: 'poll' }));
    expect(polls).toEqual([
      card,
      { kind: 'keypad', reader: 0, keys: '12#' },
      { kind: 'lstatr', tamper: true, powerFault: false },
      { kind: 'istatr', active: [false, true] },
      { kind: 'ack' },
    ]);
    expect(acu.say({ kind: 'lstat' })).toMatchObject({ tamper: true });
    expect(acu.say({ kind: 'istat' })).toMatchObject({ active: [false, true] });
    expect(acu.say({ kind: 'rstat' })).toEqual({ kind: 'rstatr', readers: ['normal'] });
  });

  it('gives the same answer, byte for byte, to the same command again, and does it once', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.pd = readCard(acu.pd, 26, cardBytes);
    acu.pd = readCard(acu.pd, 26, cardBytes);
    acu.pd = misbehave(acu.pd, { lose: 1 });
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'silence' });
    expect(acu.again()).toEqual(card);
    const first = acu.received;
    expect(acu.pd.events.length).toBe(1);
    acu.again();
    expect(acu.received).toEqual(first);
    expect(acu.pd.events.length).toBe(1);
    expect(acu.say({ kind: 'poll' })).toEqual(card);
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
  });

  it('is busy without doing anything, unsigned and with sequence number 0', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.pd = readCard(misbehave(acu.pd, { busy: 3 }), 26, cardBytes);
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'busy' });
    expect(acu.frame).toMatchObject({ sequence: 0 });
    expect(acu.frame).not.toHaveProperty('block');
    expect([acu.again(), acu.again(), acu.again()]).toEqual([{ kind: 'busy' }, { kind: 'busy' }, card]);
  });

  it('spoils what is on its way, and keeps the sound answer', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.pd = readCard(misbehave(acu.pd, { badCheck: 1, wrongSequence: 1 }), 26, cardBytes);
    const { sequence } = acu;
    acu.say({ kind: 'poll' });
    expect(acu.frame?.sequence).not.toBe(sequence);
    acu.sequence = sequence;
    expect(acu.again()).toEqual({ kind: 'damage' });
    expect(acu.again()).toEqual(card);
  });

  it('refuses a sequence number out of turn, and starts anew with 0', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.sequence = acu.sequence === 3 ? 1 : acu.sequence + 1;
    expect(acu.say({ kind: 'poll' })).toEqual(nak('sequence'));
    acu.sequence = 0;
    acu.session = undefined;
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
    expect(acu.pd.session).toBeUndefined();
  });

  it('refuses another command under the number of the last one', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.sequence = acu.frame?.sequence ?? 0;
    acu.sequence = acu.sequence === 0 ? 3 : acu.sequence;
    expect(acu.say({ kind: 'lstat' })).toEqual(nak('sequence'));
  });

  it('shows, sounds and switches', () => {
    const acu = start();
    const green = { onMs: 100, offMs: 0, on: 'green', off: 'green', timerMs: 1_000 } as const;
    acu.at = 500;
    acu.say({ kind: 'led', lights: [{ reader: 0, led: 0, temporary: green }] });
    expect([colourAt(acu.pd.panel, 1_499), colourAt(acu.pd.panel, 1_500)]).toEqual(['green', 'black']);
    const pulse = { output: 0, action: 'timed-on', timerMs: 3_000 } as const;
    expect(acu.say({ kind: 'out', outputs: [pulse] })).toEqual({ kind: 'ostatr', on: [true, false] });
    expect(outputsAt(acu.pd.panel, 3_500)).toEqual([false, false]);
    acu.at = 4_000;
    expect(acu.say({ kind: 'ostat' })).toEqual({ kind: 'ostatr', on: [false, false] });
    expect(acu.say({ kind: 'out', outputs: [{ ...pulse, output: 7 }] })).toEqual(nak('record'));
    acu.pd = { ...acu.pd, outAnswer: 'ack' };
    expect(acu.say({ kind: 'out', outputs: [pulse] })).toEqual({ kind: 'ack' });
  });

  it('takes a file in fragments, and refuses one that is out of place', () => {
    const acu = start({ fileMaxMessage: 128 });
    const file = Uint8Array.from({ length: 50 }, (__, index) => index);
    const send = (from: number, to: number) =>
      acu.say({ kind: 'filetransfer', type: 1, total: 50, offset: from, fragment: file.subarray(from, to) });
    expect(send(0, 20)).toMatchObject({ kind: 'ftstat', status: 'proceed', maxMessage: 128 });
    expect(send(30, 50)).toMatchObject({ status: 'aborted' });
    expect(send(20, 50)).toMatchObject({ status: 'processed' });
    expect(send(50, 50)).toMatchObject({ status: 'processed' });
    expect(Buffer.concat(acu.pd.file?.parts ?? [])).toEqual(Buffer.from(file));
    expect(acu.say({ kind: 'abort' })).toEqual({ kind: 'ack' });
    expect(acu.pd.file).toBeUndefined();
  });

  it('acknowledges what asks for nothing else, and refuses what it does not know', () => {
    const acu = start();
    expect(acu.say({ kind: 'acurxsize', maxBytes: 1_024 })).toEqual({ kind: 'ack' });
    expect(acu.pd.acuMaxBytes).toBe(1_024);
    expect(acu.say({ kind: 'keepactive', ms: 500 })).toEqual({ kind: 'ack' });
    const data = Uint8Array.of(1, 2);
    const vendor = acu.pd.identity.vendor;
    expect(acu.say({ kind: 'mfg', vendor, data })).toEqual({ kind: 'mfgrep', vendor, data });
    expect(acu.say({ kind: 'mfg', vendor: 1, data }).kind).toBe('nak');
  });

  it('moves to another address and rate after it has said so at the old one', () => {
    const acu = start();
    expect(acu.say({ kind: 'comset', address: 9, baudRate: 115_200 })).toEqual({
      kind: 'com',
      address: 9,
      baudRate: 115_200,
    });
    expect(acu.frame?.address).toBe(5);
    expect(acu.pd).toMatchObject({ address: 9, baudRate: 115_200 });
  });

  it('forgets the ACU that is silent for more than 8 s', () => {
    const acu = start();
    acu.say({ kind: 'poll' });
    acu.at += silenceMs;
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
    acu.at += silenceMs + 1;
    expect(acu.say({ kind: 'poll' })).toEqual(nak(acu.session ? 'secure-channel-conditions' : 'sequence'));
    expect(acu.pd.session).toBeUndefined();
  });

  it('forgets everything but its memory when its power goes', () => {
    const acu = start();
    acu.say({ kind: 'out', outputs: [{ output: 0, action: 'on', timerMs: 0 }] });
    acu.pd = powerCycle(readCard(acu.pd, 26, cardBytes));
    expect(outputsAt(acu.pd.panel, 0)).toEqual([false, false]);
    expect(acu.pd).toMatchObject({ address: 5, events: [] });
    expect(acu.say({ kind: 'poll' }).kind).toBe('nak');
  });

  it('hears nothing when it is muted or another is meant, and its own when any is', () => {
    const acu = start();
    acu.pd = misbehave(acu.pd, { muted: true });
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'silence' });
    acu.pd = misbehave(acu.pd, { muted: false });
    const sent = parseFrame(acu.sent, 'pd');
    if (!sent) throw new Error('expected a frame');
    const noRandom = new Uint8Array(8);
    expect(hear(acu.pd, { ...sent, address: 6 }, 0, noRandom).answer).toBeUndefined();
    const { answer } = hear(acu.pd, { ...sent, address: 0x7f }, 0, noRandom);
    expect(answer && parseFrame(answer.bytes, 'acu')?.address).toBe(0x7f);
  });
});

describe('any frame', () => {
  const frames = fc.array(
    fc.record({
      sequence: fc.nat(3),
      check: fc.constantFrom('crc' as const, 'checksum' as const),
      block: fc.option(
        fc.record({ type: fc.integer({ min: 0x10, max: 0x19 }), data: fc.uint8Array({ maxLength: 2 }) }),
      ),
      id: fc.oneof(fc.integer({ min: 0x60, max: 0x80 }), fc.nat(255)),
      data: fc.uint8Array({ maxLength: 40 }),
      again: fc.boolean(),
    }),
    { maxLength: 12 },
  );

  it('gets an answer that is a frame with its sequence number, or none', () => {
    fc.assert(
      fc.property(frames, fc.boolean(), (rows, inSession) => {
        const acu = inSession ? secure() : clear({ key });
        for (const { again, block, ...rest } of rows) {
          const place = { address: acu.pd.address, reply: false };
          const bytes = encodeFrame(
            { ...place, ...rest, ...(block ? { block } : {}) },
            () => new Uint8Array(4),
          );
          const sent = parseFrame(bytes, 'pd');
          for (let turn = 0; sent && turn < (again ? 2 : 1); turn += 1) {
            const heard = hear(acu.pd, sent, 0, new Uint8Array(8));
            const answer = heard.answer && parseFrame(heard.answer.bytes, 'acu');
            expect(answer).toMatchObject({ address: place.address, sequence: rest.sequence });
            acu.pd = heard.pd;
            if (acu.pd.address !== place.address) return;
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('with a MAC starts nothing under sequence number 0', () => {
    const acu = secure();
    acu.sequence = 0;
    expect(acu.say({ kind: 'poll' })).toEqual(nak('secure-channel-conditions'));
    expect(acu.pd.session).toBeUndefined();
  });

  it('that asks for an address or a rate that there is not moves nothing', () => {
    const acu = clear();
    expect(acu.say({ kind: 'comset', address: 0x7f, baudRate: 9_600 })).toEqual(nak('record'));
    expect(acu.say({ kind: 'comset', address: 1, baudRate: 0 })).toEqual(nak('record'));
    expect(acu.pd).toMatchObject({ address: 5, baudRate: 9_600 });
  });
});

describe('the secure channel of a simulated PD', () => {
  it('takes the key that everybody knows while it is being installed, and a new one in it', () => {
    const acu = clear();
    expect(acu.begin(defaultKey, 'default').kind).toBe('rmac_i');
    expect(acu.say({ kind: 'keyset', key })).toEqual({ kind: 'ack' });
    expect(acu.frame?.mac).toBeDefined();
    expect(acu.pd.key && exposeKey(acu.pd.key)).toEqual(exposeKey(key));
    expect(acu.begin(defaultKey, 'default')).toEqual(nak('secure-channel-conditions'));
    acu.begin(key, 'own');
    expect(acu.session).toBeDefined();
  });

  it('may acknowledge a new key in the clear, its session gone', () => {
    const acu = secure({ faults: { clearKeysetAck: true } });
    expect(acu.say({ kind: 'keyset', key: otherKey })).toEqual({ kind: 'ack' });
    expect(acu.frame?.mac).toBeUndefined();
    expect(acu.pd.session).toBeUndefined();
    acu.begin(otherKey, 'own');
    expect(acu.session).toBeDefined();
  });

  it('does not come about with the wrong key, or without one, on either side', () => {
    const wrong = clear({ key: otherKey });
    expect(wrong.begin(key, 'own').kind).toBe('ccrypt');
    expect(wrong.session).toBeUndefined();
    const none = clear();
    expect(none.begin(key, 'own').kind).toBe('ccrypt');
    expect(none.session).toBeUndefined();
    expect(clear({ security: 'none' }).begin(key, 'own')).toEqual(nak('secure-channel-unsupported'));
    expect(clear({ key }).say({ kind: 'keyset', key: otherKey })).toEqual(nak('secure-channel-conditions'));
  });

  it('is over after a wrong MAC from the ACU, which hears of it in the clear', () => {
    const acu = secure();
    const forged = acu.session && { ...acu.session, replyMac: new Uint8Array(16) };
    acu.session = forged;
    expect(acu.say({ kind: 'poll' })).toEqual(nak('secure-channel-conditions'));
    expect(acu.pd.session).toBeUndefined();
  });

  it('keeps the sound answer behind one with a wrong MAC', () => {
    const acu = secure();
    acu.pd = readCard(misbehave(acu.pd, { badMac: 1 }), 26, cardBytes);
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'bad-mac' });
    expect(acu.again()).toEqual(card);
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
  });

  it('does not obey in the clear while it stands, nor ever where it is required', () => {
    const acu = secure();
    const { session } = acu;
    acu.session = undefined;
    expect(acu.say({ kind: 'poll' })).toEqual(nak('secure-channel-conditions'));
    acu.session = session;
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
    const strict = clear({ key, security: 'required' });
    expect(strict.say({ kind: 'id' }).kind).toBe('pdid');
    expect(strict.say({ kind: 'poll' })).toEqual(nak('secure-channel-conditions'));
  });

  it('may put an encrypting block around nothing', () => {
    const acu = secure({ faults: { emptyBlocks: true } });
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
    expect(acu.frame).toMatchObject({ block: { type: 0x18 }, data: new Uint8Array() });
  });
});

describe('a PD with ways of its own', () => {
  it('says who it is only after a poll', () => {
    const acu = clear({ faults: { idAfterPoll: true } });
    expect(acu.say({ kind: 'id' })).toEqual({ kind: 'silence' });
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
    expect(acu.say({ kind: 'id' }).kind).toBe('pdid');
  });

  it('knows checksums alone', () => {
    const acu = clear({ key, faults: { checksumOnly: true } });
    expect(acu.say({ kind: 'id' })).toEqual(nak('check'));
    expect(acu.frame?.check).toBe('checksum');
    acu.check = 'checksum';
    expect(acu.say({ kind: 'id' }).kind).toBe('pdid');
    expect(acu.begin(key, 'own').kind).toBe('rmac_i');
    expect(acu.say({ kind: 'poll' })).toEqual({ kind: 'ack' });
  });

  it('answers late by as much as it is told', () => {
    const acu = clear({ turnaroundMs: 3, faults: { lateMs: 250 } });
    acu.say({ kind: 'poll' });
    const sent = parseFrame(acu.sent, 'pd');
    expect(sent && hear(acu.pd, sent, 0, new Uint8Array(8)).answer?.delayMs).toBe(253);
  });
});
