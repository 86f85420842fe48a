import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schemaDiff } from '../scripts/schema-diff.ts';
import { openDatabase } from '../server/db.ts';

it('the migrations make exactly what schema.prisma says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-schema-'));
  try {
    const database = await openDatabase(folder, 'prisma/migrations');
    await database.close();
    expect(await schemaDiff(`file:${database.file}`)).toBe('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
