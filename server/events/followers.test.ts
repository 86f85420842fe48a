import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../../hardware/sim/manual-clock.ts';
import type { LoggedEvent } from '../contract/events.ts';
import { type Follower, type FollowOptions, follow } from './followers.ts';
import type { EventLog } from './port.ts';
import { silent, swipe, tempStore } from './testing.ts';

let store: Awaited<ReturnType<typeof tempStore>>;
let events: EventLog;
let open: Follower[];
beforeEach(async () => {
  store = await tempStore();
  events = await store.openLog();
  open = [];
});
afterEach(async () => {
  for (const each of open) await each.close();
  await events.close();
  await store.close();
});

function start(options: Partial<FollowOptions> & Pick<FollowOptions, 'handle'>): Follower {
  const follower = follow({ name: 'f', events, db: store.db, clock: store.clock, log: silent, ...options });
  open.push(follower);
  return follower;
}
const cursor = async () => Number((await store.db.reader.cursor.findUnique({ where: { name: 'f' } }))?.seq);
const seqs = (list: LoggedEvent[]) => list.map(({ seq }) => seq);

describe('follow', () => {
  it('catches up in pages, then follows, and goes on there after a restart', async () => {
    for (let n = 0; n < 5; n++) await events.append(swipe(n));
    const seen: number[] = [];
    const handle = async (_: unknown, batch: LoggedEvent[]) => {
      seen.push(...seqs(batch));
      return undefined;
    };
    const first = start({ handle, page: 2 });
    await first.settled();
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    await events.append(swipe(5));
    await first.settled();
    expect([seen.at(-1), await cursor()]).toEqual([6, 6]);
    await first.close();
    await events.append(swipe(6));
    await start({ handle }).settled();
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('gathers for a moment what comes together', async () => {
    const seen: number[][] = [];
    const follower = start({
      handle: async (_, batch) => {
        seen.push(seqs(batch));
        return undefined;
      },
    });
    await follower.settled();
    await events.append(swipe(1));
    await events.append(swipe(2));
    await store.clock.advanceAsync(100);
    await follower.settled();
    expect(seen).toEqual([[1, 2]]);
  });

  it('goes on after it was told late of what it had already read', async () => {
    let tell: (batch: LoggedEvent[]) => void = () => {};
    const late: EventLog = {
      ...events,
      onCommitted(listener) {
        tell = listener;
        return () => {};
      },
    };
    const seen: number[] = [];
    const follower = start({
      events: late,
      handle: async (_, batch) => {
        seen.push(...seqs(batch));
        return undefined;
      },
    });
    const first = await events.append(swipe(1));
    await follower.settled();
    tell([first]);
    await store.clock.advanceAsync(100);
    const second = await events.append(swipe(2));
    tell([second]);
    await follower.settled();
    expect(seen).toEqual([1, 2]);
  });

  it('sees its types only and still settles at the head', async () => {
    const seen: number[] = [];
    const follower = start({
      types: ['system.stopped'],
      handle: async (_, batch) => {
        seen.push(...seqs(batch));
        return undefined;
      },
    });
    await events.append(swipe(1));
    await events.append({ type: 'system.stopped', data: {} });
    await events.append(swipe(2));
    await follower.settled();
    expect([seen, follower.position()]).toEqual([[2], 3]);
  });

  it('tries again after a failure, keeps nothing of it, and holds up nobody', async () => {
    let failures = 2;
    const follower = start({
      handle: async (tx, batch) => {
        await tx.secret.create({ data: { name: `seen-${batch[0]?.seq}`, value: '' } });
        if (failures-- > 0) throw new Error('not now');
        return undefined;
      },
    });
    await events.append(swipe(1));
    while (store.clock.pending() === 0) await settle();
    expect(await store.db.reader.secret.count()).toBe(0);
    expect((await events.append(swipe(2))).seq).toBe(2);
    store.clock.advance(1_000);
    while (store.clock.pending() === 0) await settle();
    const settled = follower.settled();
    store.clock.advance(2_000);
    await settled;
    expect(await store.db.reader.secret.findMany()).toMatchObject([{ name: 'seen-1' }]);
    expect(await cursor()).toBe(2);
  });

  it('asks the store how far it came when a commit is reported as failed', async () => {
    const seen: number[] = [];
    await events.append(swipe(1));
    store.store.fail = 'after';
    const follower = start({
      handle: async (_, batch) => {
        seen.push(...seqs(batch));
        return undefined;
      },
    });
    while (store.clock.pending() === 0) await settle();
    store.store.fail = undefined;
    store.clock.advance(1_000);
    await follower.settled();
    expect([seen, follower.position()]).toEqual([[1], 1]);
  });

  it('records what follows from an event in the same transaction', async () => {
    const follower = start({
      handle: async (_, batch) =>
        batch.flatMap((event) =>
          event.type === 'lane.forced'
            ? [
                {
                  type: 'alarm.raised',
                  data: { alarmId: 'a', kind: 'forced', priority: 'high', cause: event.seq },
                },
              ]
            : [],
        ),
    });
    await events.append({ type: 'lane.forced', data: { gateId: 'g', laneId: 'l' } });
    await follower.settled();
    expect(await events.readAfter(1, 10)).toMatchObject([
      { seq: 2, type: 'alarm.raised', data: { cause: 1 } },
    ]);
    expect(follower.position()).toBe(2);
  });
});
