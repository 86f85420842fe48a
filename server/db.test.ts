import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './db.ts';
import { migrate, readMigrations } from './migrations.ts';

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

  it('gives what stands in an older store what new ones have', async () => {
    const older = join(folder, 'older');
    mkdirSync(older);
    const url = `file:${join(older, 'xiaomen.db')}`;
    const connection = await new PrismaBetterSqlite3({ url }).connect();
    await migrate(connection, readMigrations('prisma/migrations').slice(0, 2));
    await connection.executeScript(`
      INSERT INTO "Cardholder" ("id", "kind", "name", "number") VALUES ('p', 'student', 'Émile Zola', 'É-1');
      INSERT INTO "Credential" ("id", "key", "cardholderId")
      VALUES ('a', 'em4100:40:0100E7E73C', 'p'), ('b', 'em4100:24:ABCDEF', 'p'), ('c', 'text:48:E7E73C', 'p');
      INSERT INTO "Gate" ("id", "name") VALUES ('g', 'G');
      INSERT INTO "Lane" ("id", "gateId", "name") VALUES ('l', 'g', 'L');
      INSERT INTO "Device" ("id", "name", "model", "addressKind") VALUES ('d', 'D', 'rdm6300', 'sim');
      INSERT INTO "Reader" ("id", "name", "deviceId", "laneId") VALUES ('r', 'R', 'd', 'l');
      INSERT INTO "user" ("id", "name", "email", "emailVerified", "updatedAt", "mustChangePassword")
      VALUES ('new', 'N', 'n@example.org', 1, 0, 1), ('old', 'O', 'o@example.org', 1, 0, 0);`);
    await connection.dispose();
    const began = Math.floor(Date.now() / 1000) * 1000;
    const opened = await openDatabase(older, 'prisma/migrations');
    const { reader } = opened;
    expect(await reader.cardholder.findMany()).toMatchObject([{ search: 'émile zola\né-1\n' }]);
    const cards = await reader.credential.findMany({ orderBy: { id: 'asc' } });
    expect(cards.map(({ tail }) => tail)).toEqual(['E7E73C', 'ABCDEF', null]);
    expect(await reader.lane.findMany()).toMatchObject([
      { demandsSecure: false, pinIn: 'card', pinOut: 'card', outputReader: null },
    ]);
    expect(await reader.reader.findMany()).toMatchObject([{ laneId: 'l', feedback: '{}' }]);
    const users = await reader.user.findMany({ orderBy: { id: 'asc' } });
    expect(users.map(({ temporaryUntil }) => temporaryUntil !== null)).toEqual([true, false]);
    expect(Number(users[0]?.temporaryUntil)).toBeGreaterThanOrEqual(began + 7 * 86_400_000);
    await opened.close();
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
