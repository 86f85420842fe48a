import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IdentityDocument, ResidentCard } from '../../document.ts';
import { required } from '../required.ts';
import { decodeCardData, encodeCardData } from './card-data.ts';
import { foreignerSample, permitSample, residentSample } from './samples-helper.ts';
import { decodeTextBlock, encodeTextBlock } from './text-block.ts';

/** The block of 张三 with a text put over a field, as UTF-16 with its low byte first. */
function blockWith(at: number, text: string, base: IdentityDocument = residentSample): Uint8Array {
  const block = encodeTextBlock(base);
  for (let index = 0; index < text.length; index += 1) {
    block[at + index * 2] = text.charCodeAt(index) & 0xff;
    block[at + index * 2 + 1] = text.charCodeAt(index) >> 8;
  }
  return block;
}

const fieldsOf = (block: Uint8Array) => required(decodeTextBlock(block)) as ResidentCard;

describe('the text block of a card', () => {
  it('holds the fields of a resident at their bytes', () => {
    // Written by hand, byte by byte where it matters, so that a wrong offset can't be made up for by the encoder.
    const block = new Uint8Array(256);
    for (let at = 0; at < 256; at += 2) block[at] = 0x20;
    block.set([0x20, 0x5f, 0x09, 0x4e], 0); // 张三
    block.set([0x31, 0x00], 30);
    block.set([0x30, 0x00, 0x31, 0x00], 32);
    const digits = (at: number, text: string) => {
      for (const [index, unit] of [...text].entries()) block[at + index * 2] = unit.charCodeAt(0);
    };
    digits(36, '19491231');
    block.set([0x17, 0x53, 0xac, 0x4e], 52); // 北京
    digits(122, '11010519491231002X');
    block.set([0x17, 0x53, 0xac, 0x4e], 158);
    digits(188, '20100101');
    block.set([0x7f, 0x95, 0x1f, 0x67], 204); // 长期
    expect(decodeTextBlock(block)).toEqual({
      ...residentSample,
      address: '北京',
      issuer: '北京',
    });
  });

  it.each([residentSample, foreignerSample])('of a $kind is read as it was written', (card) => {
    expect(decodeTextBlock(encodeTextBlock(card))).toEqual(card);
  });

  it('is branched on byte 248', () => {
    const block = encodeTextBlock(residentSample);
    expect(fieldsOf(block.with(248, 0x20)).kind).toBe('resident-card');
    expect(fieldsOf(block.with(248, 0)).kind).toBe('resident-card');
    expect(fieldsOf(block.with(248, 0x49)).kind).toBe('foreigner-card');
  });

  it('of type J or Y is named, and none of its fields guessed', () => {
    expect(decodeTextBlock(encodeTextBlock(permitSample))).toEqual(permitSample);
    expect(decodeTextBlock(blockWith(248, 'J'))).toEqual({ kind: 'residence-permit', type: 'J' });
    expect(decodeTextBlock(blockWith(248, 'Y'))).toEqual({ kind: 'foreigner-card-2023', type: 'Y' });
    expect(decodeTextBlock(blockWith(248, 'Q'))).toEqual({ kind: 'unknown-card', type: 'Q' });
    expect(decodeTextBlock(blockWith(248, '\x07'))).toEqual({ kind: 'unknown-card', type: '' });
  });

  it('keeps a number as read, small letter and wrong digit and all', () => {
    expect(fieldsOf(blockWith(122, '11010519491231002x')).number).toBe('11010519491231002x');
    expect(fieldsOf(blockWith(122, '110105194912310021')).number).toBe('110105194912310021');
  });

  it.each(['20230229', '20231301', '2023010', '00000000', 'ABCDEFGH', '长期'])(
    'has no date of birth in %s',
    (text) => {
      const card = fieldsOf(blockWith(36, text.padEnd(8)));
      expect(card).not.toHaveProperty('birth');
      expect(card.name).toBe('张三');
    },
  );

  it('takes the 29th of February of a leap year, and an end that has one', () => {
    expect(fieldsOf(blockWith(36, '20240229')).birth).toBe('2024-02-29');
    expect(fieldsOf(blockWith(204, '20300101')).validUntil).toBe('2030-01-01');
    expect(fieldsOf(blockWith(204, '长期    ', foreignerSample))).not.toHaveProperty('validUntil');
  });

  it('leaves out what is blank, or no text', () => {
    expect(fieldsOf(blockWith(0, ' '.repeat(15)))).not.toHaveProperty('name');
    expect(fieldsOf(blockWith(30, '9'))).not.toHaveProperty('sex');
    expect(fieldsOf(blockWith(0, '张\u202e三'))).not.toHaveProperty('name');
    expect(fieldsOf(blockWith(0, '张\ud840'))).not.toHaveProperty('name');
    expect(fieldsOf(blockWith(0, '张\0三'))).not.toHaveProperty('name');
  });

  it('reads rare characters: beyond 16 bits, and for private use', () => {
    expect(fieldsOf(blockWith(0, '\u{20bb7}\ue863')).name).toBe('\u{20bb7}\ue863');
  });

  it('takes any bytes without throwing, and nothing but 256 of them', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 256, maxLength: 256 }),
        fc.constantFrom(0x20, 0x49, 0),
        (block, type) => {
          const card = required(decodeTextBlock(block.with(248, type).with(249, 0)));
          for (const value of Object.values(card)) expect(value).toMatch(/^[^\p{Cc}\p{Cs}]+$/u);
        },
      ),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (block) => {
        if (block.length !== 256) expect(decodeTextBlock(block)).toBeUndefined();
      }),
    );
  });

  it('has no room for what is too long', () => {
    expect(() => encodeTextBlock({ ...residentSample, name: '张'.repeat(16) })).toThrow(RangeError);
  });
});

describe('the data of a read reply', () => {
  const block = encodeTextBlock(residentSample);

  it('holds the text block, and a photo that is dropped', () => {
    const data = encodeCardData(block);
    expect(data.length).toBe(2 + 2 + 256 + 1024);
    expect(decodeCardData(data.fill(0xee, 4 + 256))).toEqual(block);
    expect(() => encodeCardData(block.subarray(1))).toThrow(RangeError);
  });

  it('of any other length, said or real, is none', () => {
    const data = encodeCardData(block);
    for (let at = 0; at < 4; at += 1)
      expect(decodeCardData(data.with(at, (data[at] ?? 0) ^ 1))).toBeUndefined();
    expect(decodeCardData(data.subarray(0, -1))).toBeUndefined();
    expect(decodeCardData(Uint8Array.of(...data, 0))).toBeUndefined();
    fc.assert(fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => decodeCardData(bytes) === undefined));
  });
});
