/**
 * npm run verify-log [data folder] [--expect <seq>:<hash>]
 *
 * Checks the event log from the database file alone, read-only, also while the server runs. Exit code 0: the chain
 * is whole · 1: it is broken, and where · 2: it could not be read. What the same file holds of followers of the log
 * tells when newer events than the last were cut off, unless they were set back too. Against that, keep a sequence
 * number and hash that it printed, and hand them back with `--expect` next time.
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Database from 'better-sqlite3';
import { configOf, rootOf } from '../server/environment.ts';
import {
  type Broken,
  cutOff,
  type StoredRow,
  type Verifier,
  verifier,
  type Witness,
} from '../server/events/verify.ts';

const rowsPerPage = 2_000;
const columns =
  'seq, school, at, type, v, body, prevHash, hash, note, noteSalt, actorId, gateId, laneId, direction, result, reason, cardholderId';

/** The spill's cursors count lines of its file, not events. */
const followers = `SELECT 'the follower "' || name || '"' AS who, seq FROM "Cursor" WHERE name NOT LIKE 'spill:%'
  UNION ALL SELECT 'where somebody was last seen', seq FROM "Presence"
  UNION ALL SELECT 'an alarm', raisedSeq FROM "Alarm" ORDER BY seq DESC LIMIT 1`;

export interface Verdict {
  code: 0 | 1 | 2;
  /** What to print, line by line. */
  lines: string[];
}

interface Expected {
  seq: number;
  hash: string;
}

export function verifyLog(dataDir: string, expected?: Expected): Verdict {
  const file = resolve(join(dataDir, 'xiaomen.db'));
  if (!existsSync(file))
    return { code: 2, lines: [`There is no database at ${file}. Name the data folder that holds it.`] };
  let store: Database.Database | undefined;
  try {
    store = new Database(file, { readonly: true, fileMustExist: true, timeout: 5_000 });
    return verify(store, file, expected);
  } catch (error) {
    return { code: 2, lines: [unreadable(file, error)] };
  } finally {
    store?.close();
  }
}

function verify(store: Database.Database, file: string, expected: Expected | undefined): Verdict {
  // Before the log: a server that runs adds to both meanwhile, to the log first.
  const witnesses = store.prepare<[], Witness>(followers).all();
  if (expected) witnesses.push({ who: 'a head that was kept', seq: expected.seq });
  const school = store.prepare('SELECT school FROM "Event" ORDER BY seq LIMIT 1').pluck().get();
  if (school === undefined) {
    const gone = cutOff(0, witnesses);
    return gone ? broken(file, gone, 0) : { code: 0, lines: [`${file}: the log is empty.`] };
  }
  const began = performance.now();
  const chain = verifier(String(school));
  const fault = walk(store, chain, expected) ?? cutOff(chain.head().seq, witnesses);
  const { seq, hash } = chain.head();
  if (fault) return broken(file, fault, seq);
  const seconds = (performance.now() - began) / 1000;
  const erased = chain.erasedNotes();
  return {
    code: 0,
    lines: [
      `${file}: the chain is whole.`,
      `Events: ${seq} of the school "${school}"${erased ? `; notes erased: ${erased}` : ''}`,
      `Head: ${seq}:${hash}`,
      `Checked in ${seconds.toFixed(2)} s, ${Math.round(seq / Math.max(seconds, 0.001))} events/s.`,
    ],
  };
}

/** Page by page, so that memory stays small and a running server can still tidy its write-ahead log. */
function walk(store: Database.Database, chain: Verifier, expected: Expected | undefined): Broken | undefined {
  const read = store.prepare<[number, number], StoredRow>(
    `SELECT ${columns} FROM "Event" WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  // The first page without a lower bound: nothing may stand before event 1 either.
  let page = store
    .prepare<[number], StoredRow>(`SELECT ${columns} FROM "Event" ORDER BY seq LIMIT ?`)
    .all(rowsPerPage);
  while (page.length > 0) {
    for (const row of page) {
      const fault = chain.check(row);
      if (fault) return fault;
      const { seq, hash } = chain.head();
      if (seq === expected?.seq && hash !== expected.hash) {
        return {
          seq,
          what: 'hash',
          detail: 'Its hash is not the one that was kept: the log was written anew.',
        };
      }
    }
    page = read.all(chain.head().seq, rowsPerPage);
  }
  return undefined;
}

function broken(file: string, { seq, what, detail }: Broken, good: number): Verdict {
  return {
    code: 1,
    lines: [
      `${file}: the chain is BROKEN at event ${seq} (${what}). ${detail}`,
      `Events before it that are whole: ${good}`,
    ],
  };
}

function unreadable(file: string, error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return `The database ${file} is damaged and can't be read to its end. Check a copy from the last back-up instead.`;
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return `The database ${file} is locked by another program. Close that program, or check a copy.`;
  }
  if (message.startsWith('no such')) return `The database ${file} holds no event log of Xiaomen.`;
  return `The database ${file} can't be read (${code || message}). Check that this user may read it and write in its folder.`;
}

/** In the folder named, or in the one that the server would use. */
function verifyAt(folder: string | undefined, expected: Expected | undefined): Verdict {
  if (folder !== undefined) return verifyLog(folder, expected);
  const { ok, faults } = configOf(rootOf(dirname(fileURLToPath(import.meta.url))));
  return ok ? verifyLog(ok.dataDir, expected) : { code: 2, lines: faults };
}

function main(): number {
  const usage = 'Usage: npm run verify-log [data folder] [--expect <seq>:<hash>]';
  try {
    const { values, positionals } = parseArgs({
      options: { expect: { type: 'string' } },
      allowPositionals: true,
    });
    const kept = /^([1-9]\d{0,15}):([0-9a-f]{64})$/.exec(values.expect ?? '');
    if (positionals.length > 1 || (values.expect !== undefined && !kept)) throw new Error(usage);
    const expected = kept ? { seq: Number(kept[1]), hash: String(kept[2]) } : undefined;
    const { code, lines } = verifyAt(positionals[0], expected);
    process[code === 0 ? 'stdout' : 'stderr'].write(`${lines.join('\n')}\n`);
    return code;
  } catch {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = main();
