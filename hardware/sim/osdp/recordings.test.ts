/** The simulated PD in the place of a recorded one: asked the same, it says the same, byte for byte. */
import { describe, expect, it } from 'vitest';
import { osdpKey } from '../../codec/osdp/key.ts';
import { hex, recording, reportedBy } from '../../codec/osdp/recordings-helper.ts';
import { parseFrame } from './acu-helper.ts';
import { hear } from './pd.ts';
import { newPd, type Pd, type PdOptions } from './pd-state.ts';

const recorded: PdOptions = {
  address: 5,
  identity: {
    vendor: 0x317a69,
    model: 0x99,
    version: 1,
    serial: 0x01020304,
    firmware: { major: 10, minor: 11, build: 12 },
  },
  clientId: hex('697a990004030201'),
  capabilities: [
    [1, 1, 8],
    [2, 1, 8],
    [3, 1, 0],
    [4, 4, 1],
    [5, 2, 1],
    [6, 1, 1],
    [8, 1, 0],
    [9, 1, 0],
    [10, 0, 1],
    [13, 0, 1],
    [16, 2, 0],
  ].map(([code = 0, compliance = 0, count = 0]) => ({ code, compliance, count })),
  inputs: 8,
  outputs: 8,
  outAnswer: 'ack',
  faults: { clearReports: true },
};
const key = osdpKey(hex('000102030405060708090a0b0c0d0e0f'));
const ccrypt = 0x76;
const poll = 0x60;

/** Mark, header, block, id, client id and random number: a CCRYPT up to its cryptogram, in hexadecimal digits. */
const beforeCryptogram = 2 * (1 + 5 + 3 + 1 + 8 + 8);

/** @param unknownKeys the first so many cryptograms were made by a key that we don't have. */
function asRecorded(start: Pd, name: Parameters<typeof recording>[0], unknownKeys = 0): Pd {
  const lines = recording(name);
  let pd = start;
  let unknown = unknownKeys;
  for (const [at, { tx }] of lines.entries()) {
    if (!tx) continue;
    const command = parseFrame(hex(tx), 'pd');
    const wanted = lines[at + 1]?.rx ?? '';
    const reply = parseFrame(hex(wanted), 'acu');
    if (!command || !reply) throw new Error('expected frames');
    const event = command.id === poll ? lines[at + 2]?.event : undefined;
    if (event) pd = { ...pd, events: [reportedBy(event)] };
    const randomB = reply.id === ccrypt ? reply.data.slice(8, 16) : new Uint8Array(8);
    const heard = hear(pd, command, at, randomB);
    const known = reply.id === ccrypt && unknown > 0 ? beforeCryptogram : wanted.length;
    if (known < wanted.length) unknown -= 1;
    const said = Buffer.from(heard.answer?.bytes ?? []).toString('hex');
    expect(said.slice(0, known)).toBe(wanted.slice(0, known));
    pd = heard.pd;
  }
  return pd;
}

describe('the simulated PD', () => {
  it('answers as the recorded one in the clear', () => {
    asRecorded(newPd(recorded), 'plain');
  });

  it('answers as the recorded one in the secure channel, and through a new key', () => {
    const pd = asRecorded(newPd({ ...recorded, key }), 'scbk');
    expect(pd.key?.equals(osdpKey(new Uint8Array(16).fill(0xa5)))).toBe(true);
  });

  it('answers as the recorded one that is being installed', () => {
    // Asked for a key of its own, it used one that nobody noted.
    const pd = asRecorded(newPd(recorded), 'scbkd-provision', 1);
    expect(pd.key?.equals(key)).toBe(true);
  });
});
