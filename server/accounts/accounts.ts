/** The accounts of this server: what the rest of it may use. */
import { randomBytes } from 'node:crypto';
import type { Cancel, Clock } from '../../hardware/ports.ts';
import type { Database } from '../db.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { openAuthStore } from './auth-store.ts';
import { createLibrary } from './library.ts';
import { type ManageAccounts, manageAccounts } from './manage.ts';
import { createSessions, type Ended, type Sessions } from './sessions.ts';
import { createThrottle } from './throttle.ts';

export interface Accounts extends Sessions, ManageAccounts {
  /** Kept in memory, for rows of the log; undefined for an account that is not here. */
  nameOf(accountId: string): string | undefined;
  /** A name that was added past `add`: the first administrator's. */
  remember(accountId: string, name: string): void;
  /** Told when sessions end before their time, so that live connections end with them. */
  onEnded(listener: (sessions: Ended) => void): Cancel;
}

export interface AccountsDeps {
  db: Database;
  log: Pick<EventLog, 'append' | 'change'>;
  clock: Clock;
  journal: Log;
  /** Cookies only over HTTPS. */
  secureCookies: boolean;
}

export async function openAccounts({
  db,
  log,
  clock,
  journal,
  secureCookies,
}: AccountsDeps): Promise<Accounts> {
  const store = openAuthStore(db, log);
  const library = createLibrary({
    client: store.client,
    secret: await sessionSecret(db),
    secureCookies,
    journal,
  });
  await db.exclusive((writer) =>
    writer.session.deleteMany({ where: { expiresAt: { lt: new Date(clock.now()) } } }),
  );
  const names = new Map(
    (await db.reader.user.findMany({ select: { id: true, name: true } })).map(({ id, name }) => [id, name]),
  );
  const listeners = new Set<(sessions: Ended) => void>();
  const ended = (sessions: Ended) => {
    for (const listener of listeners) listener(sessions);
  };
  const named = (id: string, name: string) => void names.set(id, name);
  return {
    ...createSessions({ library, store, db, log, clock, throttle: createThrottle(clock), ended }),
    ...manageAccounts({
      library,
      store,
      reader: db.reader,
      questions: db.questions,
      log,
      clock,
      ended,
      named,
    }),
    nameOf: (id) => names.get(id),
    remember: named,
    onEnded(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

/** Made on the first start and kept with the data, so that a restart signs nobody out. Never shown. */
async function sessionSecret(db: Database): Promise<string> {
  return db.transaction(async (tx) => {
    const name = 'session';
    const kept = await tx.secret.findUnique({ where: { name } });
    if (kept) return kept.value;
    const value = randomBytes(48).toString('base64url');
    await tx.secret.create({ data: { name, value } });
    return value;
  });
}
