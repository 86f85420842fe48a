/** What holds for OSDP frames on any line, however bad. The seeds are fixed: a check of 8 or 16 bits can be met by chance. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCommand } from './command.ts';
import { encodeFrame, type Frame, marked, maxFrameBytes } from './frame.ts';
import { frameDecoder } from './frame-decoder.ts';
import { defaultKey } from './key.ts';
import { decodeReply } from './reply.ts';
import { unwrap } from './secure-session.ts';
import { sessionKeys } from './session-keys.ts';

const anyFrame: fc.Arbitrary<Frame> = fc
  .record({
    address: fc.nat(0x7f),
    reply: fc.boolean(),
    sequence: fc.nat(3),
    check: fc.constantFrom('crc' as const, 'checksum' as const),
    block: fc.option(
      fc.record({
        type: fc.integer({ min: 0x11, max: 0x18 }),
        data: fc.uint8Array({ minLength: 1, maxLength: 1 }),
      }),
      { nil: undefined },
    ),
    id: fc.nat(255),
    data: fc.uint8Array({ maxLength: 60 }),
  })
  .map(({ block, ...frame }) => (block ? { ...frame, block } : frame));

const mac = (signed: Uint8Array) => signed.slice(0, 4);
const noise = fc.array(fc.oneof(fc.nat(255), fc.constantFrom(0x53, 0xff, 0x00, 0x85, 0x08)), {
  maxLength: 40,
});

/** A small generator with a seed: fast enough for frames by the hundred thousand. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('OSDP frames', () => {
  it('come out as they went in, whatever stands between them, once the line is silent', () => {
    const rows = fc.array(fc.record({ before: noise, frame: anyFrame, mark: fc.boolean() }), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(rows, (list) => {
        const decoder = frameDecoder({ as: 'monitor' });
        for (const { before, frame, mark } of list) {
          decoder.push(Uint8Array.from(before));
          decoder.idle();
          const bytes = encodeFrame(frame, mac);
          expect(decoder.push(mark ? marked(bytes) : bytes)).toMatchObject([
            { ok: true, frame: { ...frame, bytes } },
          ]);
          expect(decoder.pending).toBe(0);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('are found behind noise and behind frames cut short, without a silence between', () => {
    const crcFrame = anyFrame.map((frame): Frame => ({ ...frame, check: 'crc' }));
    const before = fc.oneof(
      noise,
      fc.tuple(crcFrame, fc.nat(20)).map(([frame, cut]) => [...encodeFrame(frame, mac).slice(0, -1 - cut)]),
    );
    fc.assert(
      fc.property(before, crcFrame, (front, frame) => {
        const decoder = frameDecoder({ as: 'monitor' });
        const bytes = encodeFrame(frame, mac);
        const found = [...decoder.push(Uint8Array.from([...front, ...bytes])), ...decoder.idle()];
        expect(found.at(-1)).toMatchObject({ ok: true, frame: { bytes } });
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('a million, random and bent: never a throw, never more held than one frame', {
    timeout: 120_000,
  }, () => {
    const next = random(2_026);
    const keys = sessionKeys(defaultKey, new Uint8Array(8));
    const session = { keys, commandMac: new Uint8Array(16), replyMac: new Uint8Array(16) };
    const decoder = frameDecoder({ as: 'monitor' });
    const kinds = [undefined, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18];
    let good = 0;
    let bent = 0;
    let most = 0;
    for (let turn = 0; turn < 1_000_000; turn += 1) {
      const block = kinds[next(kinds.length)];
      const data = Uint8Array.from({ length: next(24) }, () => next(256));
      const bytes = encodeFrame(
        {
          address: next(0x80),
          reply: next(2) === 1,
          sequence: next(4),
          check: next(2) === 1 ? 'crc' : 'checksum',
          ...(block ? { block: { type: block, data: new Uint8Array(block < 0x15 ? 1 : 0) } } : {}),
          id: next(256),
          data,
        },
        mac,
      );
      if (next(3) > 0) bytes[next(bytes.length)] = next(256);
      for (const item of decoder.push(bytes.subarray(0, bytes.length - (next(20) === 0 ? 3 : 0)))) {
        if (!item.ok) {
          bent += 1;
          continue;
        }
        good += 1;
        const { frame } = item;
        if (frame.reply) decodeReply(frame.id, frame.data);
        else decodeCommand(frame.id, frame.data);
        if (frame.mac && turn % 10 === 0) unwrap(session, frame);
      }
      most = Math.max(most, decoder.pending);
      if (turn % 50 === 0) decoder.idle();
    }
    expect(most).toBeLessThanOrEqual(maxFrameBytes);
    expect(good).toBeGreaterThan(100_000);
    expect(bent).toBeGreaterThan(100_000);
  });
});
