/** The command by which anyone can check the record: run as its own program, on the store of a real server. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCampus, type TestCampus } from './harness.ts';

let campus: TestCampus;
let head: { seq: number; hash: string };
let folder: string;
let copies = 0;

beforeAll(async () => {
  campus = await startCampus();
  for (const card of ['ok', 'lost', 'unknown', 'other'] as const) {
    await campus.swipe(card);
    await campus.clock.advanceAsync(10_000);
  }
  await campus.app.campus.settled();
  head = campus.app.campus.events.head();
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-verify-'));
});
afterAll(async () => {
  await campus?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function verify(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/verify-log.ts', ...args]);
  const told = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    told.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    told.err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), ...told };
}

/** A copy of the store as it stands, changed by somebody with a tool; the folder that holds it. */
function tampered(sql: string): string {
  const copy = join(folder, `copy-${copies++}`);
  mkdirSync(copy);
  // By SQLite: whoever copies the file within this process gives up the locks that the server has on it.
  const live = new Database(join(campus.dataDir, 'xiaomen.db'), { readonly: true });
  live.prepare('VACUUM INTO ?').run(join(copy, 'xiaomen.db'));
  live.close();
  const store = new Database(join(copy, 'xiaomen.db'));
  expect(store.prepare(sql).run().changes).toBe(1);
  store.close();
  return copy;
}

describe('while the server runs', () => {
  it('the chain is whole, and nothing is disturbed', async () => {
    const { code, out, err } = await verify(campus.dataDir);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('the chain is whole');
    expect(out).toContain(`Head: ${head.seq}:${head.hash}\n`);
    await campus.swipe('responder');
    await campus.clock.advanceAsync(10_000);
    await campus.app.campus.settled();
    // The head that was kept is still part of it.
    const later = await verify(campus.dataDir, '--expect', `${head.seq}:${head.hash}`);
    expect(later.code).toBe(0);
  });
});

describe('a record that somebody has changed', () => {
  it.each([
    ['whose refusal became a grant', `type = 'passage.granted', result = 'granted'`, 'column'],
    ['whose hashed words were changed', `body = replace(body, 'person-lost', 'person-ok')`, 'hash'],
    ['that belongs to somebody else now', `cardholderId = 'person-ok'`, 'column'],
  ])('%s is named', async (_, change, what) => {
    const sql = `FROM "Event" WHERE type = 'passage.denied' ORDER BY seq LIMIT 1`;
    const [denied] = await campus.events('passage.denied');
    const copy = tampered(`UPDATE "Event" SET ${change} WHERE seq = (SELECT seq ${sql})`);
    const { code, out, err } = await verify(copy);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`BROKEN at event ${denied?.seq} (${what})`);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('that is gone is named, in the middle and at the end', async () => {
    const middle = await verify(tampered('DELETE FROM "Event" WHERE seq = 3'));
    expect(middle.code).toBe(1);
    expect(middle.err).toContain('BROKEN at event 3 (missing)');
    const cut = tampered('DELETE FROM "Event" WHERE seq = (SELECT max(seq) FROM "Event")');
    const last = campus.app.campus.events.head();
    // By those who followed the log in the same file, and by who kept its head.
    for (const kept of [[], ['--expect', `${last.seq}:${last.hash}`]]) {
      const { code, err } = await verify(cut, ...kept);
      expect(code).toBe(1);
      expect(err).toContain(`BROKEN at event ${last.seq} (missing)`);
    }
  });
});

describe('what is not there, or is something else, gets one sentence', () => {
  it('no database', async () => {
    const { code, out, err } = await verify(join(folder, 'nowhere'));
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(
      `There is no database at ${join(folder, 'nowhere', 'xiaomen.db')}. Name the data folder that holds it.\n`,
    );
  });

  it('no SQLite file', async () => {
    writeFileSync(join(folder, 'xiaomen.db'), 'a letter to the parents\n'.repeat(100));
    const { code, err } = await verify(folder);
    expect(code).toBe(2);
    expect(err.trimEnd().split('\n')).toEqual([
      expect.stringContaining(`The database ${join(folder, 'xiaomen.db')} is damaged`),
    ]);
  });

  it('no arguments that it knows', async () => {
    expect(await verify('--expect', 'x')).toMatchObject({
      code: 2,
      err: 'Usage: npm run verify-log [data folder] [--expect <seq>:<hash>]\n',
    });
  });
});
