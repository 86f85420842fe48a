/**
 * Many rows by one prepared statement, past Prisma's client and past its adapter, which compile the statement anew for
 * each row. On SQLite a statement run once a row is the fastest way in; PostgreSQL would want one statement and one
 * `json_to_recordset`.
 */
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type { Database as Client, Statement } from 'better-sqlite3';

type Value = string | number | null;

/**
 * Runs `sql`, each `?` bound in turn, once for each row: all of them or none. Within an open transaction of the same
 * connection they are a part of it. Throws what SQLite says.
 */
export type WriteRows = (sql: string, rows: Value[][]) => void;

/** `connection` is one of `@prisma/adapter-better-sqlite3`. */
export function rowWriter(connection: SqlDriverAdapter): WriteRows {
  const client = clientOf(connection);
  const statements = new Map<string, Statement>();

  function statementOf(sql: string): Statement {
    const known = statements.get(sql);
    if (known) return known;
    const made = client.prepare(sql).safeIntegers(false);
    statements.set(sql, made);
    return made;
  }

  const all = client.transaction((statement: Statement, rows: Value[][]) => {
    for (const row of rows) statement.run(row);
  });

  return (sql, rows) => {
    const statement = statementOf(sql);
    const [first] = rows;
    // One row is a transaction of its own: what BEGIN and COMMIT cost is a tenth of an ordinary swipe's record.
    if (first && rows.length === 1) statement.run(first);
    else all(statement, rows);
  };
}

/** The adapter keeps its client to itself; whether it is still there is known at once, not at the first swipe. */
function clientOf(connection: SqlDriverAdapter): Client {
  const { client } = connection as unknown as { client?: Partial<Client> };
  if (typeof client?.prepare === 'function' && typeof client.transaction === 'function')
    return client as Client;
  throw new Error('the adapter of the store holds no better-sqlite3 client any more');
}
