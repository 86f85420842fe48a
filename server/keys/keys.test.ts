import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, openDatabase } from '../db.ts';
import { openKeyFile } from './key-file.ts';
import { pinHasher } from './pin-hash.ts';
import { readerKeys } from './reader-keys.ts';

let folder: string;
let db: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-keys-'));
  db = await openDatabase(folder, 'prisma/migrations');
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

const place = { deviceId: 'bus', reader: 3 };
const key = Buffer.from('a5'.repeat(16), 'hex');

it('the key file is made once, for its owner alone, and gives each use a key of its own', () => {
  const keys = openKeyFile(folder);
  expect(statSync(join(folder, 'keys', 'main.key')).mode & 0o777).toBe(0o600);
  expect(openKeyFile(folder)('pins')).toEqual(keys('pins'));
  expect(keys('pins')).not.toEqual(keys('reader-keys'));
  writeFileSync(join(folder, 'keys', 'main.key'), 'cut off');
  expect(() => openKeyFile(folder)).toThrow('not whole');
});

it('keeps both keys of a reader, encrypted, and for its own place and key file alone', async () => {
  const store = readerKeys(db, openKeyFile(folder)('reader-keys'));
  expect(await store.get(place)).toEqual({});
  await store.put(place, { current: key, next: Buffer.alloc(16, 1) });
  await store.put(place, { current: key });
  expect(await store.get(place)).toEqual({ current: key });
  const [row] = await db.reader.readerKey.findMany();
  const kept = Buffer.from(row?.sealed ?? '', 'base64');
  expect(kept.includes(key) || kept.toString().includes(key.toString('hex'))).toBe(false);
  await db.transaction((tx) => tx.readerKey.updateMany({ data: { number: 4 } }));
  await expect(store.get({ ...place, reader: 4 })).rejects.toThrow('another key file');
  expect(readFileSync(join(folder, 'xiaomen.db')).includes(key)).toBe(false);
});

it('hashes a PIN alike under one key only', async () => {
  const hash = pinHasher(openKeyFile(folder)('pins'));
  expect(await hash('1234')).toBe(await hash('1234'));
  expect(await hash('1234')).not.toBe(await hash('1235'));
  expect(await hash('1234')).not.toBe(await pinHasher(Buffer.alloc(32))('1234'));
});
