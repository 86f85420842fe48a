/**
 * Durable events per second through the event log, beside raw better-sqlite3 writing the very same rows into the
 * same table with the same indexes, the same number of rows a transaction and the same durability (WAL,
 * synchronous = FULL). The reference gets its rows finished: validating, hashing and chaining are on our side only.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../hardware/clock.ts';
import type { NewEvent } from '../../server/contract/events.ts';
import { openDatabase } from '../../server/db.ts';
import { openEventLog } from '../../server/events/event-log.ts';
import type { Log } from '../../server/log.ts';
import type { BenchRow } from './row.ts';

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };
const columns =
  'seq, school, at, type, v, body, prevHash, hash, note, noteSalt, actorId, gateId, laneId, direction, result, reason, cardholderId';

function swipe(n: number): NewEvent {
  const lane = n % 4;
  const where = { gateId: 'gate-1', laneId: `lane-${lane}`, readerId: `reader-${lane}` };
  const cardholderId = `cardholder-${n % 3000}`;
  const data = {
    ...where,
    direction: n % 2 ? 'in' : 'out',
    cardholderId,
    credentialId: `credential-${n % 3000}`,
  };
  return { type: 'passage.granted', data: { ...data, flags: [] } } as NewEvent;
}

interface Side {
  /** Milliseconds that it took. */
  run(): Promise<number>;
  close(): Promise<void>;
}

/** `lanes` callers, each waiting for its record before it asks for the next; `batches` gets the size of each commit. */
async function openOurs(dir: string, lanes: number, count: number, batches: number[]): Promise<Side> {
  const db = await openDatabase(dir, 'prisma/migrations');
  const events = await openEventLog({ db, clock: systemClock, school: 'bench-school', log: silent });
  events.onCommitted((batch) => batches.push(batch.length));
  let next = 0;
  let swipes: NewEvent[] = [];
  const caller = async () => {
    for (let swiped = swipes.pop(); swiped; swiped = swipes.pop()) await events.append(swiped);
  };
  return {
    async run() {
      // Made before the clock runs: what a decision hands over is not the log's work.
      swipes = JSON.parse(JSON.stringify(Array.from({ length: count }, () => swipe(next++)))) as NewEvent[];
      const began = performance.now();
      await Promise.all(Array.from({ length: lanes }, caller));
      return performance.now() - began;
    },
    async close() {
      await events.close();
      await db.close();
    },
  };
}

/** The rows that stand newly in `source`, in transactions of the sizes in `batches`, into the same table elsewhere. */
async function openReference(dir: string, source: string, batches: number[]): Promise<Side> {
  await (await openDatabase(dir, 'prisma/migrations')).close();
  const from = new Database(join(source, 'xiaomen.db'), { readonly: true });
  const read = from.prepare(`SELECT ${columns} FROM "Event" WHERE seq > ? ORDER BY seq`).raw();
  const store = new Database(join(dir, 'xiaomen.db'));
  store.pragma('journal_mode = WAL');
  store.pragma('synchronous = FULL');
  const insert = store.prepare(
    `INSERT INTO "Event" (${columns}) VALUES (${columns.replaceAll(/\w+/g, '?')})`,
  );
  const write = store.transaction((part: unknown[][]) => {
    for (const row of part) insert.run(row);
  });
  let seq = 0;
  return {
    async run() {
      const rows = read.all(seq) as unknown[][];
      seq += rows.length;
      let at = 0;
      const began = performance.now();
      for (const size of batches) {
        write(rows.slice(at, at + size));
        at += size;
      }
      return performance.now() - began;
    },
    async close() {
      from.close();
      store.close();
    },
  };
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function pair(lanes: number, count: number, rounds: number): Promise<BenchRow> {
  const dirs = [0, 1].map(() => mkdtempSync(join(tmpdir(), 'xiaomen-bench-'))) as [string, string];
  const batches: number[] = [];
  const ours = await openOurs(dirs[0], lanes, count, batches);
  const reference = await openReference(dirs[1], dirs[0], batches);
  const taken: { ours: number; reference: number; batch: number }[] = [];
  // In turn and in short pieces, so that what else the machine does falls on both. The first two warm up.
  for (let round = 0; round < rounds + 2; round++) {
    batches.length = 0;
    const mine = await ours.run();
    const raw = await reference.run();
    if (round >= 2) taken.push({ ours: mine, reference: raw, batch: median(batches) });
  }
  await ours.close();
  await reference.close();
  for (const dir of dirs) rmSync(dir, { recursive: true });
  const perSecond = (side: 'ours' | 'reference') =>
    Math.round((count / median(taken.map((each) => each[side]))) * 1000);
  const batch = median(taken.map((each) => each.batch));
  return {
    name: `durable events, ${lanes} lane${lanes > 1 ? 's' : ''} at once (${batch} a commit)`,
    ours: perSecond('ours'),
    reference: perSecond('reference'),
    ratio: Number(median(taken.map((each) => each.reference / each.ours)).toFixed(2)),
    unit: 'events/s',
    aim: '>= 0.7',
  };
}

/** One row for each number of lanes that swipe at once; medians of `rounds` pieces. */
export async function benchLogThroughput(rounds = 15): Promise<BenchRow[]> {
  return [
    await pair(1, 200, rounds),
    await pair(16, 1_600, rounds),
    await pair(64, 3_200, rounds),
    await pair(256, 5_120, rounds),
  ];
}
