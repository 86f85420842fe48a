/**
 * The store: one writer, one reader. Prisma's adapter runs every query of a client on one connection, so a write
 * that met another's open transaction would be rolled back with it. Therefore all writes queue for `exclusive`,
 * and reads go to a connection of their own, read-only, which in WAL mode never sees what is not committed. SQLite
 * works on the calling thread: what may take long is asked through `questions` instead.
 */
import { join, resolve } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { systemClock } from '../hardware/clock.ts';
import { type Prisma, PrismaClient } from '../prisma/generated/client.ts';
import { StartFault, StoreFault } from './errors.ts';
import { fillSearch } from './fill-search.ts';
import { makeFolder } from './make-folder.ts';
import { migrate, readMigrations } from './migrations.ts';
import { questionsAdapter, unwrapped } from './questions.ts';
import { asStoreFault } from './store-fault.ts';
import { rowWriter, type WriteRows } from './write-rows.ts';

export type Tx = Prisma.TransactionClient;
export type Reader = PrismaClient;

export interface Database {
  readonly file: string;
  /** Committed state only; writing through it fails. */
  readonly reader: Reader;
  /**
   * The same for what people ask, which may scan a table: in a process of its own, beside this thread. Rejects also
   * with QuestionFault. What the server itself needs, or has to answer after a change, it reads by key from `reader`.
   */
  readonly questions: Reader;
  /**
   * Runs alone among the writes, first come first served. The client commits each statement by itself, `writeRows`
   * each call; both use one connection.
   */
  exclusive<T>(work: (writer: PrismaClient, writeRows: WriteRows) => Promise<T>): Promise<T>;
  /** `exclusive`, in one transaction: all of it or nothing. */
  transaction<T>(work: (tx: Tx, writeRows: WriteRows) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const writerPragmas = `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;
  PRAGMA wal_autocheckpoint = 1000;`;

/**
 * How long SQLite waits for another program that holds the store, standing on the one thread: at start for as long
 * as a back-up may take, in service no longer than a lane can bear. Then the record waits in the spill file.
 */
const patience = { start: 'PRAGMA busy_timeout = 5000;', service: 'PRAGMA busy_timeout = 100;' };

/** Migrates and opens `<dataDir>/xiaomen.db`. Throws StartFault with a sentence for the operator. */
export async function openDatabase(dataDir: string, migrationsDir: string): Promise<Database> {
  const file = join(dataDir, 'xiaomen.db');
  try {
    // Photos, password hashes and the key of the sessions: for this user alone.
    makeFolder(dataDir, 0o700);
    const release = await lockFolder(dataDir);
    try {
      return await open(file, migrationsDir, release);
    } catch (error) {
      await release();
      throw error;
    }
  } catch (error) {
    throw startFaultOf(error, dataDir);
  }
}

async function open(file: string, migrationsDir: string, release: () => Promise<void>): Promise<Database> {
  const url = `file:${file}`;
  const writerFactory = prepared(new PrismaBetterSqlite3({ url }), writerPragmas + patience.service);
  const migrator = await prepared(new PrismaBetterSqlite3({ url }), writerPragmas + patience.start).connect();
  try {
    await migrate(migrator, readMigrations(migrationsDir));
    await fillSearch(migrator);
    // Where another program holds the store, or nothing may be written, say so before anything has begun.
    await migrator.executeScript('BEGIN IMMEDIATE; ROLLBACK;');
  } finally {
    await migrator.dispose();
  }
  let connection: SqlDriverAdapter | undefined;
  const writer = new PrismaClient({
    adapter: {
      ...writerFactory,
      async connect() {
        connection = await writerFactory.connect();
        return connection;
      },
    },
  });
  const reader = new PrismaClient({
    adapter: prepared(new PrismaBetterSqlite3({ url, readonly: true }), patience.service),
  });
  const asker = new PrismaClient({
    adapter: questionsAdapter(writerFactory, `file:${resolve(file)}`, systemClock.after),
  }).$extends({
    query: {
      $allOperations: ({ args, query }) =>
        query(args).catch((error: unknown) => {
          throw unwrapped(error);
        }),
    },
  });
  const questions = asker as unknown as Reader;
  // Not `questions`: it costs nothing before the first one.
  await Promise.all([writer.$connect(), reader.$connect()]);

  if (!connection) throw new Error('the client has opened no connection');
  const writeRows = rowWriter(connection);
  /** A COMMIT that failed may leave its transaction open, and what follows would be lost inside it. */
  const rollBack = async () => connection?.executeScript('ROLLBACK');

  let tail: Promise<unknown> = Promise.resolve();
  function exclusive<T>(work: (client: PrismaClient, writeRows: WriteRows) => Promise<T>): Promise<T> {
    const run = tail.then(() => work(writer, writeRows));
    tail = run.catch(() => rollBack().catch(() => {}));
    return run.catch((error: unknown) => {
      throw asStoreFault(error) ?? error;
    });
  }
  return {
    file,
    reader,
    questions,
    exclusive,
    transaction: (work) =>
      exclusive((client) =>
        client.$transaction((tx) => work(tx, writeRows), { maxWait: 60_000, timeout: 60_000 }),
      ),
    async close() {
      await tail;
      await questions.$disconnect();
      await reader.$disconnect();
      await writer.$disconnect();
      await release();
    },
  };
}

/** Runs the pragmas on each connection that the factory opens. */
function prepared(
  factory: SqlMigrationAwareDriverAdapterFactory,
  pragmas: string,
): SqlMigrationAwareDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connectToShadowDb: () => factory.connectToShadowDb(),
    async connect(): Promise<SqlDriverAdapter> {
      const connection = await factory.connect();
      await connection.executeScript(pragmas);
      return connection;
    },
  };
}

/**
 * An exclusive transaction held open on a file beside the store: the system releases it even after a power cut.
 * Resolves to what lets go of it; throws StartFault `store-locked` while another server holds it.
 */
export async function lockFolder(dataDir: string): Promise<() => Promise<void>> {
  const connection = await new PrismaBetterSqlite3({
    url: `file:${join(dataDir, 'server.lock')}`,
    timeout: 0,
  }).connect();
  try {
    await connection.executeScript('BEGIN EXCLUSIVE');
  } catch (error) {
    await connection.dispose();
    if (asStoreFault(error)?.code !== 'busy') throw error;
    throw new StartFault(
      'store-locked',
      `Another Xiaomen server is already using the data in ${dataDir}. Stop it first, or give this one another DATA_DIR.`,
    );
  }
  return () => connection.dispose();
}

/** What the operator is told when the store fails before the server serves; other errors as they are. */
export function startFaultOf(error: unknown, dataDir: string): unknown {
  if (error instanceof StartFault) return error;
  const file = join(dataDir, 'xiaomen.db');
  const { code, syscall, path = dataDir } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  const known = error instanceof StoreFault ? error.code : asStoreFault(error)?.code;
  const fault = code === 'ENOSPC' ? 'full' : known;
  switch (fault) {
    case 'corrupt':
      return new StartFault(
        'store-corrupt',
        `The database ${file} is damaged. Nothing was changed. Move it aside and restore the last back-up; the damaged file can still be read for the inquiry.`,
      );
    case 'full':
      return new StartFault(
        'store-full',
        `The disk that holds ${dataDir} is full. Free some space and start again; nothing was lost.`,
      );
    case 'busy':
      return new StartFault(
        'store-locked',
        `Another program holds the database ${file} locked. Close it and start again.`,
      );
  }
  // A folder above it may be what can't be made.
  const ofTheFolder = syscall !== undefined && (path.startsWith(dataDir) || dataDir.startsWith(path));
  if (!fault && !ofTheFolder) return error;
  return new StartFault(
    'data-dir',
    `The data folder ${dataDir} cannot be used (${fault ?? code}). Check that it exists, is a folder and that this user may write in it.`,
  );
}
