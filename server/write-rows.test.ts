import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { rowWriter, type WriteRows } from './write-rows.ts';

type Connection = Awaited<ReturnType<PrismaBetterSqlite3['connect']>>;

let connection: Connection;
let writeRows: WriteRows;
beforeEach(async () => {
  connection = await new PrismaBetterSqlite3({ url: ':memory:' }).connect();
  await connection.executeScript('CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT)');
  writeRows = rowWriter(connection);
});
afterEach(() => connection.dispose());

const insert = 'INSERT INTO t (n, word) VALUES (?, ?)';

async function rows() {
  const found = await connection.queryRaw({ sql: 'SELECT * FROM t ORDER BY n', args: [], argTypes: [] });
  return found.rows.map((row) => [Number(row[0]), row[1]]);
}

it('writes each row, and nothing for no rows', async () => {
  writeRows(insert, []);
  writeRows(insert, [[1, 'one']]);
  writeRows(insert, [
    [2, null],
    [3, '三'],
  ]);
  expect(await rows()).toEqual([
    [1, 'one'],
    [2, null],
    [3, '三'],
  ]);
});

it('keeps none of the rows when one of them can not be written, and says why', async () => {
  writeRows(insert, [[1, 'one']]);
  const clash = [
    [2, 'two'],
    [1, 'again'],
  ];
  expect(() => writeRows(insert, clash)).toThrow(
    expect.objectContaining({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }),
  );
  expect(await rows()).toEqual([[1, 'one']]);
});

it('is a part of a transaction that is open', async () => {
  await connection.executeScript('BEGIN');
  writeRows(insert, [
    [1, 'one'],
    [2, 'two'],
  ]);
  await connection.executeScript('ROLLBACK');
  expect(await rows()).toEqual([]);
});

it('says at once when the adapter gives no client', () => {
  expect(() => rowWriter({} as Connection)).toThrow('no better-sqlite3 client');
});
