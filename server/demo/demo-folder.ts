/** The demo's data folder, which it empties at each start, and how it makes sure that it is its own. */
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lockFolder } from '../db.ts';
import { StartFault } from '../errors.ts';
import { makeFolder } from '../make-folder.ts';

const marker = 'demo-data.txt';
const markerText =
  'This folder belongs to the demo of Xiaomen. Its database is deleted at each start of the demo.\n';
/** What the server keeps there. Nothing else is touched. */
const ours = /^(xiaomen\.db|spill\.jsonl)/;

/**
 * Makes the folder, or empties it if it bears the demo's mark. Throws StartFault `data-dir` when it holds anything
 * without that mark, and `store-locked` while another server uses it.
 */
export async function emptyDemoFolder(folder: string): Promise<void> {
  try {
    makeFolder(folder);
    const held = readdirSync(folder);
    if (!held.includes(marker) && held.length > 0) {
      throw new StartFault(
        'data-dir',
        `The demo deletes the data in its folder at each start, and ${folder} holds data that is not the demo's. Give the demo another DATA_DIR, or set DEMO to false to use this data.`,
      );
    }
    const release = await lockFolder(folder);
    try {
      for (const name of held) if (ours.test(name)) rmSync(join(folder, name));
      if (!existsSync(join(folder, marker))) writeFileSync(join(folder, marker), markerText);
    } finally {
      await release();
    }
  } catch (error) {
    if (error instanceof StartFault) throw error;
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    throw new StartFault(
      'data-dir',
      `The demo's data folder ${folder} cannot be emptied (${code}). Check that it is a folder and that this user may write in it.`,
    );
  }
}
