/** The server as a process of its own, as an operator meets it: environment in, sentences and exit codes out. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface ServerProcess {
  /** All that it has printed so far. */
  readonly told: { out: string; err: string };
  readonly ended: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Resolves with what was matched once it stands in the output; rejects when the process ends first. */
  printed(pattern: RegExp): Promise<string>;
  /** Resolves with its address once it serves. */
  url(): Promise<string>;
  kill(signal: NodeJS.Signals): void;
}

export interface ServerProcesses {
  /** On the loopback and a free port, unless the environment says otherwise. */
  start(env: Record<string, string>): ServerProcess;
  /** Kills those that still run; resolves when they are gone. */
  killAll(): Promise<void>;
}

export function serverProcesses(): ServerProcesses {
  const running = new Set<{ child: ChildProcess; ended: Promise<unknown> }>();
  const program = built() ? ['dist/server/main.js'] : ['--import', 'tsx', 'server/main.ts'];

  function start(env: Record<string, string>): ServerProcess {
    const child = spawn(process.execPath, program, {
      env: { PATH: process.env.PATH ?? '', HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'error', ...env },
    });
    const told = { out: '', err: '' };
    child.stdout.on('data', (chunk) => {
      told.out += chunk;
    });
    child.stderr.on('data', (chunk) => {
      told.err += chunk;
    });
    // Not 'exit': what was printed last may still be on its way then.
    const ended = once(child, 'close').then(([code, signal]) => {
      running.delete(entry);
      return { code, signal } as Awaited<ServerProcess['ended']>;
    });
    const entry = { child, ended };
    running.add(entry);

    const printed = (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        const look = () => {
          const [whole, found] = pattern.exec(told.out) ?? [];
          if (whole !== undefined) resolve(found ?? whole);
        };
        child.stdout.on('data', look);
        child.once('close', () => reject(new Error(`the server ended: ${told.out}${told.err}`)));
        look();
      });
    return {
      told,
      ended,
      printed,
      url: () => printed(/running at (https?:\/\/\S+)\n/),
      kill: (signal) => void child.kill(signal),
    };
  }

  return {
    start,
    async killAll() {
      const all = [...running];
      for (const { child } of all) child.kill('SIGKILL');
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}

/** Whether the compiled server is that of these sources: `npm test` has built it, a single file may run before. */
function built(): boolean {
  const stamp = 'dist/.stamp';
  if (!existsSync(stamp) || !existsSync('dist/server/main.js')) return false;
  const since = statSync(stamp).mtimeMs;
  return ['server', 'hardware', 'prisma'].every((folder) => newest(folder) <= since);
}

function newest(folder: string): number {
  const entries = readdirSync(folder, { withFileTypes: true });
  const times = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newest(path) : statSync(path).mtimeMs;
  });
  return Math.max(0, ...times);
}
