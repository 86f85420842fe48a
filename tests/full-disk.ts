/** For tests: a store whose disk is full, as SQLite sees it. */
import type { Campus } from '../server/campus.ts';
import type { NewEvent } from '../server/contract/events.ts';
import type { Database } from '../server/db.ts';
import { StoreFault } from '../server/errors.ts';
import type { TestCampus } from './harness.ts';

/** The writer may not make the file larger than so many pages; 1: than it is. The limit ends with the connection. */
export async function limitPages({ exclusive }: Pick<Database, 'exclusive'>, pages: number): Promise<void> {
  await exclusive((writer) => writer.$queryRawUnsafe(`PRAGMA max_page_count = ${pages}`));
}

/** Small ones for each index of the log: each index has a last page of its own that must be filled up. */
const fillers: NewEvent[] = [
  { type: 'system.stopped', data: {} },
  { type: 'lane.rex', data: { gateId: 'filler', laneId: 'filler', releases: false } },
  { type: 'cardholder.added', data: { cardholderId: 'filler' } },
];

/** No page more, and the last ones filled up. Resolves with the number of the last record that went in. */
export async function fillDisk({ db, events }: Pick<Campus, 'db' | 'events'>): Promise<number> {
  await limitPages(db, 1);
  for (let before = -1; before < events.head().seq; ) {
    before = events.head().seq;
    for (const filler of fillers) {
      await events.append(filler).catch((error: unknown) => {
        if (!(error instanceof StoreFault) || error.code !== 'full') throw error;
      });
    }
  }
  return events.head().seq;
}

export async function makeSpace({ db }: Pick<Campus, 'db'>): Promise<void> {
  await limitPages(db, 1_000_000);
}

/** Resolves when the recorder says so; its retries need the clock to go on. */
export async function untilRecovered({ app, clock }: TestCampus): Promise<void> {
  const { recorder, settled } = app.campus;
  const recovered = new Promise<void>((resolve) => {
    const cancel = recorder.onStatus(({ mode }) => {
      if (mode !== 'log') return;
      cancel();
      resolve();
    });
  });
  await clock.advanceAsync(30_000);
  await recovered;
  await settled();
}
