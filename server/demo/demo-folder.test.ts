import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../db.ts';
import { emptyDemoFolder } from './demo-folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaomen-demo-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string) => writeFileSync(join(folder, name), 'kept');

describe('the demo folder', () => {
  it('is made, and known again: its data is deleted, other files stay', async () => {
    const inner = join(folder, 'data-demo');
    await emptyDemoFolder(inner);
    for (const name of ['xiaomen.db', 'xiaomen.db-wal', 'spill.jsonl', 'notes.txt']) {
      writeFileSync(join(inner, name), 'x');
    }
    await emptyDemoFolder(inner);
    const left = readdirSync(inner).filter((name) => !name.startsWith('server.lock'));
    expect(left.toSorted()).toEqual(['demo-data.txt', 'notes.txt']);
  });

  it('is left alone when it holds data without the mark', async () => {
    put('xiaomen.db');
    await expect(emptyDemoFolder(folder)).rejects.toMatchObject({ code: 'data-dir' });
    expect(readdirSync(folder)).toEqual(['xiaomen.db']);
  });

  it('is left alone while another server uses it', async () => {
    await emptyDemoFolder(folder);
    put('xiaomen.db');
    const release = await lockFolder(folder);
    await expect(emptyDemoFolder(folder)).rejects.toMatchObject({ code: 'store-locked' });
    expect(existsSync(join(folder, 'xiaomen.db'))).toBe(true);
    await release();
    await emptyDemoFolder(folder);
    expect(existsSync(join(folder, 'xiaomen.db'))).toBe(false);
  });

  it('is refused in one sentence when it is no folder', async () => {
    put('file');
    await expect(emptyDemoFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'data-dir' });
  });
});
