/** The key of this installation, in a file of its own beside the store: who has the one has not yet the other. */
import { hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder.ts';

export type KeyUse = 'reader-keys' | 'pins';

const bytes = 32;

/**
 * Reads `keys/main.key` under the data folder, or makes it, for its owner alone. Throws when it can't be read or is
 * not whole: made anew, all that was kept under it would be lost without a word.
 * @returns the key for one use; no two uses share one.
 */
export function openKeyFile(dataDir: string): (use: KeyUse) => Buffer {
  const folder = join(dataDir, 'keys');
  makeFolder(folder, 0o700);
  const file = join(folder, 'main.key');
  try {
    writeFileSync(file, randomBytes(bytes), { flag: 'wx', mode: 0o600, flush: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const main = readFileSync(file);
  if (main.length !== bytes) throw new Error(`${file} is not whole: it must have ${bytes} bytes.`);
  return (use) => Buffer.from(hkdfSync('sha256', main, '', `xiaomen ${use}`, bytes));
}
