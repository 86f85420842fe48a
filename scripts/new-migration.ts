/** `npm run migration -- <name>`: writes the SQL that brings the migrated store to what schema.prisma says. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../server/db.ts';
import { schemaDiff } from './schema-diff.ts';

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write(
    'Give the migration a name of small letters, digits and underscores: npm run migration -- add_badges\n',
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'xiaomen-migration-'));
try {
  const database = await openDatabase(folder, 'prisma/migrations');
  await database.close();
  const sql = await schemaDiff(`file:${database.file}`);
  if (sql === '') {
    process.stdout.write('The migrations already say what schema.prisma says.\n');
  } else {
    const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
    const target = join('prisma/migrations', `${stamp}_${name}`);
    mkdirSync(target);
    writeFileSync(join(target, 'migration.sql'), sql);
    process.stdout.write(`Wrote ${target}/migration.sql: read it before you commit it.\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
