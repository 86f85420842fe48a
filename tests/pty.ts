/** Pseudo-terminal pairs by socat: a cable that a test can plug, talk through, and pull. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { access } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialOpener } from '../hardware/link/serial.ts';

export interface PtyPair {
  /** The end that the server opens; a symbolic link that is the same after every `plug`. */
  readonly hostPath: string;
  /** The end at which the test plays the device. */
  readonly devicePath: string;
  /** Starts socat; resolves when both ends are there. */
  plug(): Promise<void>;
  /** Kills socat, as a pulled cable; resolves when it is gone. */
  pull(): Promise<void>;
  /** Pulls, and removes the folder. */
  close(): Promise<void>;
}

/** A pair that is plugged in. Fails with socat's own words, or saying that socat is not installed. */
export async function ptyPair(): Promise<PtyPair> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-pty-'));
  const hostPath = join(folder, 'host');
  const devicePath = join(folder, 'device');
  let socat: ChildProcess | undefined;

  async function plug(): Promise<void> {
    if (socat) throw new Error('the pair is plugged in already');
    const ends = [hostPath, devicePath].map((path) => `pty,raw,echo=0,link=${path}`);
    const child = spawn('socat', ['-d', '-d', ...ends], { stdio: ['ignore', 'ignore', 'pipe'] });
    socat = child;
    let words = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      words += chunk.toString();
    });
    const failed = new Promise<never>((_, reject) => {
      child.once('error', (error) =>
        reject(new Error(`socat can't be started, is it installed? ${error.message}`)),
      );
      child.once('exit', () => reject(new Error(`socat ended: ${words}`)));
    });
    // Ended later, it was pulled: whoever waits for the plug does not wait any more.
    failed.catch(() => undefined);
    await Promise.race([bothThere(), failed]);
  }

  /** Watched rather than asked again and again; asked once after the watch stands, for they may have come before. */
  async function bothThere(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const watcher = watch(folder);
      const look = () => {
        Promise.all([access(hostPath), access(devicePath)]).then(
          () => {
            watcher.close();
            resolve();
          },
          () => undefined,
        );
      };
      watcher.on('change', look);
      watcher.on('error', reject);
      look();
    });
  }

  async function pull(): Promise<void> {
    const child = socat;
    socat = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    child.kill('SIGKILL');
    await gone;
    // Killed like this, socat leaves its links behind; a pulled cable leaves none.
    rmSync(hostPath, { force: true });
    rmSync(devicePath, { force: true });
  }

  const pair: PtyPair = {
    hostPath,
    devicePath,
    plug,
    pull,
    async close() {
      await pull();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await plug();
  } catch (error) {
    await pair.close();
    throw error;
  }
  return pair;
}

/** The test's end of a pair, where it plays the device. */
export interface PtyDevice {
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves with the first `count` bytes that the host has sent since the last call, when they are there. */
  read(count: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

export async function openPtyDevice(path: string): Promise<PtyDevice> {
  // Node's own terminal streams spin when the other end is killed; serialport closes.
  const link = await serialOpener().open({ kind: 'serial', path }, undefined, 'test');
  let held = Buffer.alloc(0);
  let waiting: { count: number; resolve: (bytes: Uint8Array) => void } | undefined;

  function serve(): void {
    if (!waiting || held.length < waiting.count) return;
    const { count, resolve } = waiting;
    const bytes = new Uint8Array(held.subarray(0, count));
    held = held.subarray(count);
    waiting = undefined;
    resolve(bytes);
  }
  link.onData((chunk) => {
    held = Buffer.concat([held, chunk]);
    serve();
  });

  return {
    write: (bytes) => link.write(bytes),
    read: (count) =>
      new Promise((resolve) => {
        waiting = { count, resolve };
        serve();
      }),
    close: () => link.close(),
  };
}
