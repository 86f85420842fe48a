import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, decodeCommand, encodeCommand, outputActions } from './command.ts';
import { fileStatuses } from './file-transfer.ts';
import { readCapabilities } from './identity.ts';
import { ledColours } from './indication.ts';
import { exposeKey, osdpKey } from './key.ts';
import { decodeReply, encodeReply, nak, nakReasons, type Reply, readerStates } from './reply.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

const byte = fc.nat(255);
const tenth = (max: number) => fc.nat(max).map((count) => count * 100);
const bytes = (minLength: number, maxLength = minLength) => fc.uint8Array({ minLength, maxLength });
const u16 = fc.nat(0xffff);
const u24 = fc.nat(0xffffff);
const u32 = fc.nat(0xffffffff);
const bare = <K extends string>(...kinds: K[]) => fc.constantFrom(...kinds).map((kind) => ({ kind }));
const colour = fc.constantFrom(...ledColours);
const pattern = { onMs: tenth(255), offMs: tenth(255), on: colour, off: colour };

const commands: fc.Arbitrary<Command> = fc.oneof(
  bare('poll', 'id', 'cap', 'lstat', 'istat', 'ostat', 'rstat', 'abort') as fc.Arbitrary<Command>,
  fc.record({
    kind: fc.constant('out' as const),
    outputs: fc.array(
      fc.record({ output: byte, action: fc.constantFrom(...outputActions), timerMs: tenth(0xffff) }),
      { minLength: 1, maxLength: 8 },
    ),
  }),
  fc.record({
    kind: fc.constant('led' as const),
    lights: fc.array(
      fc.record(
        {
          reader: byte,
          led: byte,
          temporary: fc.oneof(
            fc.constant('cancel' as const),
            fc.record({ ...pattern, timerMs: tenth(0xffff) }),
          ),
          permanent: fc.record(pattern),
        },
        { requiredKeys: ['reader', 'led'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    kind: fc.constant('buz' as const),
    reader: byte,
    tone: fc.constantFrom('off' as const, 'default' as const),
    onMs: tenth(255),
    offMs: tenth(255),
    times: byte,
  }),
  fc.record(
    {
      kind: fc.constant('text' as const),
      reader: byte,
      wrap: fc.boolean(),
      temporaryMs: byte.map((seconds) => seconds * 1000),
      row: byte,
      column: byte,
      text: fc.stringMatching(/^[ -~]{0,40}$/),
    },
    { requiredKeys: ['kind', 'reader', 'wrap', 'row', 'column', 'text'] },
  ),
  fc.record({ kind: fc.constant('comset' as const), address: byte, baudRate: u32 }),
  fc.record({ kind: fc.constant('chlng' as const), random: bytes(8) }),
  fc.record({ kind: fc.constant('scrypt' as const), cryptogram: bytes(16) }),
  fc.record({ kind: fc.constant('acurxsize' as const), maxBytes: u16 }),
  fc.record({ kind: fc.constant('keepactive' as const), ms: u16 }),
  fc.record({ kind: fc.constant('mfg' as const), vendor: u24, data: bytes(0, 60) }),
  fc
    .record({ type: byte, offset: fc.nat(1_000_000), fragment: bytes(0, 60), more: fc.nat(1_000_000) })
    .map(({ more, ...rest }) => ({
      kind: 'filetransfer' as const,
      total: rest.offset + rest.fragment.length + more,
      ...rest,
    })),
);

const replies: fc.Arbitrary<Reply> = fc.oneof(
  bare('ack', 'busy', 'fmt') as fc.Arbitrary<Reply>,
  fc.constantFrom(...nakReasons).map(nak),
  fc.record({
    kind: fc.constant('pdid' as const),
    vendor: u24,
    model: byte,
    version: byte,
    serial: u32,
    firmware: fc.record({ major: byte, minor: byte, build: byte }),
  }),
  fc.record({
    kind: fc.constant('pdcap' as const),
    capabilities: fc.array(fc.record({ code: byte, compliance: byte, count: byte }), { minLength: 1 }),
  }),
  fc.record({ kind: fc.constant('lstatr' as const), tamper: fc.boolean(), powerFault: fc.boolean() }),
  fc.record({ kind: fc.constant('istatr' as const), active: fc.array(fc.boolean()) }),
  fc.record({ kind: fc.constant('ostatr' as const), on: fc.array(fc.boolean()) }),
  fc.record({ kind: fc.constant('rstatr' as const), readers: fc.array(fc.constantFrom(...readerStates)) }),
  fc.integer({ min: 1, max: 600 }).chain((bitCount) =>
    fc.record({
      kind: fc.constant('raw' as const),
      reader: byte,
      format: fc.constantFrom('unspecified' as const, 'wiegand' as const),
      bitCount: fc.constant(bitCount),
      bytes: bytes(Math.ceil(bitCount / 8)),
    }),
  ),
  fc.record({
    kind: fc.constant('keypad' as const),
    reader: byte,
    keys: fc.stringMatching(/^[0-9*#]{1,20}$/),
  }),
  fc.record({ kind: fc.constant('com' as const), address: byte, baudRate: u32 }),
  fc.record({
    kind: fc.constant('ccrypt' as const),
    clientId: bytes(8),
    random: bytes(8),
    cryptogram: bytes(16),
  }),
  fc.record({ kind: fc.constant('rmac_i' as const), mac: bytes(16) }),
  fc.record({
    kind: fc.constant('ftstat' as const),
    status: fc.constantFrom(...(Object.keys(fileStatuses) as (keyof typeof fileStatuses)[])),
    interleave: fc.boolean(),
    leaveSecureChannel: fc.boolean(),
    pollResponse: fc.boolean(),
    delayMs: u16,
    maxMessage: u16,
  }),
  fc.record({
    kind: fc.constantFrom('mfgrep' as const, 'mfgerrr' as const),
    vendor: u24,
    data: bytes(0, 60),
  }),
);

describe('commands', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(commands, (command) => {
        const { id, data } = encodeCommand(command);
        expect(decodeCommand(id, data)).toEqual(command);
      }),
      { numRuns: 500 },
    );
  });

  it('have the bytes that an independent ACU sends', () => {
    const green = { onMs: 100, offMs: 0, on: 'green', off: 'green' } as const;
    const samples: [Command, string][] = [
      [{ kind: 'id' }, '61 00'],
      [{ kind: 'cap' }, '62 00'],
      [
        { kind: 'led', lights: [{ reader: 0, led: 0, permanent: green }] },
        '69 00 00 00 00 00 00 00 00 00 01 01 00 02 02',
      ],
      [{ kind: 'buz', reader: 0, tone: 'default', onMs: 200, offMs: 200, times: 2 }, '6A 00 02 02 02 02'],
      [{ kind: 'out', outputs: [{ output: 0, action: 'timed-on', timerMs: 3_000 }] }, '68 00 05 1E 00'],
      [
        { kind: 'text', reader: 0, wrap: false, row: 1, column: 1, text: 'HELLO' },
        '6B 00 01 00 01 01 05 48 45 4C 4C 4F',
      ],
    ];
    for (const [command, expected] of samples) {
      const { id, data } = encodeCommand(command);
      expect(Uint8Array.of(id, ...data)).toEqual(hex(expected));
      expect(decodeCommand(id, data)).toEqual(command);
    }
  });

  it('carry a key that no print shows', () => {
    const key = osdpKey(hex('A5'.repeat(16)));
    const { id, data } = encodeCommand({ kind: 'keyset', key });
    expect(Uint8Array.of(id, ...data)).toEqual(hex(`75 01 10 ${'A5'.repeat(16)}`));
    const back = decodeCommand(id, data);
    expect(back.kind === 'keyset' && exposeKey(back.key)).toEqual(hex('A5'.repeat(16)));
    for (const text of [JSON.stringify(back), `${back}`, JSON.stringify({ key }), `${key}`]) {
      expect(text.toLowerCase()).not.toMatch(/a5|165/);
    }
    expect(() => osdpKey(hex('A5'))).toThrow(/^an OSDP key has 16 bytes, not 1$/);
  });

  it('refuse to be cut off', () => {
    expect(() => encodeCommand({ kind: 'acurxsize', maxBytes: 0x10000 })).toThrow(RangeError);
    expect(() => encodeCommand({ kind: 'keepactive', ms: -1 })).toThrow(RangeError);
    expect(() =>
      encodeCommand({ kind: 'buz', reader: 0, tone: 'off', onMs: 25_600, offMs: 0, times: 0 }),
    ).toThrow(RangeError);
    expect(() =>
      encodeCommand({ kind: 'text', reader: 0, wrap: false, row: 1, column: 1, text: '欢迎' }),
    ).toThrow(RangeError);
  });
});

describe('replies', () => {
  it('come out as they went in', () => {
    fc.assert(
      fc.property(replies, (reply) => {
        const { id, data } = encodeReply(reply);
        expect(decodeReply(id, data)).toEqual(reply);
      }),
      { numRuns: 500 },
    );
  });

  it('tell a card of any length, and a card cut short as malformed', () => {
    expect(decodeReply(0x50, hex('00 01 1A 00 2C E5 F0 40'))).toEqual({
      kind: 'raw',
      reader: 0,
      format: 'wiegand',
      bitCount: 26,
      bytes: hex('2C E5 F0 40'),
    });
    expect(decodeReply(0x50, hex('00 01 1A 00 2C E5 F0'))).toEqual({
      kind: 'malformed',
      id: 0x50,
      fault: 'length',
    });
  });

  it('tell the reason of a refusal, also of one that came later than the standard', () => {
    expect(decodeReply(0x41, hex('06'))).toEqual(nak('secure-channel-conditions'));
    expect(decodeReply(0x41, hex('09 01 02'))).toMatchObject({ reason: 'record' });
    expect(decodeReply(0x41, hex('FE'))).toEqual({ kind: 'nak', code: 0xfe, reason: 'other' });
  });

  it('tell special keys', () => {
    expect(decodeReply(0x53, hex('00 03 31 7F 0D'))).toEqual({ kind: 'keypad', reader: 0, keys: '1*#' });
  });

  it('take a negative status of a file for its end', () => {
    expect(decodeReply(0x7a, hex('01 00 00 FD FF 00 00'))).toMatchObject({ status: 'malformed' });
    expect(decodeReply(0x7a, hex('01 00 00 F0 FF 00 00'))).toMatchObject({ status: 'aborted' });
    expect(decodeReply(0x7a, hex('01 00 00 40 00 00 00'))).toMatchObject({ fault: 'value' });
  });

  it('say what a PD can do', () => {
    const caps = decodeReply(
      0x46,
      hex('010802 020108 030100 040401 050201 060101 080100 090100 0A0001 0D0001 100200'),
    );
    if (caps.kind !== 'pdcap') throw new Error('expected capabilities');
    expect(readCapabilities(caps)).toEqual({
      crc: true,
      secureChannel: true,
      inputs: 2,
      outputs: 8,
      leds: 1,
      buzzer: true,
      textDisplays: 1,
      readers: 1,
      receiveBuffer: 256,
      largestMessage: undefined,
    });
  });
});

describe('any payload', () => {
  it('is a value or malformed, and never a throw', () => {
    fc.assert(
      fc.property(byte, bytes(0, 40), (id, data) => {
        for (const read of [decodeCommand(id, data), decodeReply(id, data)]) {
          if (read.kind === 'malformed') expect(read.id).toBe(id);
        }
      }),
      { numRuns: 3_000 },
    );
    expect(decodeCommand(0x63, new Uint8Array())).toEqual({ kind: 'malformed', id: 0x63, fault: 'unknown' });
    expect(decodeReply(0x42, new Uint8Array())).toEqual({ kind: 'malformed', id: 0x42, fault: 'unknown' });
  });
});
