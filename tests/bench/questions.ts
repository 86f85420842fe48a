/**
 * One append to the log after the other, as swipes come, while one question about its past follows the other: a page
 * of the live log, and a search that reads every event. Beside the same appends while nobody asks.
 */
import { queryEvents } from '../../server/events/query.ts';
import { swipe } from '../../server/events/testing.ts';
import { openStore } from '../open-store.ts';
import { type BenchRow, percentile } from './row.ts';

const readsAll = `SELECT COUNT(*) FROM "Event" WHERE "body" LIKE '%nowhere%'`;
const chunk = 5_000;

export async function questionRows(past = 100_000, rounds = 40, appends = 25): Promise<BenchRow[]> {
  const store = await openStore();
  const { events } = store;
  const { questions } = store.db;
  try {
    for (let n = 0; n < past; n += chunk) {
      await Promise.all(Array.from({ length: chunk }, (_, i) => events.append(swipe((n + i) % 3_000))));
    }
    const append = async () => {
      const times: number[] = [];
      for (let n = 0; n < appends; n++) {
        const began = performance.now();
        await events.append(swipe(n));
        times.push(performance.now() - began);
      }
      return times;
    };
    /** Until the appends are done; @returns how many questions were answered meanwhile. */
    const askWhile = async (appending: Promise<unknown>) => {
      let going = true;
      let answered = 0;
      void appending.finally(() => {
        going = false;
      });
      for (; going; answered += 2) {
        await queryEvents(questions, { laneId: 'lane-1' }, { limit: 100 });
        await questions.$queryRawUnsafe(readsAll);
      }
      return answered;
    };
    const alone: number[] = [];
    const beside: number[] = [];
    await append();
    await askWhile(Promise.resolve());
    // In short pieces, in turn and each first as often, so that what else the machine does falls on both.
    for (let round = 0; round < rounds; round++) {
      if (round % 2) alone.push(...(await append()));
      const appending = append();
      if ((await askWhile(appending)) === 0) throw new Error('nothing was asked');
      beside.push(...(await appending));
      if (round % 2 === 0) alone.push(...(await append()));
    }
    return [50, 99].map((share) => {
      const [ours, reference] = [percentile(beside, share), percentile(alone, share)];
      return {
        name: `an append to the log while its past is searched, p${share}`,
        ours,
        reference,
        ratio: ours / reference,
        unit: 'ms',
        aim: share === 50 ? '≤ 1.5×' : '≤ 3×',
      };
    });
  } finally {
    await store.close();
  }
}
