/**
 * npm run rotate-id-key [data folder]
 *
 * Seals all identity numbers with a new key and forgets the old one. The server must be stopped. Exit code 0: done ·
 * 1: not done, and why; the numbers are as they were. A back-up of the store from before needs the key file of then.
 */
import { join, resolve } from 'node:path';
import { systemClock } from '../hardware/clock.ts';
import { openDatabase } from '../server/db.ts';
import { openEventLog } from '../server/events/event-log.ts';
import { createLog } from '../server/log.ts';
import { ensureSchool } from '../server/school/school.ts';
import { openIdVault } from '../server/visits/id-vault.ts';
import { rotateIdKey } from '../server/visits/rotate-id-key.ts';

const dataDir = resolve(process.argv[2] ?? process.env.DATA_DIR ?? 'data');
try {
  const db = await openDatabase(dataDir, join('prisma', 'migrations'));
  try {
    const school = await ensureSchool(db);
    const events = await openEventLog({ db, clock: systemClock, school, log: createLog('silent') });
    const count = await rotateIdKey({ events }, openIdVault(dataDir));
    await events.close();
    process.stdout.write(`Sealed ${count} identity numbers with a new key in ${join(dataDir, 'keys')}.\n`);
  } finally {
    await db.close();
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
