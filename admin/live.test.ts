import { describe, expect, it } from 'vitest';
import type { LogRow } from '../server/contract/log.ts';
import type { Ack } from '../server/contract/socket.ts';
import { createLive, type LiveSocket, progressKey } from './live.ts';

type Listener = (...args: never[]) => void;

function rowsOf(...seqs: number[]): LogRow[] {
  return seqs.map((seq) => ({
    event: { school: 's', seq, at: 0, v: 1, type: 'system.stopped', data: {}, hash: '' },
  }));
}

/** A server with a log of `head` rows, as far as the live side sees it. */
function campus() {
  const listeners = new Map<string, Listener>();
  const sent: { event: string; request: unknown; ack?: (answer: Ack) => void }[] = [];
  const timers: (() => void)[] = [];
  let connected = false;
  const world = {
    head: 10,
    headFails: 0,
    refused: 0,
    active: true,
    time: 1000,
    waits: [] as number[],
    serverTime: 700_000,
    sent,
    tell: (event: string, ...args: unknown[]) =>
      (listeners.get(event) as ((...args: unknown[]) => void) | undefined)?.(...args),
    connect: async () => {
      connected = true;
      world.tell('connect');
      await Promise.resolve();
      await Promise.resolve();
    },
    disconnect: () => {
      connected = false;
      world.tell('disconnect');
    },
    tick: async () => {
      for (const run of timers.splice(0)) run();
      await Promise.resolve();
      await Promise.resolve();
    },
    /** Answers the n-th of these; the newest unless told. */
    answer: (event: string, answer: Ack, n = -1) =>
      sent
        .filter((each) => each.event === event)
        .at(n)
        ?.ack?.(answer),
    of: (event: string) => sent.filter((each) => each.event === event).map(({ request }) => request),
  };
  const socket = {
    get connected() {
      return connected;
    },
    get active() {
      return world.active;
    },
    on: (event: string, listener: Listener) => listeners.set(event, listener),
    emit: (event: string, request: unknown, ack?: (answer: Ack) => void) =>
      sent.push({ event, request, ack }),
    connect: () => sent.push({ event: 'connect', request: undefined }),
    disconnect: () => world.disconnect(),
  } as unknown as LiveSocket;
  const live = createLive({
    socket,
    head: async () => {
      if (world.headFails-- > 0) throw new Error('no answer');
      return { head: world.head, now: world.serverTime };
    },
    may: { rows: true, states: true },
    onRefused: () => {
      world.refused++;
    },
    now: () => world.time,
    random: () => 1,
    after: (ms, run) => {
      world.waits.push(ms);
      timers.push(run);
      return () => timers.splice(timers.indexOf(run), 1);
    },
  });
  return { world, live };
}

describe('the live side', () => {
  it('follows from the newest row, never from "now"', async () => {
    const { world, live } = campus();
    live.onRows(() => {});
    await world.connect();
    expect(world.of('live:subscribe')).toEqual([{ cursor: 10 }]);
    expect(live.followedFrom.get()).toBe(10);
  });

  it('comes back after an interruption with the last row that was handed on', async () => {
    const { world, live } = campus();
    const seen: number[] = [];
    live.onRows((rows) => seen.push(...rows.map(({ event }) => event.seq)));
    await world.connect();
    world.tell('live:rows', rowsOf(11, 12), () => {});
    world.disconnect();
    world.head = 14;
    await world.connect();
    expect(world.of('live:subscribe')).toEqual([{ cursor: 10 }, { cursor: 12 }]);
    // The batch whose acknowledgement got lost comes again, with what followed.
    world.tell('live:rows', rowsOf(11, 12, 13, 14), () => {});
    expect(seen).toEqual([11, 12, 13, 14]);
  });

  it('says how long ago rows happened: now, but for those that were missed or had waited in the spill', async () => {
    const { world, live } = campus();
    const ages = new Map<number, number>();
    live.onRows((rows, ageOf) => {
      for (const row of rows) ages.set(row.event.seq, ageOf(row));
    });
    const row = (seq: number, at: number, more: object = {}): LogRow => {
      const [made] = rowsOf(seq);
      return { event: { ...(made as LogRow).event, at, ...more } };
    };
    await world.connect();
    world.time = 6_000;
    // Somebody set the server's clock: far ahead, far back.
    world.tell('live:rows', [row(11, 9_000_000), row(12, 1)], () => {});
    world.tell('live:rows', [row(13, 650_000, { spilled: true })], () => {});
    world.disconnect();
    [world.head, world.serverTime] = [16, 800_000];
    await world.connect();
    world.time = 7_000;
    const missed = [row(14, 760_000), row(15, 801_500), row(16, 900_000), row(17, 900_000)];
    world.tell('live:rows', missed, () => {});
    expect([...ages]).toEqual([
      [11, 0],
      [12, 0],
      [13, 55_000],
      [14, 41_000],
      [15, 0],
      [16, Number.POSITIVE_INFINITY],
      [17, 0],
    ]);
  });

  it('asks again when it was dropped for being slow, and not when the session ended', async () => {
    const { world, live } = campus();
    live.onRows(() => {});
    await world.connect();
    world.tell('live:dropped', 'slow');
    await world.tick();
    expect(world.of('live:subscribe')).toHaveLength(2);
    world.tell('live:dropped', 'session-ended');
    await world.tick();
    expect(world.of('live:subscribe')).toHaveLength(2);
    expect(world.refused).toBe(1);
  });

  it('begins anew with a log that is shorter than what it saw', async () => {
    const { world, live } = campus();
    live.onRows(() => {});
    await world.connect();
    world.disconnect();
    world.head = 3;
    await world.connect();
    expect(live.followedFrom.get()).toBe(3);
    expect(world.of('live:subscribe').at(-1)).toEqual({ cursor: 3 });
  });

  it('tries again when the newest row could not be asked for', async () => {
    const { world, live } = campus();
    world.headFails = 1;
    live.onRows(() => {});
    await world.connect();
    expect(world.of('live:subscribe')).toEqual([]);
    expect(live.followFault.get()).toBeInstanceOf(Error);
    await world.tick();
    expect(world.of('live:subscribe')).toEqual([{ cursor: 10 }]);
    expect(live.followFault.get()).toBeUndefined();
  });

  it('acknowledges a batch even when a screen fails on it', async () => {
    const { world, live } = campus();
    let acknowledged = 0;
    live.onRows(() => {
      throw new Error('a broken screen');
    });
    await world.connect();
    expect(() => world.tell('live:rows', rowsOf(11), () => acknowledged++)).toThrow('a broken screen');
    expect(acknowledged).toBe(1);
  });

  it('says since when the connection is lost, and connects again after a refusal', async () => {
    const { world, live } = campus();
    await world.connect();
    expect(live.connection.get()).toEqual({ state: 'online' });
    world.active = false;
    world.disconnect();
    expect(live.connection.get()).toEqual({ state: 'lost', since: 1000 });
    expect(world.refused).toBe(1);
    await world.tick();
    expect(world.of('connect')).toHaveLength(2);
    world.time = 5000;
    world.tell('connect_error', new Error('not-signed-in'));
    expect(live.connection.get()).toEqual({ state: 'lost', since: 1000 });
  });

  it('waits longer each time it is told that it asks too much, and asks nothing else meanwhile', async () => {
    const { world } = campus();
    world.active = false;
    const told = async () => {
      world.tell('connect_error', new Error('too-many-requests'));
      await world.tick();
      return world.waits.at(-1);
    };
    const waits = [];
    for (let n = 0; n < 6; n++) waits.push(await told());
    expect(waits).toEqual([5_000, 10_000, 20_000, 40_000, 80_000, 120_000]);
    expect(world.of('connect')).toHaveLength(7);
    expect(world.refused).toBe(0);
    await world.connect();
    expect(await told()).toBe(5_000);
  });

  it('watches reads while somebody looks: of one device, or of all when several are looked at', async () => {
    const { world, live } = campus();
    await world.connect();
    const first: string[] = [];
    const stop = live.onReads('a', (read) => first.push(read.deviceId));
    const stopAll = live.onReads(null, () => {});
    world.tell('reads:read', { deviceId: 'b', reader: 0, at: 0, printed: [] });
    world.tell('reads:read', { deviceId: 'a', reader: 0, at: 0, printed: [] });
    expect(first).toEqual(['a']);
    stop();
    stopAll();
    expect(world.of('reads:watch')).toEqual([{ deviceId: 'a' }, { deviceId: null }, { deviceId: null }]);
    expect(world.of('reads:unwatch')).toHaveLength(1);
  });

  it('says that reads are told from the server’s answer on, and no longer after an interruption', async () => {
    const { world, live } = campus();
    await world.connect();
    const stop = live.onReads('a', () => {});
    expect(live.reading.get()).toBe(false);
    world.answer('reads:watch', { ok: true });
    expect(live.reading.get()).toBe(true);
    live.onReads('b', () => {});
    stop();
    // Two were asked since: the first answer is not for what is wanted now.
    world.answer('reads:watch', { ok: true }, -2);
    expect(live.reading.get()).toBe(false);
    world.answer('reads:watch', { ok: true });
    expect(live.reading.get()).toBe(true);
    world.disconnect();
    expect(live.reading.get()).toBe(false);
    await world.connect();
    world.answer('reads:watch', { ok: false, code: 'not-allowed' });
    expect(live.reading.get()).toBe(false);
  });

  it('keeps how far the newest search of each bus and the file of each reader is', async () => {
    const { live, world } = campus();
    await world.connect();
    const search = { kind: 'search', deviceId: 'b', done: 1, total: 9, found: [] } as const;
    const file = { kind: 'file', deviceId: 'b', number: 3, done: 1, total: 9 } as const;
    world.tell('states:progress', search);
    world.tell('states:progress', file);
    world.tell('states:progress', { ...search, done: 2 });
    expect(live.progress.get().get(progressKey('search', 'b'))).toEqual({ ...search, done: 2 });
    expect(live.progress.get().get(progressKey('file', 'b', 3))).toEqual(file);
    expect(live.progress.get().get(progressKey('file', 'b', 4))).toBeUndefined();
  });

  it('keeps the newest state of each lane', async () => {
    const { world, live } = campus();
    await world.connect();
    world.tell('states:lanes', [{ laneId: 'a', posture: 'controlled', released: false }]);
    world.tell('states:lanes', [{ laneId: 'a', posture: 'free', released: true }]);
    expect(live.lanes.get().get('a')?.posture).toBe('free');
  });

  it('hears of visits while somebody listens, and says after each connection that some may have been missed', async () => {
    const { world, live } = campus();
    const heard: unknown[] = [];
    const cancel = live.onVisits((notice) => heard.push(notice?.visitId));
    expect(world.of('visits:watch')).toHaveLength(0);
    await world.connect();
    expect(world.of('visits:watch')).toHaveLength(1);
    world.tell('visits:news', { visitId: 'v', what: 'visit.added', at: 1 });
    world.disconnect();
    await world.connect();
    expect(world.of('visits:watch')).toHaveLength(2);
    expect(heard).toEqual([undefined, 'v', undefined]);
    cancel();
    world.tell('visits:news', { visitId: 'w', what: 'visit.added', at: 1 });
    expect(heard).toHaveLength(3);
  });

  it('hands on the documents of the reader that is watched, until another is or nobody listens', async () => {
    const { world, live } = campus();
    const heard: string[] = [];
    await world.connect();
    const first = live.onDocument('a', (told) => heard.push(told === 'taken' ? told : told.deviceId));
    const lay = (deviceId: string) =>
      world.tell('document:read', { deviceId, at: 1, unread: 'refused' as const });
    lay('a');
    lay('b');
    world.tell('document:taken', { deviceId: 'a' });
    const second = live.onDocument('b', (told) => heard.push(told === 'taken' ? told : told.deviceId));
    first();
    lay('b');
    world.disconnect();
    await world.connect();
    expect(world.of('document:watch')).toEqual([{ deviceId: 'a' }, { deviceId: 'b' }, { deviceId: 'b' }]);
    second();
    lay('b');
    expect(world.of('document:unwatch')).toHaveLength(1);
    expect(heard).toEqual(['a', 'taken', 'b']);
  });
});
