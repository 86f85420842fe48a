/**
 * Where records wait while the store can't take them: one file of bounded, reserved size, so that a full disk,
 * the likeliest fault of a store, does not take this place as well. Each line is synced before its record counts.
 *
 * Layout: UTF-8 lines of JSON, `{"sum":"<16 hex>","g":"<generation>","n":<0, 1, ...>,"event":{...}}` and a line
 * feed, one after the other from byte 0; `sum` is the start of the SHA-256 of the line with the `sum` member taken
 * out. After the last line stands a NUL. An empty spill begins with a NUL; what stands behind a NUL where a line would
 * begin is old. Damage gives up the lines that it hit and no other: those behind it are known by checksum, generation
 * and number. A number is given once in a generation, so that a cursor of the store that counts lines stays right.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { NewEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';

export type SpilledEvent = NewEvent & { at: number };

export class SpillFull extends Error {
  override readonly name = 'SpillFull';
}

export interface SpillOptions {
  file: string;
  log: Log;
  /** Default 10 000. */
  maxEvents?: number;
  /** Size of the file. Default 4 MiB, some three hours of one lane's rush hour. */
  maxBytes?: number;
}

const sumStart = '{"sum":"';
const sumLength = 16;
const restStart = sumStart.length + sumLength + 2;
/** More than a line's checksum and generation take. */
const headBytes = 64;

function checksum(rest: string): string {
  return createHash('sha256').update(rest).digest('hex').slice(0, sumLength);
}

function lineOf(generation: string, n: number, event: SpilledEvent): string {
  const rest = JSON.stringify({ g: generation, n, event });
  return `${sumStart}${checksum(rest)}",${rest.slice(1)}\n`;
}

/** A whole line, and its number in its generation. */
interface Line {
  n: number;
  event: SpilledEvent;
}

interface Parsed {
  /** Undefined without a whole line. */
  generation: string | undefined;
  lines: Line[];
  /** Where the next line goes. */
  end: number;
  /** Lines that are known to have been there and cannot be read. */
  damaged: number;
  /** What stands last is no whole line: damage, or a write that a crash cut short. It is one of those damaged. */
  torn: boolean;
}

/** Where a damaged stretch ends for certain: behind a line feed, the NUL of the last line. */
const endMark = Buffer.from('\n\0');

export function parseSpill(bytes: Buffer): Parsed {
  const lines: Line[] = [];
  let generation = headGeneration(bytes);
  let [end, at, mark] = [0, 0, -1];
  let torn = false;
  while (at < bytes.length && bytes[at] !== 0) {
    const feed = bytes.indexOf(10, at);
    if (feed < 0) {
      torn = true;
      break;
    }
    const line = parseLine(bytes.toString('utf8', at, feed));
    if (line && line.n >= nextOf(lines) && line.g === (at === 0 ? line.g : generation)) {
      generation = line.g;
      lines.push({ n: line.n, event: line.event });
      torn = false;
      at = feed + 1;
      end = at;
      continue;
    }
    torn = true;
    if (mark < at) mark = placeOf(bytes, endMark, at);
    at = placeOf(bytes, sumStart, at + 1);
    if (mark < at) break;
  }
  const damaged = nextOf(lines) - lines.length + (torn ? 1 : 0);
  return { generation: lines.length > 0 ? generation : undefined, lines, end, damaged, torn };
}

function parseLine(text: string): { g: string; n: number; event: SpilledEvent } | undefined {
  const rest = `{${text.slice(restStart)}`;
  return text.startsWith(`${sumStart}${checksum(rest)}",`) ? JSON.parse(rest) : undefined;
}

/** The generation by the bytes of the first line, which may be damaged elsewhere. */
function headGeneration(bytes: Buffer): string | undefined {
  const head = /^\{"sum":"[\s\S]{16}","g":"([0-9a-f]{16})"/.exec(bytes.toString('latin1', 0, headBytes));
  return head?.[1];
}

function nextOf(lines: readonly Line[]): number {
  return (lines.at(-1)?.n ?? -1) + 1;
}

function placeOf(bytes: Buffer, wanted: string | Buffer, from: number): number {
  const place = bytes.indexOf(wanted, from);
  return place < 0 ? bytes.length : place;
}

/** A class of one file: opened, written, closed. */
export class Spill {
  readonly #handle: FileHandle;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #generation: string;
  #lines: Line[];
  /** The number of the next line. */
  #next: number;
  #end: number;
  #damaged: number;
  /** Promised to writes that are still under way. */
  #reserved = { events: 0, bytes: 0 };
  #last: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle, options: SpillOptions, parsed: Parsed) {
    this.#handle = handle;
    this.#maxEvents = options.maxEvents ?? 10_000;
    this.#maxBytes = options.maxBytes ?? 4 * 1024 * 1024;
    this.#generation = parsed.generation ?? newGeneration();
    this.#lines = parsed.lines;
    this.#next = nextOf(parsed.lines);
    this.#end = parsed.end;
    this.#damaged = parsed.damaged;
  }

  /** Reads what a former run left. Lines that are damaged or cut short are given up, and the log says so. */
  static async open(options: SpillOptions): Promise<Spill> {
    const { file, log, maxBytes = 4 * 1024 * 1024 } = options;
    const handle = await open(file, 'a+').then((made) => made.close().then(() => open(file, 'r+')));
    try {
      const bytes = await handle.readFile();
      const parsed = parseSpill(bytes);
      const { damaged, torn, lines } = parsed;
      if (damaged > 0) {
        log.error({ file, damaged, lastOneToo: torn, whole: lines.length }, damagedSentence);
      }
      if (bytes.length < maxBytes) {
        await writeAll(handle, Buffer.alloc(maxBytes - bytes.length), bytes.length);
        await handle.sync();
      }
      return new Spill(handle, options, parsed);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Names this filling of the file, in the store's cursors: a new one after each `clear`. */
  get generation(): string {
    return this.#generation;
  }

  /** Durable records, oldest first. */
  get events(): SpilledEvent[] {
    return this.#lines.map(({ event }) => event);
  }

  /** Records that are here or on their way here. */
  get size(): number {
    return this.#lines.length + this.#reserved.events;
  }

  /** Records that stood here when the file was opened and could not be read. */
  get damaged(): number {
    return this.#damaged;
  }

  /** The number behind those of all records that are here or on their way here. */
  get next(): number {
    return this.#next + this.#reserved.events;
  }

  /** The durable records from number `from` on, at most so many, and the number with which to go on. */
  from(from: number, most: number): { events: SpilledEvent[]; next: number } {
    const lines = this.#lines.filter(({ n }) => n >= from).slice(0, most);
    const next = lines.length < most ? Math.max(from, this.#next) : nextOf(lines);
    return { events: lines.map(({ event }) => event), next };
  }

  /** Gives no number below this one: the store has passed it, though the line that had it is damaged by now. */
  skipTo(number: number): void {
    this.#next = Math.max(this.#next, number);
  }

  /** Durable when it resolves. Rejects with SpillFull, or with the system's error. */
  async append(event: SpilledEvent): Promise<void> {
    // The length of the line does not depend on its number by more than a few digits.
    const bytes = Buffer.byteLength(lineOf(this.#generation, this.#maxEvents, event)) + 1;
    const { events: count, bytes: taken } = this.#reserved;
    if (this.size >= this.#maxEvents || this.#end + taken + bytes > this.#maxBytes) {
      throw new SpillFull(`the spill file is full (${this.size} records)`);
    }
    this.#reserved = { events: count + 1, bytes: taken + bytes };
    try {
      await this.#inTurn(async () => {
        const line = Buffer.from(`${lineOf(this.#generation, this.#next, event)}\0`);
        await this.#write(line, this.#end);
        this.#end += line.length - 1;
        this.#lines.push({ n: this.#next, event });
        this.#next += 1;
      });
    } finally {
      this.#reserved = { events: this.#reserved.events - 1, bytes: this.#reserved.bytes - bytes };
    }
  }

  /** Forgets everything, durably. Records appended after the call are kept. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      // The generation goes with it: a first line that is cut short must not seem to be one of the old ones.
      await this.#write(Buffer.alloc(headBytes), 0);
      this.#generation = newGeneration();
      this.#lines = [];
      this.#next = 0;
      this.#end = 0;
      this.#damaged = 0;
    });
  }

  /** Resolves when all writes so far are done, well or not. */
  async idle(): Promise<void> {
    await this.#last;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#handle.close();
  }

  async #write(bytes: Buffer, position: number): Promise<void> {
    await writeAll(this.#handle, bytes, position);
    await this.#handle.datasync();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => {});
    return run;
  }
}

/** A system may take a part of a write and say so; what stops it is told by the next one. */
async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

const damagedSentence = 'records in the spill file are damaged or were cut short, and are given up';

function newGeneration(): string {
  return randomBytes(8).toString('hex');
}
