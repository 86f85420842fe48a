/** A migrated store in a folder of its own with its event log, for unit tests that need the real thing. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '../hardware/sim/manual-clock.ts';
import { openDatabase } from '../server/db.ts';
import { openEventLog } from '../server/events/event-log.ts';
import { createLog } from '../server/log.ts';

export const testSchool = 'sample-school';

export async function openStore() {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-store-'));
  const db = await openDatabase(folder, 'prisma/migrations');
  const clock = manualClock();
  const log = createLog('silent');
  const events = await openEventLog({ db, clock, school: testSchool, log });
  return {
    db,
    clock,
    log,
    events,
    async close() {
      await events.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
