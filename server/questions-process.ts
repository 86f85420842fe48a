/** The process that answers questions, one after the other. questions.ts starts it and ends it. */
import { constants, setPriority } from 'node:os';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { DriverAdapterError, type SqlDriverAdapter, type SqlQuery } from '@prisma/driver-adapter-utils';
import type { Answer } from './questions.ts';

const [, , url = ''] = process.argv;
let store: SqlDriverAdapter | undefined;

// Where there is one core only, swipes have it first.
setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
// A signal to the whole group is for the server: it answers what was asked before it stops, and then ends us.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => process.exit());
process.on('message', async (question: SqlQuery) => {
  const answer = await answerTo(question);
  process.send?.(answer);
});

async function answerTo(question: SqlQuery): Promise<Answer> {
  try {
    store ??= await open();
    return { result: await store.queryRaw(question) };
  } catch (error) {
    return { fault: faultOf(error) };
  }
}

/** Nobody else's work stands on this thread: it may wait longer for a program that holds the store. */
async function open(): Promise<SqlDriverAdapter> {
  const connection = await new PrismaBetterSqlite3({ url, readonly: true }).connect();
  await connection.executeScript('PRAGMA busy_timeout = 5000;');
  return connection;
}

/** As plain data, for nothing else can cross over. Opening fails with the database's own error, not the adapter's. */
function faultOf(error: unknown): DriverAdapterError['cause'] {
  if (error instanceof DriverAdapterError) return error.cause;
  const originalCode = String((error as { code?: unknown }).code);
  return { kind: 'sqlite', extendedCode: 1, message: String(error), originalCode };
}
