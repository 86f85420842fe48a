import { describe, expect, it } from 'vitest';
import { required } from '../required.ts';
import { encodeFrame, type Frame, marked, type ReceivedFrame, sealed, signedPart } from './frame.ts';
import { frameDecoder } from './frame-decoder.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const id: Frame = { address: 0, reply: false, sequence: 0, check: 'crc', id: 0x61, data: Uint8Array.of(0) };
const ack: Frame = { address: 5, reply: true, sequence: 2, check: 'crc', id: 0x40, data: new Uint8Array() };

function framesIn(bytes: Uint8Array, as: 'acu' | 'pd' | 'monitor' = 'monitor'): ReceivedFrame[] {
  const decoder = frameDecoder({ as });
  return [...decoder.push(bytes), ...decoder.idle()].flatMap((item) => (item.ok ? [item.frame] : []));
}

describe('encodeFrame', () => {
  it('writes the frames of Annex E, with either check', () => {
    expect(encodeFrame(id)).toEqual(hex('53 00 09 00 04 61 00 C0 66'));
    expect(encodeFrame({ ...id, check: 'checksum' })).toEqual(hex('53 00 08 00 00 61 00 44'));
    const comset = { ...id, address: 0x7f, id: 0x6e, data: hex('00 80 25 00 00') };
    expect(encodeFrame(comset)).toEqual(hex('53 7F 0D 00 04 6E 00 80 25 00 00 6E 38'));
  });

  it('has the MAC made from all that stands before it, the length already final', () => {
    const seen: Uint8Array[] = [];
    const bytes = encodeFrame({ ...ack, block: { type: 0x16, data: new Uint8Array() } }, (signed) => {
      seen.push(signed.slice());
      return hex('01 02 03 04');
    });
    expect(seen).toEqual([hex('53 85 0E 00 0E 02 16 40')]);
    const [frame] = framesIn(bytes);
    expect(frame).toMatchObject({ mac: hex('01 02 03 04'), block: { type: 0x16 }, data: new Uint8Array() });
    expect(signedPart(required(frame))).toEqual(seen[0]);
  });

  it('refuses what no frame can hold', () => {
    expect(() => encodeFrame({ ...id, address: 0x80 })).toThrow(RangeError);
    expect(() => encodeFrame({ ...id, sequence: 4 })).toThrow(RangeError);
    expect(() => encodeFrame({ ...id, data: new Uint8Array(1433) })).toThrow(RangeError);
    expect(encodeFrame({ ...id, data: new Uint8Array(1432) }).length).toBe(1440);
  });
});

describe('frameDecoder', () => {
  it('tells commands and replies, blocks and checks', () => {
    expect(framesIn(marked(encodeFrame(ack)))).toEqual([{ ...ack, bytes: encodeFrame(ack) }]);
    const challenge: Frame = {
      ...id,
      check: 'checksum',
      block: { type: 0x11, data: Uint8Array.of(1) },
      id: 0x76,
      data: new Uint8Array(8),
    };
    expect(framesIn(encodeFrame(challenge))).toEqual([{ ...challenge, bytes: encodeFrame(challenge) }]);
  });

  it('lets an ACU hear replies alone, and a PD commands alone, and counts the others as no fault', () => {
    const bytes = Uint8Array.of(...marked(encodeFrame(id)), ...marked(encodeFrame(ack)));
    expect(framesIn(bytes).map((frame) => frame.reply)).toEqual([false, true]);
    expect(frameDecoder({ as: 'acu' }).push(bytes)).toMatchObject([{ ok: true, frame: { reply: true } }]);
    expect(frameDecoder({ as: 'pd' }).push(bytes)).toMatchObject([{ ok: true, frame: { reply: false } }]);
  });

  it('does not read a frame in the data of another one, even of one that is passed over', () => {
    const carrier = encodeFrame({ ...id, id: 0x80, data: Uint8Array.of(1, 2, 3, ...encodeFrame(ack)) });
    expect(framesIn(carrier).map((frame) => frame.id)).toEqual([0x80]);
    expect(framesIn(carrier, 'acu')).toEqual([]);
  });

  it('finds a frame behind the beginning of a damaged one once the line is silent', () => {
    const decoder = frameDecoder({ as: 'acu' });
    // The length says 1,024 bytes.
    const cut = hex('53 85 00 04 06');
    expect(decoder.push(Uint8Array.of(...cut, ...encodeFrame(ack)))).toEqual([]);
    expect(decoder.pending).toBe(cut.length + 8);
    expect(decoder.idle()).toMatchObject([
      { ok: false, error: 'framing', dropped: 5 },
      { ok: true, frame: ack },
    ]);
    expect(decoder.pending).toBe(0);
  });

  it('does not wait for a length that its ear has no room for', () => {
    const decoder = frameDecoder({ as: 'acu', maxLength: 256 });
    const found = decoder.push(Uint8Array.of(...hex('53 85 00 04 06'), ...encodeFrame(ack)));
    expect(found).toMatchObject([{ ok: false, error: 'length' }, { ok: true }]);
  });

  it('tells a wrong check at once', () => {
    const bytes = encodeFrame(ack);
    const decoder = frameDecoder({ as: 'acu' });
    expect(decoder.push(bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1))).toEqual([
      { ok: false, error: 'checksum', dropped: 8 },
    ]);
    expect(sealed(bytes.with(-1, 0), 'crc')).toEqual(bytes);
  });

  it('refuses a block that does not fit its frame', () => {
    const found = (blockBytes: number) =>
      framesIn(sealed(hex('53 05 0A 00 0C 02 11 60 00 00').with(5, blockBytes), 'crc')).length;
    expect([0, 1, 2, 3, 200].map(found)).toEqual([0, 0, 1, 0, 0]);
  });
});
