/**
 * From the bytes of a swipe to the bytes of the relay, over pseudo-terminals and the real `serialport`, beside a bare
 * echo over the same pairs that makes one durable insert. One after the other in the same run.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import BetterSqlite3 from 'better-sqlite3';
import { SerialPort } from 'serialport';
import { encodeLcus } from '../../hardware/codec/lcus.ts';
import { systemClock } from '../../hardware/index.ts';
import { openCampus } from '../../server/campus.ts';
import { openDatabase } from '../../server/db.ts';
import { createLog } from '../../server/log.ts';
import { ensureSchool } from '../../server/school/school.ts';
import { type PtyPair, ptyPair } from '../pty.ts';
import { fillSmallSchool, ids } from '../small-school.ts';
import { untilState } from '../until.ts';
import type { BenchRow } from './row.ts';

const samples = 150;
const on = Buffer.from(encodeLcus(1, true));
const off = Buffer.from(encodeLcus(1, false));

export async function swipeRows(): Promise<BenchRow[]> {
  const readerLine = await ptyPair();
  const relayLine = await ptyPair();
  try {
    const reference = await bareEcho(readerLine, relayLine);
    const ours = await throughXiaomen(readerLine, relayLine);
    return [
      row(
        'swipe bytes in to relay bytes out, p50',
        percentile(ours, 50),
        percentile(reference, 50),
        '≤ 1.5×',
      ),
      row('swipe bytes in to relay bytes out, p99', percentile(ours, 99), percentile(reference, 99), '≤ 3×'),
    ];
  } finally {
    await readerLine.close();
    await relayLine.close();
  }
}

async function throughXiaomen(readerLine: PtyPair, relayLine: PtyPair): Promise<number[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaomen-bench-'));
  const migrationsDir = 'prisma/migrations';
  try {
    const db = await openDatabase(dataDir, migrationsDir);
    await ensureSchool(db);
    await db.transaction((tx) =>
      fillSmallSchool(tx, {
        reader: { kind: 'serial', path: readerLine.hostPath },
        relay: { kind: 'serial', path: relayLine.hostPath },
        doors: false,
        pulseMs: 100,
        crowd: 8,
      }),
    );
    await db.close();
    const device = await openDevice(readerLine, relayLine);
    const campus = await openCampus({
      dataDir,
      migrationsDir,
      version: 'bench',
      clock: systemClock,
      log: createLog('silent'),
    });
    await untilState(campus.hardware, ids.readerIn, 'online');
    await untilState(campus.hardware, ids.relay, 'online');
    const times = await device.swipes();
    await campus.close();
    return times;
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** What any program must do: read the frame, make one row durable, write the command. */
async function bareEcho(readerLine: PtyPair, relayLine: PtyPair): Promise<number[]> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-bench-'));
  const db = new BetterSqlite3(join(folder, 'echo.db'));
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, at INTEGER, body TEXT)');
  const insert = db.prepare('INSERT INTO row (at, body) VALUES (?, ?)');
  const device = await openDevice(readerLine, relayLine);
  const input = await openPort(readerLine.hostPath);
  const output = await openPort(relayLine.hostPath);
  let held = 0;
  input.on('data', (chunk: Buffer) => {
    held += chunk.length;
    if (held < 14) return;
    held = 0;
    insert.run(Date.now(), chunk.toString('hex').padEnd(400, '.'));
    output.write(on);
    setTimeout(() => output.write(off), 100);
  });
  try {
    return await device.swipes();
  } finally {
    await closePort(input);
    await closePort(output);
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Device {
  /** Milliseconds of each swipe, one after the other. */
  swipes(): Promise<number[]>;
}

/** Opens both device ends, before the server: opening a terminal throws away what it held. */
async function openDevice(readerLine: PtyPair, relayLine: PtyPair): Promise<Device> {
  const file = fileURLToPath(new URL('./swipe-device.ts', import.meta.url));
  const args = ['--import', 'tsx', file, readerLine.devicePath, relayLine.devicePath, String(samples)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the device ended before its answer');
    return value;
  };
  await line();
  return {
    async swipes() {
      child.stdin.write('go\n');
      return JSON.parse(await line()) as number[];
    },
  };
}

function openPort(path: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const port = new SerialPort({ path, baudRate: 9600 }, (error) => (error ? reject(error) : resolve(port)));
  });
}

function closePort(port: SerialPort): Promise<void> {
  return new Promise((resolve) => port.close(() => resolve()));
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil((share / 100) * sorted.length) - 1)] ?? Number.NaN;
}

function row(name: string, ours: number, reference: number, aim: string): BenchRow {
  return { name, ours, reference, ratio: ours / reference, unit: 'ms', aim };
}
