import { describe, expect, it } from 'vitest';
import { encodeCommand } from '../../codec/osdp/command.ts';
import { encodeFrame, type ReceivedFrame } from '../../codec/osdp/frame.ts';
import { frameDecoder } from '../../codec/osdp/frame-decoder.ts';
import { decodeReply } from '../../codec/osdp/reply.ts';
import { manualClock, settle } from '../manual-clock.ts';
import { simOsdpBus } from './bus.ts';
import { misbehave, newPd, type PdOptions, readCard } from './pd-state.ts';

const poll = (address: number, sequence = 0) =>
  encodeFrame({ address, reply: false, sequence, check: 'crc', ...encodeCommand({ kind: 'poll' }) });
const id = (address: number) =>
  encodeFrame({ address, reply: false, sequence: 0, check: 'crc', ...encodeCommand({ kind: 'id' }) });

async function bench(pds: PdOptions[], baudRate?: number) {
  const clock = manualClock();
  const bus = simOsdpBus({ clock, random: () => 0.5 }, pds.map(newPd));
  const link = await bus.open(baudRate);
  const decoder = frameDecoder({ as: 'acu' });
  const heard: { at: number; frame: ReceivedFrame }[] = [];
  let damaged = 0;
  link.onData((bytes) => {
    for (const item of decoder.push(bytes)) {
      if (item.ok) heard.push({ at: clock.monotonic(), frame: item.frame });
      else damaged += 1;
    }
  });
  return {
    clock,
    bus,
    link,
    heard,
    kinds: () => heard.map(({ frame }) => `${frame.address} ${decodeReply(frame.id, frame.data).kind}`),
    damaged: () => damaged + decoder.idle().length,
    async write(bytes: Uint8Array, ms = 1_000) {
      await link.write(bytes);
      await settle();
      await clock.advanceAsync(ms);
    },
  };
}

describe('a simulated OSDP bus', () => {
  it('has each PD answer for itself', async () => {
    const { write, kinds } = await bench([{ address: 1 }, { address: 2 }]);
    await write(poll(1));
    await write(poll(2));
    await write(poll(3));
    expect(kinds()).toEqual(['1 ack', '2 ack']);
  });

  it('takes ten bits a byte at the stated rate, both ways', async () => {
    const slow = await bench([{ address: 1, turnaroundMs: 5 }], 9_600);
    await slow.write(poll(1));
    // 8 bytes there, and 9 with their mark back.
    expect(slow.heard[0]?.at).toBeCloseTo((17 * 10 * 1_000) / 9_600 + 5, 6);
    const free = await bench([{ address: 1, turnaroundMs: 0 }]);
    await free.write(poll(1), 0);
    expect(free.heard[0]?.at).toBe(0);
  });

  it('sends what the host writes one after the other', async () => {
    const { link, clock, kinds, damaged } = await bench([{ address: 1, turnaroundMs: 60 }], 9_600);
    await link.write(poll(9));
    await link.write(poll(1));
    await settle();
    await clock.advanceAsync(1_000);
    expect(kinds()).toEqual(['1 ack']);
    expect(damaged()).toBe(0);
  });

  it('is free again with the last byte that arrived, also where timers come early', async () => {
    const whole = manualClock();
    // As those of Node do, that know no parts of a millisecond.
    const clock = { ...whole, after: (ms: number, run: () => void) => whole.after(Math.floor(ms), run) };
    const bus = simOsdpBus({ clock, random: () => 0.5 }, [
      newPd({ address: 1, turnaroundMs: 5, baudRate: 115_200 }),
    ]);
    const link = await bus.open(115_200);
    let answers = 0;
    link.onData(() => {
      answers += 1;
      if (answers < 10) void link.write(poll(1));
    });
    await link.write(poll(1));
    await whole.advanceAsync(1_000);
    expect(answers).toBe(10);
  });

  it('forgets half a frame when its other half stays away', async () => {
    const { write, kinds } = await bench([{ address: 1 }], 9_600);
    // It says that 200 bytes follow.
    await write(Uint8Array.of(0x53, 1, 200, 0, 4));
    await write(poll(1));
    expect(kinds()).toEqual(['1 ack']);
  });

  it('hears nothing at another rate, and moves with COMSET', async () => {
    const { bus, link, write, kinds, clock } = await bench([{ address: 1, baudRate: 9_600 }], 9_600);
    const comset = encodeCommand({ kind: 'comset', address: 1, baudRate: 115_200 });
    await write(encodeFrame({ address: 1, reply: false, sequence: 0, check: 'crc', ...comset }));
    await write(poll(1, 1));
    expect(kinds()).toEqual(['1 com']);
    await link.close();
    const fast = await bus.open(115_200);
    const bytes: number[] = [];
    fast.onData((chunk) => bytes.push(...chunk));
    await fast.write(poll(1, 1));
    await settle();
    await clock.advanceAsync(100);
    expect(bytes.length).toBe(9);
  });

  it('spoils a late answer that another frame runs into, and that frame too', async () => {
    const { bus, write, kinds, damaged } = await bench([{ address: 1 }, { address: 2 }], 9_600);
    bus.change(0, (pd) => misbehave(pd, { lateMs: 200 }));
    // The answer begins 209.3 ms after the command was begun, and takes 9.4 ms.
    await write(poll(1), 210);
    await write(poll(2));
    expect(kinds()).toEqual([]);
    expect(damaged()).toBeGreaterThan(0);
    bus.change(0, (pd) => misbehave(pd, { lateMs: 0 }));
    await write(poll(2));
    await write(poll(1));
    expect(kinds()).toEqual(['2 ack', '1 ack']);
  });

  it('makes one of two PDs at one address that say the same, and rubbish of two that do not', async () => {
    const two = [{ address: 1 }, { address: 1, identity: { ...newPd().identity, serial: 0x0f0f0f0f } }];
    const { write, kinds, damaged } = await bench(two, 9_600);
    await write(poll(1));
    expect(kinds()).toEqual(['1 ack']);
    await write(id(1));
    expect(kinds()).toEqual(['1 ack']);
    expect(damaged()).toBeGreaterThan(0);
  });

  it('has the manners of every simulated line besides', async () => {
    const { bus, link, write, kinds, heard } = await bench([{ address: 1 }]);
    bus.misbehave({ splitInto: 1, noiseBytes: 3, lateMs: 40 });
    await write(poll(1));
    expect(kinds()).toEqual(['1 ack']);
    expect(heard[0]?.at).toBeGreaterThanOrEqual(40);
    bus.misbehave({ splitInto: 0, noiseBytes: 0, lateMs: 0, badChecksum: true });
    await write(poll(1));
    expect(kinds()).toEqual(['1 ack']);
    const lost: unknown[] = [];
    link.onClose((fault) => lost.push(fault));
    bus.misbehave({ unplugged: true });
    expect(lost).toMatchObject([{ code: 'unplugged' }]);
    await expect(bus.open()).rejects.toMatchObject({ code: 'not-found' });
  });

  it('gives a card that was read while nobody asked', async () => {
    const { bus, write, heard } = await bench([{ address: 1 }]);
    bus.change(0, (pd) => readCard(pd, 26, Uint8Array.of(0x2c, 0xe5, 0xf0, 0x40)));
    await write(poll(1));
    expect(decodeReply(heard[0]?.frame.id ?? 0, heard[0]?.frame.data ?? new Uint8Array())).toMatchObject({
      kind: 'raw',
      bitCount: 26,
    });
    expect(bus.pds()[0]?.events).toEqual([]);
  });
});
