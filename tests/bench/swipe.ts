/**
 * From the bytes of a swipe to the bytes of the relay, over pseudo-terminals and the real `serialport`, beside a bare
 * echo over pairs of the same kind that makes one durable insert. In turn and in short pieces, so that what else the
 * machine does falls on both.
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
import { type BenchRow, percentile } from './row.ts';

const pieces = 10;
/** In each piece, beside those that warm up again. */
const samples = 30;
const on = Buffer.from(encodeLcus(1, true));
const off = Buffer.from(encodeLcus(1, false));

export async function swipeRows(): Promise<BenchRow[]> {
  const opened: (() => Promise<unknown>)[] = [];
  try {
    const reference = await openBareEcho(opened);
    const xiaomen = await openXiaomen(opened);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let piece = 0; piece < pieces; piece++) {
      bare.push(...(await reference.swipes()));
      ours.push(...(await xiaomen.swipes()));
    }
    const row = (share: number, aim: string): BenchRow => {
      const [mine, raw] = [percentile(ours, share), percentile(bare, share)];
      const name = `swipe bytes in to relay bytes out, p${share}`;
      return { name, ours: mine, reference: raw, ratio: mine / raw, unit: 'ms', aim };
    };
    return [row(50, '≤ 1.5×'), row(99, '≤ 3×')];
  } finally {
    for (const close of opened.reverse()) await close();
  }
}

async function openXiaomen(opened: (() => Promise<unknown>)[]): Promise<Device> {
  const { readerLine, relayLine, folder } = await place(opened);
  const migrationsDir = 'prisma/migrations';
  const db = await openDatabase(folder, migrationsDir);
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
  const device = await openDevice(readerLine, relayLine, opened);
  const campus = await openCampus({
    dataDir: folder,
    migrationsDir,
    version: 'bench',
    clock: systemClock,
    log: createLog('silent'),
  });
  opened.push(() => campus.close());
  await untilState(campus.hardware, ids.readerIn, 'online');
  await untilState(campus.hardware, ids.relay, 'online');
  return device;
}

/** What any program must do: read the frame, make one row durable, write the command. */
async function openBareEcho(opened: (() => Promise<unknown>)[]): Promise<Device> {
  const { readerLine, relayLine, folder } = await place(opened);
  const db = new BetterSqlite3(join(folder, 'echo.db'));
  opened.push(async () => db.close());
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.exec('CREATE TABLE row (id INTEGER PRIMARY KEY, at INTEGER, body TEXT)');
  const insert = db.prepare('INSERT INTO row (at, body) VALUES (?, ?)');
  const device = await openDevice(readerLine, relayLine, opened);
  const input = await openPort(readerLine.hostPath);
  const output = await openPort(relayLine.hostPath);
  opened.push(() => closePort(input).then(() => closePort(output)));
  let held = 0;
  input.on('data', (chunk: Buffer) => {
    held += chunk.length;
    if (held < 14) return;
    held = 0;
    insert.run(Date.now(), chunk.toString('hex').padEnd(400, '.'));
    output.write(on);
    setTimeout(() => output.write(off), 100);
  });
  return device;
}

/** Two lines and a folder of its own. */
async function place(opened: (() => Promise<unknown>)[]) {
  const readerLine = await ptyPair();
  opened.push(() => readerLine.close());
  const relayLine = await ptyPair();
  opened.push(() => relayLine.close());
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-bench-'));
  opened.push(async () => rmSync(folder, { recursive: true, force: true }));
  return { readerLine, relayLine, folder };
}

interface Device {
  /** Milliseconds of each swipe of one piece, one after the other. */
  swipes(): Promise<number[]>;
}

/** Opens both device ends, before the server: opening a terminal throws away what it held. */
async function openDevice(
  readerLine: PtyPair,
  relayLine: PtyPair,
  opened: (() => Promise<unknown>)[],
): Promise<Device> {
  const file = fileURLToPath(new URL('./swipe-device.ts', import.meta.url));
  const args = ['--import', 'tsx', file, readerLine.devicePath, relayLine.devicePath, String(samples)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  opened.push(async () => child.kill());
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
