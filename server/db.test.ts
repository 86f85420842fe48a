import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './db.ts';

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-db-'));
  db = await openDatabase(join(folder, 'data'), 'prisma/migrations');
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const pragma = (name: string) =>
  db.exclusive((writer) => writer.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`));

describe('the store', () => {
  it('survives a power cut: write-ahead log, every commit synced', async () => {
    expect(Object.values((await pragma('journal_mode'))[0] ?? {})).toEqual(['wal']);
    expect(Object.values((await pragma('synchronous'))[0] ?? {}).map(Number)).toEqual([2]);
  });

  it('keeps its folder to its own user', () => {
    expect(statSync(join(folder, 'data')).mode & 0o077).toBe(0);
  });

  it('makes people of an older store found as those of a new one', async () => {
    const person = { kind: 'student', name: 'Émile Zola' };
    const others = Array.from({ length: 3 }, (_, n) => ({ ...person, id: `other-${n}`, search: 'kept' }));
    await db.transaction((tx) =>
      tx.cardholder.createMany({ data: [{ ...person, id: 'old', number: 'É-1' }, ...others] }),
    );
    await db.close();
    db = await openDatabase(join(folder, 'data'), 'prisma/migrations');
    const rows = await db.reader.cardholder.findMany({ orderBy: { id: 'asc' } });
    expect(rows.map(({ search }) => search)).toEqual(['émile zola\né-1\n', 'kept', 'kept', 'kept']);
  });

  it('is read through a connection that can not write and sees committed state alone', async () => {
    await expect(db.reader.zone.create({ data: { id: 'z', name: 'Z' } })).rejects.toThrow();
    await db.transaction(async (tx) => {
      await tx.zone.create({ data: { id: 'z', name: 'Z' } });
      expect(await db.reader.zone.count()).toBe(0);
    });
    expect(await db.reader.zone.count()).toBe(1);
  });

  it('lets writes in one after the other, and keeps nothing of one that fails', async () => {
    const order: string[] = [];
    const failing = db.transaction(async (tx) => {
      order.push('first begins');
      await tx.zone.create({ data: { id: 'a', name: 'A' } });
      await new Promise((resolve) => setImmediate(resolve));
      order.push('first fails');
      throw new Error('no');
    });
    const second = db.transaction(async (tx) => {
      order.push('second');
      await tx.zone.create({ data: { id: 'b', name: 'B' } });
    });
    await expect(failing).rejects.toThrow('no');
    await second;
    expect(order).toEqual(['first begins', 'first fails', 'second']);
    expect((await db.reader.zone.findMany()).map(({ id }) => id)).toEqual(['b']);
  });
});
