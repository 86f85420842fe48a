/** The process as an operator meets it: what it prints, what its exit code is, and what it leaves behind. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get, request } from 'node:http';
import { get as getSecure } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import { cookieClient } from './harness.ts';
import { serverProcesses } from './server-process.ts';

const processes = serverProcesses();
let folder: string;
let dataDir: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-main-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await processes.killAll();
  rmSync(folder, { recursive: true, force: true });
});

describe('a signal', () => {
  /** A request to set up the school, its last byte kept back. */
  function halfSent(url: string, token: string) {
    const administrator = {
      name: 'Test Administrator',
      username: 'admin',
      password: 'correct horse battery',
    };
    const school = {
      schoolName: 'Example School',
      timeZone: 'Asia/Shanghai',
      language: 'en',
      start: 'empty',
    };
    const body = JSON.stringify({ token, ...school, administrator });
    const asked = request(`${url}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    const status = new Promise<number | string>((resolve) => {
      asked.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      asked.on('error', () => resolve('cut off'));
    });
    asked.write(body.slice(0, -1));
    return { status, finish: () => void asked.end(body.slice(-1)) };
  }

  /** Started on an empty folder, and told to stop while it waits for the rest of a request. */
  async function stoppedInFlight() {
    const server = processes.start({ DATA_DIR: dataDir });
    const url = await server.url();
    const inFlight = halfSent(url, await server.printed(/token=(\S{43})\n/));
    await fetch(`${url}/api/health`);
    server.kill('SIGTERM');
    await untilRefused(url);
    return { server, ...inFlight };
  }

  it('finishes what is in flight, keeps it, and exits 0', async () => {
    const { server, status, finish } = await stoppedInFlight();
    finish();
    expect(await status).toBe(200);
    expect(await server.ended).toEqual({ code: 0, signal: null });
    expect(server.told.err).toBe('');
    expect(verifyLog(dataDir).code).toBe(0);
    const store = new Database(join(dataDir, 'xiaomen.db'), { readonly: true });
    expect(store.prepare('SELECT type FROM "Event" ORDER BY seq').pluck().all()).toEqual([
      'system.started',
      'school.set-up',
      'account.added',
      ...Array(6).fill('visitor-type.added'),
      'session.started',
      'system.stopped',
    ]);
    expect(store.prepare('SELECT name FROM "School"').pluck().all()).toEqual(['Example School']);
    store.close();
  });

  it('leaves at once when it comes a second time', async () => {
    const { server, status } = await stoppedInFlight();
    server.kill('SIGINT');
    expect(await server.ended).toEqual({ code: 1, signal: null });
    expect(await status).toBe('cut off');
  });
});

it('serves over HTTPS with the certificate that it is given', async () => {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
  const server = processes.start({ DATA_DIR: dataDir, TLS_CERT: cert, TLS_KEY: key });
  const url = await server.url();
  expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  expect(await server.printed(/^ {2}(\S+)$/m)).toMatch(new RegExp(`^${url}/setup`));
  const { status, hsts } = await new Promise<{ status?: number; hsts?: string }>((resolve, reject) => {
    getSecure(`${url}/api/health`, { ca: readFileSync(cert), agent: false }, (response) => {
      response.resume();
      resolve({
        status: response.statusCode ?? 0,
        hsts: String(response.headers['strict-transport-security']),
      });
    }).on('error', reject);
  });
  expect({ status, hsts }).toEqual({ status: 200, hsts: 'max-age=2592000' });
  const plain = new Promise((resolve) => {
    get(url.replace('https', 'http'), { agent: false }, () => resolve('answered')).on('error', () =>
      resolve('refused'),
    );
  });
  expect(await plain).toBe('refused');
  server.kill('SIGTERM');
  expect(await server.ended).toEqual({ code: 0, signal: null });
});

/** Resolves when no new connection is taken any more. */
async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const answered = await fetch(`${url}/api/health`, { headers: { connection: 'close' } }).then(
      () => true,
      () => false,
    );
    if (!answered) return;
  }
}

describe('the demo', () => {
  it('prints an account for each role and no set-up link, and a signal ends it in order', async () => {
    const demo = processes.start({ DATA_DIR: dataDir, DEMO: '1' });
    const url = await demo.url();
    await demo.printed(/Ctrl\+C/);
    const accounts = [...demo.told.out.matchAll(/^ {2}(\w+) +\w+ +(?:\w{4}-){3}\w{4}$/gm)];
    expect(accounts.map(([, role]) => role)).toEqual(['administrator', 'guard', 'host', 'auditor']);
    expect(demo.told.out).not.toContain('token');
    expect(await (await fetch(`${url}/api/front`)).json()).toMatchObject({ demo: true });
    demo.kill('SIGTERM');
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.told.err).toBe('');
  });

  it('answers questions about its past, and takes the process that does so with it', async () => {
    const demo = processes.start({ DATA_DIR: dataDir, DEMO: '1' });
    const { client } = cookieClient(await demo.url());
    await demo.printed(/Ctrl\+C/);
    const [, username = '', password = ''] = /^ {2}administrator +(\S+) +(\S+)$/m.exec(demo.told.out) ?? [];
    await client('session.start', { body: { username, password } });
    expect((await client('log.list', { query: { result: 'denied', limit: 5 } })).rows).toHaveLength(5);
    demo.kill('SIGTERM');
    // It has the same error output, whose end is waited for.
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.told.err).toBe('');
  });
});
