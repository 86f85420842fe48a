/** For tests: a log on a real store in a folder of its own, with a store that can be told to fail. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { manualClock } from '../../hardware/sim/manual-clock.ts';
import type { NewEvent } from '../contract/events.ts';
import { type Database, openDatabase } from '../db.ts';
import { StoreFault } from '../errors.ts';
import type { Log } from '../log.ts';
import { openEventLog } from './event-log.ts';

export const silent: Log = { debug() {}, info() {}, warn() {}, error() {} };

export function swipe(n: number): NewEvent & { type: 'passage.granted' } {
  const where = { gateId: 'gate-1', laneId: `lane-${n % 4}`, readerId: `reader-${n % 4}` } as const;
  const data = { ...where, direction: n % 2 ? 'in' : 'out', flags: [] } as const;
  return {
    type: 'passage.granted',
    data: { ...data, flags: [], cardholderId: `cardholder-${n}`, credentialId: `credential-${n}` },
  };
}

/** The number that `swipe` was called with. */
export function swiped(event: NewEvent): number {
  return event.type === 'passage.granted' ? Number(event.data.cardholderId?.split('-')[1]) : -1;
}

export async function tempStore() {
  const dir = mkdtempSync(join(tmpdir(), 'xiaomen-events-'));
  const real = await openDatabase(dir, 'prisma/migrations');
  const store = {
    /** `before` nothing is written · `after` the write is kept but reported as failed. */
    fail: undefined as 'before' | 'after' | undefined,
    writes: 0,
  };
  async function failing<T>(write: () => Promise<T>): Promise<T> {
    if (store.fail === 'before') throw new StoreFault('full', undefined);
    store.writes += 1;
    const result = await write();
    if (store.fail === 'after') throw new StoreFault('io', undefined);
    return result;
  }
  const db: Database = {
    ...real,
    exclusive: (work) => failing(() => real.exclusive(work)),
    transaction: (work) => failing(() => real.transaction(work)),
  };
  const clock = manualClock();
  return {
    dir,
    db,
    clock,
    store,
    openLog: (maxBatch?: number) =>
      openEventLog({ db, clock, school: 'school-1', log: silent, ...(maxBatch ? { maxBatch } : {}) }),
    async close() {
      await real.close();
      rmSync(dir, { recursive: true });
    },
  };
}
