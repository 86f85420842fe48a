import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseSpill as parse, Spill, SpillFull } from './spill.ts';
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
function parseSpill(bytes: Buffer) {
  const { lines, ...rest } = parse(bytes);
  return { ...rest, events: lines.map((line) => line.event) };
}
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

  it('counts a record as kept only when all of it is written', async () => {
    const probe = await openFile(join(dir, 'probe'), 'w');
    const prototype = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const spill = await open();
    const write = prototype.write as (...args: unknown[]) => Promise<unknown>;
    const spy = vi.spyOn(prototype, 'write');
    // As on a disk that fills up: half is taken, then the rest, or then nothing more.
    spy.mockImplementationOnce(function (
      this: FileHandle,
      bytes: Buffer,
      from: number,
      size: number,
      at: number,
    ) {
      return write.call(this, bytes, from, size >> 1, at);
    } as never);
    await spill.append(event(0));
    expect(parseSpill(readFileSync(file)).events).toEqual([event(0)]);
    spy
      .mockImplementationOnce(async () => ({ bytesWritten: 10, buffer: '' }))
      .mockImplementationOnce(async () => Promise.reject(new Error('ENOSPC')));
    await expect(spill.append(event(1))).rejects.toThrow('ENOSPC');
    expect(spill.events).toEqual([event(0)]);
    await spill.append(event(2));
    await spill.close();
    expect(parseSpill(readFileSync(file))).toMatchObject({ events: [0, 2].map(event), damaged: 0 });
  });

  it('gives up a torn last line only, says so, and writes over it', async () => {
    await filled(3);
    const whole = readFileSync(file);
    const end = parseSpill(whole).end;
    const lastLine = whole.lastIndexOf(10, end - 2) + 1;
    const warnings: unknown[] = [];
    writeFileSync(file, whole.fill(0, lastLine + 40));
    const log = { ...silent, error: (...args: unknown[]) => void warnings.push(args) };
    const spill = await open({ log });
    expect(spill.events).toEqual([0, 1].map(event));
    expect(warnings).toHaveLength(1);
    await spill.append(event(7));
    await spill.close();
    expect(parseSpill(readFileSync(file))).toMatchObject({ events: [0, 1, 7].map(event), torn: false });
  });

  /** The bytes of a filling with so many records, and where each of its lines begins. */
  async function bytesOf(count: number): Promise<{ bytes: Buffer; start: (n: number) => number }> {
    await filled(count);
    const bytes = readFileSync(file).subarray(0, 8192);
    const start = (n: number): number => (n === 0 ? 0 : bytes.indexOf(10, start(n - 1)) + 1);
    return { bytes, start };
  }

  it('gives up a damaged line and keeps those behind it', async () => {
    const { bytes, start } = await bytesOf(6);
    const places = {
      'in its event': [start(2) + 100],
      'in its checksum': [start(2) + 10],
      'in its generation': [start(2) + 35],
      'in its line feed': [start(3) - 1],
      'by a NUL in its middle': [],
    };
    for (const [what, hit] of Object.entries(places)) {
      const damaged = Buffer.from(bytes);
      for (const place of hit) damaged[place] = (damaged[place] ?? 0) ^ 0x21;
      if (hit.length === 0) damaged.fill(0, start(2) + 20, start(2) + 60);
      const found = parseSpill(damaged);
      expect(found, what).toMatchObject({ events: [0, 1, 3, 4, 5].map(event), damaged: 1, torn: false });
      expect(found.end, what).toBe(start(6));
    }
  });

  it('knows the lines behind a damaged first one by the generation that it still names', async () => {
    const { bytes } = await bytesOf(3);
    const hit = Buffer.from(bytes);
    hit[100] = 0x21;
    expect(parseSpill(hit)).toMatchObject({ events: [1, 2].map(event), damaged: 1 });
    hit[35] = 0x21;
    expect(parseSpill(hit)).toMatchObject({ events: [], generation: undefined, torn: true });
  });

  it('takes nothing that is old: of another generation, behind the last line, or numbered again', async () => {
    const old = await bytesOf(5);
    const spill = await open();
    await spill.clear();
    await spill.append(event(9));
    await spill.append(event(8));
    await spill.close();
    const fresh = readFileSync(file).subarray(0, 8192);
    const end = parseSpill(fresh).end;
    // Old lines stand behind the new ones, with and without the NUL between, and with the last new line damaged.
    const joined = Buffer.concat([fresh.subarray(0, end), old.bytes.subarray(old.start(2))]);
    expect(parseSpill(joined).events).toEqual([9, 8].map(event));
    joined[end - 20] = 0x21;
    expect(parseSpill(joined)).toMatchObject({ events: [event(9)], damaged: 1, torn: true });
    const [first, second, third] = [0, 1, 2].map((n) => old.bytes.subarray(old.start(n), old.start(n + 1)));
    const parts = (...all: (Buffer | undefined)[]) =>
      Buffer.concat(all.map((each) => each ?? Buffer.alloc(0)));
    const nul = Buffer.alloc(1);
    expect(parseSpill(parts(first, nul, second)).events).toEqual([event(0)]);
    expect(parseSpill(parts(first, third, second)).events).toEqual([0, 2].map(event));
    const broken = Buffer.from(second ?? []).fill(0x21, 90, 95);
    expect(parseSpill(parts(first, broken, nul, third)).events).toEqual([event(0)]);
  });

  it('leaves no old generation at its beginning for a first line that is cut short', async () => {
    await filled(4);
    const spill = await open();
    await spill.clear();
    const cleared = readFileSync(file);
    await spill.append(event(9));
    await spill.close();
    const fresh = readFileSync(file);
    for (let written = 1; written < 120; written++) {
      const cut = Buffer.concat([fresh.subarray(0, written), cleared.subarray(written)]);
      expect(parseSpill(cut).events).toEqual([]);
    }
  });

  it('goes on with a number of its own behind damaged ones', async () => {
    const { bytes, start } = await bytesOf(4);
    bytes[start(1) + 100] = 0x21;
    writeFileSync(file, bytes);
    const errors: unknown[] = [];
    const spill = await open({ log: { ...silent, error: (...args: unknown[]) => void errors.push(args) } });
    expect(errors).toMatchObject([[{ damaged: 1, whole: 3 }, expect.any(String)]]);
    await spill.append(event(7));
    await spill.close();
    expect(parse(readFileSync(file)).lines.map(({ n }) => n)).toEqual([0, 2, 3, 4]);
  });

  it('never makes up a record, whatever is damaged', async () => {
    const { bytes: whole } = await bytesOf(4);
    const known = new Map([0, 1, 2, 3].map((n) => [n, event(n)]));
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.boolean(), (place, byte, cut) => {
        const bytes = Buffer.from(whole);
        if (cut) bytes.fill(0, place);
        else bytes[place] = byte;
        const { lines } = parse(bytes);
        for (const { n, event: found } of lines) expect(found).toEqual(known.get(n));
        expect(lines.map(({ n }) => n)).toEqual(lines.map(({ n }) => n).toSorted());
        // One byte hits two lines at most, where it is the end of one; a NUL at a line's beginning ends them all.
        if (!cut && byte !== 0) expect(lines.length).toBeGreaterThanOrEqual(place < 64 ? 0 : 2);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(parseSpill(Buffer.from(bytes)).events).toEqual([]);
      }),
    );
  });
});
