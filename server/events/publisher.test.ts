import { beforeEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock, settle } from '../../hardware/sim/manual-clock.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Log } from '../log.ts';
import { type Publisher, publisher } from './publisher.ts';
import { silent, swipe } from './testing.ts';

let clock: ManualClock;
let events: Publisher;
let errors: number;
let tries: string[];
beforeEach(() => {
  clock = manualClock();
  errors = 0;
  tries = [];
  const log: Log = { ...silent, error: () => void errors++ };
  events = publisher(log, clock);
});

const batch = (...seqs: number[]): LoggedEvent[] =>
  seqs.map((seq) => ({ ...swipe(seq), school: 's', seq, at: seq, v: 1, hash: String(seq) }));
const seqsOf = (committed: LoggedEvent[]) => committed.map(({ seq }) => seq).join();

/** Fails so many times, then follows; every try is noted with its moment. */
const failing = (times: number) => async (committed: LoggedEvent[]) => {
  const fails = times > 0;
  times -= 1;
  await settle();
  tries.push(`${seqsOf(committed)}${fails ? ' failed' : ''}@${clock.monotonic()}`);
  if (fails) throw new Error('the store is busy');
};

async function pass(ms: number): Promise<void> {
  await clock.advanceAsync(ms);
  await settle();
  await settle();
}

describe('a projection that fails', () => {
  it('once: is tried again with the same events, and whoever published does not wait for that', async () => {
    events.project(failing(1));
    await events.publish(batch(1, 2));
    expect(tries).toEqual(['1,2 failed@0']);
    expect(errors).toBe(1);
    await pass(99);
    expect(tries).toHaveLength(1);
    await pass(1);
    expect(tries).toEqual(['1,2 failed@0', '1,2@100']);
    await pass(60_000);
    expect(tries).toHaveLength(2);
    // From here on it is waited for again.
    await events.publish(batch(3));
    expect(tries.at(-1)).toBe('3@60100');
  });

  it('three times: waits twice as long each time, and what came meanwhile follows in order', async () => {
    events.project(failing(3));
    await events.publish(batch(1));
    await events.publish(batch(2));
    await events.publish(batch(3));
    expect(tries).toEqual(['1 failed@0']);
    await pass(1_000);
    expect(tries.slice(0, 4)).toEqual(['1 failed@0', '1 failed@100', '1 failed@300', '1@700']);
    await pass(0);
    expect(tries.slice(4).map((each) => each.split('@')[0])).toEqual(['2', '3']);
    expect(errors).toBe(3);
    expect(clock.pending()).toBe(0);
  });

  it('for long: tries every five seconds, until it has followed', async () => {
    events.project(failing(9));
    await events.publish(batch(1));
    await pass(0);
    for (let count = 0; count < 30; count += 1) await pass(1_000);
    const times = tries.map((each) => Number(each.split('@')[1]));
    expect(times.slice(-3).map((time, index, all) => time - (all[index - 1] ?? time))).toEqual([
      0, 5_000, 5_000,
    ]);
    expect(tries.at(-1)).toBe(`1@${times.at(-1)}`);
    const again = clock.monotonic();
    events.project(failing(0));
    await events.publish(batch(2));
    expect(tries.slice(-2)).toEqual([`2@${again}`, `2@${again}`]);
  });

  it('holds up neither listeners nor other projections', async () => {
    const heard: string[] = [];
    events.project(failing(1_000));
    events.project(async (committed) => void heard.push(`projection ${seqsOf(committed)}`));
    events.onCommitted((committed) => heard.push(`listener ${seqsOf(committed)}`));
    await events.publish(batch(1));
    await events.publish(batch(2));
    await events.settled();
    expect(heard).toEqual(['projection 1', 'listener 1', 'projection 2', 'listener 2']);
  });

  it('is left alone once it is taken out, or the log is closed', async () => {
    const cancel = events.project(failing(1_000));
    await events.publish(batch(1));
    cancel();
    expect(clock.pending()).toBe(0);
    events.project(failing(1_000));
    await events.publish(batch(2));
    await events.close();
    await pass(60_000);
    expect(tries).toEqual(['1 failed@0', '2 failed@0']);
  });
});
