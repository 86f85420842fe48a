/**
 * Applies pending `prisma/migrations/<name>/migration.sql` in order, each in one transaction together with its
 * row in `_prisma_migrations`, so that a power cut leaves it applied whole or not at all. Prisma's own tool for
 * this needs a native engine that a closed school network can't fetch.
 */
import { createHash, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import { StartFault } from './errors.ts';

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

export function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** Returns the names it applied. Throws StartFault when the store is newer than this program, or its history differs. */
export async function migrate(store: SqlDriverAdapter, migrations: Migration[]): Promise<string[]> {
  await store.executeScript(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL, "checksum" TEXT NOT NULL, "finished_at" DATETIME, "migration_name" TEXT NOT NULL,
    "logs" TEXT, "rolled_back_at" DATETIME, "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0)`);
  const applied = await appliedMigrations(store);
  const known = new Map(migrations.map((each) => [each.name, each]));
  for (const [name, checksum] of applied) {
    const here = known.get(name);
    if (!here) {
      throw new StartFault(
        'store-newer',
        `The data was last used by a newer version of Xiaomen (it has the migration "${name}", which this version does not know). Install that version again, or restore the back-up made before the update.`,
      );
    }
    if (here.checksum !== checksum) {
      throw new StartFault(
        'store-changed',
        `The migration "${name}" is not the one that the data was made with. Restore the original file under prisma/migrations.`,
      );
    }
  }
  const pending = migrations.filter((each) => !applied.has(each.name));
  for (const each of pending) await apply(store, each);
  return pending.map((each) => each.name);
}

async function appliedMigrations(store: SqlDriverAdapter): Promise<Map<string, string>> {
  const { rows } = await store.queryRaw({
    sql: 'SELECT "migration_name", "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL',
    args: [],
    argTypes: [],
  });
  return new Map(rows.map((row) => [String(row[0]), String(row[1])]));
}

async function apply(store: SqlDriverAdapter, { name, sql, checksum }: Migration): Promise<void> {
  const quoted = [randomUUID(), checksum, name].map((text) => `'${text.replaceAll("'", "''")}'`).join(', ');
  try {
    await store.executeScript(`BEGIN;
${sql};
INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at", "applied_steps_count")
VALUES (${quoted}, current_timestamp, 1);
COMMIT;`);
  } catch (error) {
    await store.executeScript('ROLLBACK').catch(() => {});
    throw error;
  }
}
