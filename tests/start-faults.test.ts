/** A start that can't be: one clear sentence for the operator, exit code 1, and everything left as it was. */
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCampus } from './harness.ts';
import { serverProcesses } from './server-process.ts';

const processes = serverProcesses();
/** A store that has been used and closed in order; each test gets a copy. */
let used: string;
let folder: string;
let dataDir: string;

beforeAll(async () => {
  const campus = await startCampus();
  await campus.swipe('ok');
  await campus.stop();
  used = mkdtempSync(join(tmpdir(), 'xiaomen-used-'));
  cpSync(campus.dataDir, used, { recursive: true });
  await campus.close();
});
afterAll(() => rmSync(used, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-main-'));
  dataDir = join(folder, 'data');
});
afterEach(async () => {
  await processes.killAll();
  rmSync(folder, { recursive: true, force: true });
});

const takeUsed = () => cpSync(used, dataDir, { recursive: true });

/** Every file below the folder with the digest of what it holds. */
function contents(path: string): Record<string, string> {
  if (!existsSync(path)) return {};
  if (!statSync(path).isDirectory()) return { [path]: digest(path) };
  return Object.assign({}, ...readdirSync(path).map((name) => contents(join(path, name))));
}
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A start that must fail and leave everything as it was; its sentences. */
async function sentences(env: Record<string, string> = {}): Promise<string[]> {
  const before = contents(folder);
  const { told, ended } = processes.start({ DATA_DIR: dataDir, ...env });
  expect(await ended).toEqual({ code: 1, signal: null });
  expect(told.out).toBe('');
  expect(told.err).not.toMatch(/\n\s+at |Error:|SQLITE_|E[A-Z]{4,}:|prisma/i);
  expect(contents(folder)).toEqual(before);
  return told.err.trimEnd().split('\n');
}

describe('a start that fails says why in a sentence, and changes nothing', () => {
  it('when the configuration is bad: all its faults at once', async () => {
    const told = await sentences({ PORT: 'x', LOG_LEVEL: 'loud', TLS_CERT: 'c.pem', DEMO: 'perhaps' });
    expect(told.map((line) => line.split(' ')[0])).toEqual(['PORT', 'LOG_LEVEL', 'DEMO', 'TLS_KEY']);
    for (const line of told) expect(line).toMatch(/\.$/);
  });

  it('when the port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    takeUsed();
    expect(await sentences({ PORT: String(port) })).toEqual([
      `Port ${port} is in use by another program. Stop that one, or give this server another PORT.`,
    ]);
    await new Promise((resolve) => other.close(resolve));
  });

  it('when the address is of another machine', async () => {
    // 192.0.2.0/24 is for documentation and nobody's own.
    expect(await sentences({ HOST: '192.0.2.1' })).toEqual([
      expect.stringMatching(/^This machine has no address 192\.0\.2\.1\. /),
    ]);
  });

  it('when a certificate is not there', async () => {
    takeUsed();
    const env = { TLS_CERT: join(folder, 'cert.pem'), TLS_KEY: join(folder, 'key.pem') };
    expect(await sentences(env)).toEqual([`The file ${env.TLS_CERT} that TLS_CERT names is not there.`]);
  });

  it('when the data folder is a file', async () => {
    writeFileSync(dataDir, 'no folder');
    expect(await sentences()).toEqual([expect.stringMatching(`^The data folder ${dataDir} cannot be used`)]);
  });

  // Where there is no /proc, its name is no folder that an ordinary user may make either.
  it.each(['/proc/xiaomen', '/proc/xiaomen/data'])('when the data folder %s cannot be made', async (path) => {
    expect(await sentences({ DATA_DIR: path })).toEqual([
      expect.stringMatching(`^The data folder ${path} cannot be used \\(E[A-Z]+\\)\\. Check that it exists`),
    ]);
    expect(await sentences({ DATA_DIR: path, DEMO: '1' })).toEqual([
      expect.stringMatching(`^The demo's data folder ${path} cannot be emptied \\(E[A-Z]+\\)\\. `),
    ]);
  });

  it.each(['xiaomen.db', 'server.lock', 'spill.jsonl'])('when %s cannot be opened', async (name) => {
    takeUsed();
    rmSync(join(dataDir, name));
    mkdirSync(join(dataDir, name));
    expect(await sentences()).toEqual([expect.stringMatching(`^The data folder ${dataDir} cannot be used`)]);
  });

  it('when the database is something else', async () => {
    takeUsed();
    writeFileSync(join(dataDir, 'xiaomen.db'), 'a letter to the parents\n'.repeat(1000));
    expect(await sentences()).toEqual([
      expect.stringMatching(`^The database ${join(dataDir, 'xiaomen.db')} is damaged. Nothing was changed. `),
    ]);
  });

  it('when a page in the middle of the database is damaged', async () => {
    takeUsed();
    const file = join(dataDir, 'xiaomen.db');
    const store = new Database(file);
    const page = Number(
      store
        .prepare(`SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = 'Event'`)
        .pluck()
        .get(),
    );
    const size = Number(store.pragma('page_size', { simple: true }));
    store.close();
    const raw = openSync(file, 'r+');
    writeSync(raw, Buffer.alloc(size, 0x5a), 0, size, (page - 1) * size);
    closeSync(raw);
    expect(await sentences()).toEqual([expect.stringMatching(`^The database ${file} is damaged. `)]);
  });

  it('when a newer version has used the data', async () => {
    takeUsed();
    const store = new Database(join(dataDir, 'xiaomen.db'));
    store.exec(`INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      VALUES ('later', 'x', '29990101000000_later', current_timestamp, 1)`);
    store.close();
    expect(await sentences()).toEqual([
      expect.stringMatching(/^The data was last used by a newer version .*"29990101000000_later"/),
    ]);
  });

  it('when another program holds the database', async () => {
    takeUsed();
    const file = join(dataDir, 'xiaomen.db');
    const before = contents(folder);
    // Not looked into meanwhile: closing a file gives up all locks that this process has on it.
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const { told, ended } = processes.start({ DATA_DIR: dataDir });
    expect(await ended).toEqual({ code: 1, signal: null });
    other.exec('ROLLBACK');
    other.close();
    const err = `Another program holds the database ${file} locked. Close it and start again.\n`;
    expect(told).toEqual({ out: '', err });
    expect(contents(folder)).toEqual(before);
  });

  it('when another server uses the data, which goes on undisturbed', async () => {
    takeUsed();
    const first = processes.start({ DATA_DIR: dataDir });
    const url = await first.url();
    const second = processes.start({ DATA_DIR: dataDir });
    expect(await second.ended).toEqual({ code: 1, signal: null });
    expect(second.told).toEqual({
      out: '',
      err: `Another Xiaomen server is already using the data in ${dataDir}. Stop it first, or give this one another DATA_DIR.\n`,
    });
    expect((await fetch(`${url}/api/health`)).status).toBe(200);
    first.kill('SIGTERM');
    expect(await first.ended).toEqual({ code: 0, signal: null });
  });

  it('when the demo is asked to run on the data of a real server', async () => {
    takeUsed();
    expect(await sentences({ DEMO: '1' })).toEqual([
      expect.stringContaining(`${dataDir} holds data that is not`),
    ]);
  });
});
