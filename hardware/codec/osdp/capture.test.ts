import { describe, expect, it } from 'vitest';
import { blanked, captureLine } from './capture.ts';
import { type Command, encodeCommand } from './command.ts';
import { encodeFrame, type ReceivedFrame } from './frame.ts';
import { frameDecoder } from './frame-decoder.ts';
import { defaultKey, osdpKey } from './key.ts';
import { encodeReply, type Reply } from './reply.ts';
import { secureBlocks, wrap } from './secure-session.ts';
import { sessionKeys } from './session-keys.ts';

const place = { address: 5, sequence: 1, check: 'crc' } as const;

function parsed(bytes: Uint8Array): ReceivedFrame {
  const [item] = frameDecoder({ as: 'monitor' }).push(bytes);
  if (!item?.ok) throw new Error('the frame is whole');
  return item.frame;
}
const clearReply = (reply: Reply) => parsed(encodeFrame({ ...place, reply: true, ...encodeReply(reply) }));
const clearCommand = (command: Command) =>
  parsed(encodeFrame({ ...place, reply: false, ...encodeCommand(command) }));
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('a frame in a capture', () => {
  it('stands as it was on the wire, with its time and direction', () => {
    const frame = clearReply({ kind: 'ack' });
    expect(JSON.parse(captureLine(1_580_342_115_984.5, frame))).toEqual({
      timeSec: '1580342115',
      timeNano: '984500000',
      io: 'input',
      data: hex(frame.bytes).replace(/(..)(?=.)/g, '$1 '),
      osdpTraceVersion: '1',
      osdpSource: 'xiaomen',
    });
    expect(JSON.parse(captureLine(0, clearCommand({ kind: 'poll' }))).io).toBe('output');
  });

  it.each<[string, ReceivedFrame, string]>([
    [
      'the number of a card',
      clearReply({
        kind: 'raw',
        reader: 0,
        format: 'wiegand',
        bitCount: 16,
        bytes: Uint8Array.of(0xab, 0xcd),
      }),
      'abcd',
    ],
    ['keys pressed', clearReply({ kind: 'keypad', reader: 0, keys: '4711' }), '34373131'],
    [
      'words on a display',
      clearCommand({ kind: 'text', reader: 0, wrap: false, row: 1, column: 1, text: 'Wang' }),
      '57616e67',
    ],
    ['a key', clearCommand({ kind: 'keyset', key: osdpKey(new Uint8Array(16).fill(0xa5)) }), 'a5a5'],
  ])('does not have %s, and is a frame all the same', (_name, frame, secret) => {
    expect(hex(frame.bytes)).toContain(secret);
    const shown = blanked(frame);
    expect(hex(shown)).not.toContain(secret);
    expect(parsed(shown).id).toBe(frame.id);
    expect(shown.length).toBe(frame.bytes.length);
  });

  it.each<[string, Reply, string]>([
    [
      'the number of a card',
      { kind: 'raw', reader: 0, format: 'wiegand', bitCount: 16, bytes: Uint8Array.of(0xab, 0xcd) },
      'abcd',
    ],
    ['keys pressed', { kind: 'keypad', reader: 0, keys: '4711' }, '34373131'],
  ])('does not have %s that is signed but not encrypted, and has all that is', (_name, reply, secret) => {
    const keys = sessionKeys(osdpKey(new Uint8Array(16).fill(3)), new Uint8Array(8));
    const session = { keys, commandMac: new Uint8Array(16), replyMac: new Uint8Array(16) };
    const frame = { ...place, reply: true, ...encodeReply(reply) };
    const signed = parsed(wrap(session, frame, secureBlocks.reply.signed).bytes);
    expect(hex(signed.bytes)).toContain(secret);
    const shown = parsed(blanked(signed));
    expect(hex(shown.bytes)).not.toContain(secret);
    expect([shown.id, shown.mac]).toEqual([signed.id, signed.mac]);
    const encrypted = parsed(wrap(session, frame).bytes);
    expect(blanked(encrypted)).toEqual(encrypted.bytes);
  });

  it('has no key that was handed over encrypted, for under the default key everybody could read it', () => {
    const keys = sessionKeys(defaultKey, new Uint8Array(8));
    const session = { keys, commandMac: new Uint8Array(16), replyMac: new Uint8Array(16) };
    const keyset = encodeCommand({ kind: 'keyset', key: osdpKey(new Uint8Array(16).fill(1)) });
    const frame = parsed(wrap(session, { ...place, reply: false, ...keyset }).bytes);
    expect(frame.data.some((byte) => byte !== 0)).toBe(true);
    expect(parsed(blanked(frame)).data.every((byte) => byte === 0)).toBe(true);
    const poll = parsed(wrap(session, { ...place, reply: false, ...encodeCommand({ kind: 'poll' }) }).bytes);
    expect(blanked(poll)).toEqual(poll.bytes);
  });
});
