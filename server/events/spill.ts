/**
 * Where records wait while the store can't take them: one file of bounded, reserved size, so that a full disk,
 * the likeliest fault of a store, does not take this place as well. Each line is synced before its record counts.
 *
 * Layout: UTF-8 lines of JSON, `{"sum":"<16 hex>","g":"<generation>","n":<0, 1, ...>,"event":{...}}` and a line
 * feed, one after the other from byte 0; `sum` is the start of the SHA-256 of the line with the `sum` member taken
 * out. After the last line stands a NUL. An empty spill begins with a NUL; what follows a NUL is old and no line.
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

function checksum(rest: string): string {
  return createHash('sha256').update(rest).digest('hex').slice(0, sumLength);
}

function lineOf(generation: string, n: number, event: SpilledEvent): string {
  const rest = JSON.stringify({ g: generation, n, event });
  return `${sumStart}${checksum(rest)}",${rest.slice(1)}\n`;
}

interface Parsed {
  generation: string | undefined;
  events: SpilledEvent[];
  /** Where the next line goes. */
  end: number;
  /** Something stands there that is no whole line: a write that a crash cut short. */
  torn: boolean;
}

export function parseSpill(bytes: Buffer): Parsed {
  const parsed: Parsed = { generation: undefined, events: [], end: 0, torn: false };
  while (parsed.end < bytes.length && bytes[parsed.end] !== 0) {
    const feed = bytes.indexOf(10, parsed.end);
    const line = feed < 0 ? undefined : parseLine(bytes.toString('utf8', parsed.end, feed), parsed);
    if (!line) return { ...parsed, torn: true };
    parsed.generation = line.g;
    parsed.events.push(line.event);
    parsed.end = feed + 1;
  }
  return parsed;
}

function parseLine(text: string, { generation, events }: Parsed) {
  const rest = `{${text.slice(restStart)}`;
  if (!text.startsWith(`${sumStart}${checksum(rest)}",`)) return undefined;
  const line = JSON.parse(rest) as { g: string; n: number; event: SpilledEvent };
  return line.n === events.length && line.g === (generation ?? line.g) ? line : undefined;
}

/** A class of one file: opened, written, closed. */
export class Spill {
  readonly #handle: FileHandle;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #generation: string;
  #events: SpilledEvent[];
  #end: number;
  /** Promised to writes that are still under way. */
  #reserved = { events: 0, bytes: 0 };
  #last: Promise<unknown> = Promise.resolve();

  private constructor(handle: FileHandle, options: SpillOptions, parsed: Parsed) {
    this.#handle = handle;
    this.#maxEvents = options.maxEvents ?? 10_000;
    this.#maxBytes = options.maxBytes ?? 4 * 1024 * 1024;
    this.#generation = parsed.generation ?? newGeneration();
    this.#events = parsed.events;
    this.#end = parsed.end;
  }

  /** Reads what a former run left. A torn last line is given up, and the log says so. */
  static async open(options: SpillOptions): Promise<Spill> {
    const { file, log, maxBytes = 4 * 1024 * 1024 } = options;
    const handle = await open(file, 'a+').then((made) => made.close().then(() => open(file, 'r+')));
    try {
      const bytes = await handle.readFile();
      const parsed = parseSpill(bytes);
      if (parsed.torn) {
        log.warn(
          { file, whole: parsed.events.length },
          'the last record in the spill file was cut short; given up',
        );
      }
      if (bytes.length < maxBytes) {
        await handle.write(Buffer.alloc(maxBytes - bytes.length), 0, undefined, bytes.length);
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
  get events(): readonly SpilledEvent[] {
    return this.#events;
  }

  /** Records that are here or on their way here. */
  get size(): number {
    return this.#events.length + this.#reserved.events;
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
        const line = Buffer.from(`${lineOf(this.#generation, this.#events.length, event)}\0`);
        await this.#write(line, this.#end);
        this.#end += line.length - 1;
        this.#events.push(event);
      });
    } finally {
      this.#reserved = { events: this.#reserved.events - 1, bytes: this.#reserved.bytes - bytes };
    }
  }

  /** Forgets everything, durably. Records appended after the call are kept. */
  clear(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#write(Buffer.from([0]), 0);
      this.#generation = newGeneration();
      this.#events = [];
      this.#end = 0;
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
    await this.#handle.write(bytes, 0, bytes.length, position);
    await this.#handle.datasync();
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => {});
    return run;
  }
}

function newGeneration(): string {
  return randomBytes(8).toString('hex');
}
