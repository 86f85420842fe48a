import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** The process as an operator meets it: sentences, links, exit codes. */
let folder: string;
const running = new Set<ChildProcessWithoutNullStreams>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-main-'));
});
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  rmSync(folder, { recursive: true, force: true });
});

function start(env: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    env: {
      PATH: process.env.PATH ?? '',
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'error',
      ...env,
    },
  });
  running.add(child);
  const told = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    told.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told.err += chunk;
  });
  const ended = once(child, 'exit').then(([code]) => {
    running.delete(child);
    return code as number | null;
  });
  /** Resolves with what was matched, once it was printed. */
  const printed = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const [, found] = pattern.exec(told.out) ?? [];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      child.on('exit', () => reject(new Error(`ended: ${told.out}${told.err}`)));
      look();
    });
  return { child, told, ended, printed };
}

describe('a start that fails', () => {
  async function failure(env: Record<string, string>): Promise<string> {
    const { told, ended } = start(env);
    expect(await ended).toBe(1);
    expect(told.out).toBe('');
    expect(told.err).not.toMatch(/\n\s+at |Error:/);
    return told.err;
  }

  it('tells all faults of the configuration at once', async () => {
    const lines = (await failure({ PORT: 'x', LOG_LEVEL: 'loud', TLS_CERT: 'c.pem' })).trim().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'TLS_KEY']);
  });

  it('tells in one sentence when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    expect(await failure({ PORT: String(port) })).toBe(
      `Port ${port} is in use by another program. Stop that one, or give this server another PORT.\n`,
    );
    await new Promise((resolve) => other.close(resolve));
  });

  it('tells in one sentence when the data folder is none', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect((await failure({ DATA_DIR: file })).trim().split('\n')).toEqual([expect.stringContaining(file)]);
  });

  it('tells in one sentence when a certificate is not there', async () => {
    const env = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
    expect(await failure(env)).toBe(`The file ${env.TLS_CERT} that TLS_CERT names is not there.\n`);
  });
});

describe('a start', () => {
  it('prints the address and the set-up link, and a signal ends it in order', async () => {
    const { child, told, ended, printed } = start({});
    const url = await printed(/running at (http:\/\/\S+)\n/);
    const token = await printed(/token=(\S{43})\n/);
    const check = await fetch(`${url}/api/setup?token=${token}`);
    expect(await check.json()).toEqual({ valid: true });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(told.err).toBe('');
  });

  it('leaves at once at the second signal', async () => {
    const { child, ended, printed } = start({});
    const url = await printed(/running at (http:\/\/\S+)\n/);
    // In flight until the server is tired of waiting: its first signal alone would not end it now.
    const body = new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([0x7b])) });
    const init = { method: 'POST', body, duplex: 'half', headers: { 'content-type': 'application/json' } };
    const asked = fetch(`${url}/api/session`, init as RequestInit).catch(() => 'cut off');
    await fetch(`${url}/api/health`);
    child.kill('SIGTERM');
    const closing = await untilRefused(url);
    expect(closing).toBe(true);
    child.kill('SIGINT');
    expect(await ended).toBe(1);
    expect(await asked).toBe('cut off');
  });
});

/** Resolves when no new connection is taken any more. */
async function untilRefused(url: string): Promise<boolean> {
  for (;;) {
    const answered = await fetch(`${url}/api/health`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
    if (!answered) return true;
  }
}
