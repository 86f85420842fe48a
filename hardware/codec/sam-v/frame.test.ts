import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCardData } from './card-data.ts';
import {
  commandDecoder,
  encodeCommand,
  encodeReply,
  longestReply,
  replyDecoder,
  type SamReply,
} from './frame.ts';
import { answers, samQuestions, samStatus } from './question.ts';
import { fromHex, residentSample } from './samples-helper.ts';
import { encodeTextBlock } from './text-block.ts';

const preamble = 'AA AA AA 96 69';
const zeros = (count: number) => new Uint8Array(count);
const anyReply = fc.record({
  status: fc.nat(0xffffff).map((code) => code.toString(16).toUpperCase().padStart(6, '0')),
  data: fc.uint8Array({ maxLength: 80 }),
});
const repliesIn = (bytes: Uint8Array): SamReply[] =>
  replyDecoder()
    .push(bytes)
    .flatMap((item) => (item.ok ? [item.frame] : []));

describe('SAM_V frames', () => {
  it.each([
    ['status', '00 03 11 FF ED'],
    ['find', '00 03 20 01 22'],
    ['select', '00 03 20 02 21'],
    ['read', '00 03 30 01 32'],
  ] as const)('ask for %s as the tables print it', (step, hex) => {
    const bytes = fromHex(`${preamble} ${hex}`);
    expect(encodeCommand(samQuestions[step].code)).toEqual(bytes);
    expect(commandDecoder().push(bytes)).toEqual([{ ok: true, frame: { code: samQuestions[step].code } }]);
  });

  it.each([
    [samStatus.done, 0, '00 04 00 00 90 94'],
    [samStatus.found, 4, '00 08 00 00 9F 00 00 00 00 97'],
    [samStatus.noCard, 0, '00 04 00 00 80 84'],
    [samStatus.done, 8, '00 0C 00 00 90 00 00 00 00 00 00 00 00 9C'],
    [samStatus.notSelected, 0, '00 04 00 00 81 85'],
    [samStatus.unreadable, 0, '00 04 00 00 41 45'],
  ] as const)('answer %s with %i bytes as the tables print it', (status, count, hex) => {
    const bytes = fromHex(`${preamble} ${hex}`);
    const frame = { status, data: zeros(count) };
    expect(encodeReply(frame)).toEqual(bytes);
    expect(replyDecoder().push(bytes)).toEqual([{ ok: true, frame }]);
  });

  it('hear a command that carries data', () => {
    expect(commandDecoder().push(fromHex(`${preamble} 00 04 61 FF 50 CA`))).toEqual([
      { ok: true, frame: { code: 0x61ff } },
    ]);
  });

  it('bring a card in 1295 bytes, of which 1288 are counted', () => {
    const data = encodeCardData(encodeTextBlock(residentSample));
    const bytes = encodeReply({ status: samStatus.done, data });
    expect(bytes.length).toBe(1295);
    expect([...bytes.subarray(5, 14)]).toEqual([0x05, 0x08, 0, 0, 0x90, 0x01, 0x00, 0x04, 0x00]);
    const decoder = replyDecoder();
    for (const byte of bytes.subarray(0, -1)) expect(decoder.push(Uint8Array.of(byte))).toEqual([]);
    expect(decoder.push(bytes.subarray(-1))).toEqual([{ ok: true, frame: { status: '000090', data } }]);
    expect(decoder.pending).toBe(0);
  });

  it('take the longest reply, and no length beyond it', () => {
    const longest = encodeReply({ status: '000090', data: zeros(longestReply - 11) });
    expect(longest.length).toBe(longestReply);
    expect(repliesIn(longest).length).toBe(1);
    expect(() => encodeReply({ status: '000090', data: zeros(longestReply - 10) })).toThrow(RangeError);
    expect(() => encodeReply({ status: '90', data: zeros(0) })).toThrow(RangeError);
    // 2315 counted would be one byte more than any module sends.
    expect(replyDecoder().push(fromHex(`${preamble} 09 0B`))).toEqual([
      { ok: false, error: 'length', dropped: 7 },
    ]);
    expect(replyDecoder().push(fromHex(`${preamble} 00 03`))).toEqual([
      { ok: false, error: 'length', dropped: 7 },
    ]);
  });

  it('tell a wrong check once, and find the next frame behind it', () => {
    const bad = fromHex(`${preamble} 00 04 00 00 90 95`);
    expect(
      replyDecoder().push(Uint8Array.of(...bad, ...encodeReply({ status: '000080', data: zeros(0) }))),
    ).toEqual([
      { ok: false, error: 'checksum', dropped: 11 },
      { ok: true, frame: { status: '000080', data: zeros(0) } },
    ]);
  });

  it('are found inside one whose length was damaged, once the line is silent', () => {
    const decoder = replyDecoder();
    decoder.push(fromHex(`${preamble} 08 04 00 00 90 94`));
    decoder.push(encodeReply({ status: '000080', data: zeros(0) }));
    expect(decoder.pending).toBe(22);
    expect(decoder.idle()).toEqual([
      { ok: false, error: 'framing', dropped: 11 },
      { ok: true, frame: { status: '000080', data: zeros(0) } },
    ]);
  });

  it('are all found in noise that holds no preamble, however cut', () => {
    const noise = fc
      .uint8Array({ maxLength: 20 })
      .map((bytes) => bytes.map((byte) => (byte === 0x69 ? 0 : byte)));
    fc.assert(
      fc.property(
        fc.array(fc.record({ noise, reply: anyReply }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 40 }),
        (rows, size) => {
          const bytes = Uint8Array.from(rows.flatMap((row) => [...row.noise, ...encodeReply(row.reply)]));
          const decoder = replyDecoder();
          const found: SamReply[] = [];
          for (let at = 0; at < bytes.length; at += size) {
            for (const item of decoder.push(bytes.subarray(at, at + size)))
              if (item.ok) found.push(item.frame);
          }
          expect(found).toEqual(rows.map(({ reply }) => reply));
        },
      ),
    );
  });

  it('with one byte damaged are never the same reply, nor another', () => {
    fc.assert(
      fc.property(anyReply, fc.nat(200), fc.integer({ min: 1, max: 255 }), (reply, place, flip) => {
        const good = encodeReply(reply);
        const at = place % good.length;
        const decoder = replyDecoder();
        const found = [...decoder.push(good.with(at, (good[at] ?? 0) ^ flip)), ...decoder.idle()];
        // An inner frame may stand in the data; the damaged one itself is gone.
        for (const item of found) if (item.ok) expect(item.frame.data.length).toBeLessThan(reply.data.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a reply', () => {
  const steps = Object.keys(samQuestions) as (keyof typeof samQuestions)[];
  const answered = (status: string, count: number) =>
    steps.filter((step) => answers({ status, data: zeros(count) }, samQuestions[step]));

  it('answers only what it can be meant for', () => {
    expect(answered(samStatus.done, 0)).toEqual(['status']);
    expect(answered(samStatus.found, 4)).toEqual(['find']);
    expect(answered(samStatus.noCard, 0)).toEqual(['find']);
    expect(answered(samStatus.done, 8)).toEqual(['select']);
    expect(answered(samStatus.notSelected, 0)).toEqual(['select']);
    expect(answered(samStatus.done, 1284)).toEqual(['read']);
    expect(answered(samStatus.done, 1100)).toEqual(['read']);
    expect(answered(samStatus.unreadable, 0)).toEqual(['read']);
  });

  it('of a status that nobody knows answers anything', () => {
    expect(answered('000033', 0)).toEqual(steps);
  });
});
