import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseSpill, Spill, SpillFull } from './spill.ts';
import { silent, swipe } from './testing.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'xiaomen-spill-'));
  file = join(dir, 'spill.jsonl');
});
afterEach(() => rmSync(dir, { recursive: true }));

const event = (n: number) => ({ ...swipe(n), at: n });
const maxBytes = 64 * 1024;
const open = (options = {}) => Spill.open({ file, log: silent, maxBytes, ...options });

/** As after a power cut: what is on the disk, without closing. */
async function filled(count: number): Promise<void> {
  const spill = await open();
  await Promise.all(Array.from({ length: count }, (_, n) => spill.append(event(n))));
  await spill.close();
}

describe('the spill file', () => {
  it('keeps records in order over a restart', async () => {
    await filled(5);
    const spill = await open();
    expect(spill.events).toEqual([0, 1, 2, 3, 4].map(event));
    await spill.append(event(5));
    expect(spill.size).toBe(6);
    await spill.close();
    expect(parseSpill(readFileSync(file)).events).toHaveLength(6);
  });

  it('reserves its place before it is needed and never grows', async () => {
    const spill = await open();
    expect(statSync(file).size).toBe(maxBytes);
    const all = await Promise.allSettled(Array.from({ length: 500 }, (_, n) => spill.append(event(n))));
    const kept = all.filter(({ status }) => status === 'fulfilled').length;
    expect(kept).toBe(spill.events.length);
    expect(kept).toBeGreaterThan(100);
    expect(all.at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(SpillFull) });
    await spill.close();
    expect(statSync(file).size).toBe(maxBytes);
    expect(parseSpill(readFileSync(file)).events).toHaveLength(kept);
  });

  it('holds a bounded number of records', async () => {
    const spill = await open({ maxEvents: 2 });
    await Promise.all([spill.append(event(0)), spill.append(event(1))]);
    await expect(spill.append(event(2))).rejects.toThrow(SpillFull);
    await spill.clear();
    await spill.append(event(3));
    expect(spill.events).toEqual([event(3)]);
    await spill.close();
  });

  it('forgets durably, and does not take old lines for new ones', async () => {
    const spill = await open();
    for (let n = 0; n < 5; n++) await spill.append(event(n));
    const former = spill.generation;
    await spill.clear();
    expect(spill.generation).not.toBe(former);
    expect(parseSpill(readFileSync(file))).toMatchObject({ events: [], torn: false });
    await spill.append(event(9));
    expect(parseSpill(readFileSync(file))).toMatchObject({ events: [event(9)], torn: false });
    await spill.close();
  });

  it('gives up a torn last line only, says so, and writes over it', async () => {
    await filled(3);
    const whole = readFileSync(file);
    const end = parseSpill(whole).end;
    const lastLine = whole.lastIndexOf(10, end - 2) + 1;
    const warnings: unknown[] = [];
    writeFileSync(file, whole.fill(0, lastLine + 40));
    const log = { ...silent, warn: (...args: unknown[]) => void warnings.push(args) };
    const spill = await open({ log });
    expect(spill.events).toEqual([0, 1].map(event));
    expect(warnings).toHaveLength(1);
    await spill.append(event(7));
    await spill.close();
    expect(parseSpill(readFileSync(file))).toMatchObject({ events: [0, 1, 7].map(event), torn: false });
  });

  it('never makes up a record, whatever is damaged', async () => {
    await filled(4);
    const whole = readFileSync(file).subarray(0, 4096);
    const events = [0, 1, 2, 3].map(event);
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (place, byte, cut) => {
        const bytes = Buffer.from(whole);
        if (cut) bytes.fill(0, place);
        else bytes[place] = byte;
        const found = parseSpill(bytes).events;
        expect(found).toEqual(events.slice(0, found.length));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseSpill(Buffer.from(bytes)).events).toEqual([]);
      }),
    );
  });
});
