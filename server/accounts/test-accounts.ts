/** For tests: accounts over a fresh store with a real event log. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../../hardware/ports.ts';
import { type Database, openDatabase } from '../db.ts';
import { openEventLog } from '../events/event-log.ts';
import type { EventLog } from '../events/port.ts';
import { createLog } from '../log.ts';
import { ensureSchool } from '../school/school.ts';
import { type Accounts, openAccounts } from './accounts.ts';

export interface AccountsBench {
  db: Database;
  log: EventLog;
  accounts: Accounts;
  /** All events so far, as `type:accountId`. */
  record(): Promise<string[]>;
  close(): Promise<void>;
}

/** Stands at this moment: waits never end by themselves. The library has the real time beside it. */
function stillClock(): Clock {
  const start = Date.now();
  return { now: () => start, monotonic: () => 0, after: () => () => {} };
}

export async function accountsBench(clock: Clock = stillClock()): Promise<AccountsBench> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-accounts-'));
  const journal = createLog('silent');
  const db = await openDatabase(folder, 'prisma/migrations');
  const log = await openEventLog({ db, clock, school: await ensureSchool(db), log: journal });
  const accounts = await openAccounts({ db, log, clock, journal, secureCookies: false });
  return {
    db,
    log,
    accounts,
    async record() {
      const events = await log.readAfter(0, 1000);
      return events.map(({ type, data }) => ('accountId' in data ? `${type}:${data.accountId}` : type));
    },
    async close() {
      await log.close();
      await db.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Makes the first administrator, past the set-up. @returns its id. */
export async function firstAdministrator({ log, accounts }: Pick<AccountsBench, 'log' | 'accounts'>) {
  const person = { name: 'Test Administrator', username: 'admin', password: 'a long enough password' };
  const prepared = await accounts.prepareFirst(person, 'Test School');
  return log.change(async (tx) => {
    const { accountId, event } = await prepared.insert(tx);
    return { result: accountId, events: [event] };
  });
}

export const origin = (cookies: readonly string[] = [], address = '127.0.0.1') => ({
  address,
  headers: new Headers(
    cookies.length ? { cookie: cookies.map((each) => each.split(';')[0]).join('; ') } : {},
  ),
});
