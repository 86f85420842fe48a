import { beforeEach, describe, expect, it } from 'vitest';
import type { ByteLink } from '../ports.ts';
import { type ManualClock, manualClock, settle } from '../sim/manual-clock.ts';
import { type RelayQueue, relayQueue } from './relay-queue.ts';
import type { Switched } from './switching.ts';

const link: ByteLink = {
  onData: () => undefined,
  onClose: () => undefined,
  write: async () => undefined,
  close: async () => undefined,
};

let clock: ManualClock;
let queue: RelayQueue;
let wire: string[];
let told: string[];
let answers: ((result: Switched) => void)[];
beforeEach(() => {
  clock = manualClock();
  wire = [];
  told = [];
  answers = [];
  const set = (_link: ByteLink, channel: number) => {
    wire.push(`${channel}@${clock.monotonic()}`);
    return new Promise<Switched>((resolve) => answers.push(resolve));
  };
  queue = relayQueue({ channels: 4, readsBack: true, set }, clock);
  queue.attach(link);
});

function add(channel: number, notAfter?: number): void {
  queue.add({
    channel,
    on: true,
    outdated: () => false,
    ...(notAfter === undefined ? {} : { notAfter }),
    settled: ({ outcome, detail = '' }, written) =>
      told.push(`${channel} ${outcome} ${detail.split(':')[0]}${written ? '' : ' unwritten'}`),
  });
}

async function answer(): Promise<void> {
  answers.shift()?.({ outcome: 'confirmed' });
  await settle();
}

describe('a command with a deadline', () => {
  it('is told at its deadline behind a board that hangs, and never written when the board goes on', async () => {
    add(1);
    add(2, 5_000);
    add(3, 20_000);
    await clock.advanceAsync(4_999);
    expect(told).toEqual([]);
    await clock.advanceAsync(1);
    expect(told).toEqual(['2 fault too late unwritten']);
    await clock.advanceAsync(1_000);
    await answer();
    // The one behind it is in time, and takes its turn.
    expect(wire).toEqual(['1@0', '3@6000']);
    await answer();
    expect(told.slice(1)).toEqual(['1 confirmed ', '3 confirmed ']);
    await clock.advanceAsync(60_000);
    expect(told).toHaveLength(3);
  });

  it('does not expire once it is written, nor a second time when the link is lost', async () => {
    add(1, 5_000);
    add(2, 5_000);
    expect(clock.pending()).toBe(1);
    queue.detach('gone');
    expect(clock.pending()).toBe(0);
    expect(told).toEqual(['1 unknown gone', '2 fault gone unwritten']);
    await clock.advanceAsync(60_000);
    expect(told).toHaveLength(2);
  });
});
