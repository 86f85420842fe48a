/** Gives the column `search` to the cardholders of an older store, which SQL alone can't make. All of them or none. */
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { searchText } from './contract/search-text.ts';
import { rowWriter } from './write-rows.ts';

export async function fillSearch(connection: SqlDriverAdapter): Promise<void> {
  const { rows } = await connection.queryRaw({
    sql: 'SELECT "id", "name", "number", "unit" FROM "Cardholder" WHERE "search" IS NULL',
    args: [],
    argTypes: [],
  });
  if (rows.length === 0) return;
  const filled = rows.map((row) => {
    const [id, name, number, unit] = row as [string, string, string | null, string | null];
    return [searchText({ name, number, unit }), id];
  });
  rowWriter(connection)('UPDATE "Cardholder" SET "search" = ? WHERE "id" = ?', filled);
}
