/**
 * Eight simulated OSDP readers in secure channel on one bus, beside what libosdp 3.2.0 as ACU gave. Everything but the
 * share of the processor is measured on a clock set by hand, so the figures are exact and the same everywhere: they are
 * the protocol's and the schedule's, with the wire time of the stated rate where one is stated.
 */
import { systemClock } from '../../hardware/index.ts';
import {
  busId,
  cardOf,
  type OsdpBenchParts,
  osdpBench,
  seeded,
  watchedBench,
} from '../../hardware/osdp-bench-helper.ts';
import { misbehave, newPd, type PdOptions, powerCycle } from '../../hardware/sim/osdp/pd-state.ts';
import { osdpServerRow } from './osdp-server.ts';
import { type BenchRow, percentile } from './row.ts';

const readers = 8;
const samples = 400;
const quick = { baudRate: 115_200 };
const slow = { wireTime: true, baudRate: 9_600 };
const given = 'libosdp 3.2.0, as given';

type Bench = Awaited<ReturnType<typeof eight>>;

async function eight(parts: Partial<OsdpBenchParts> = {}) {
  const pds: PdOptions[] = Array.from({ length: readers }, () => ({}));
  const it = await watchedBench({ pds, keyed: true, ...quick, ...parts });
  await it.clock.advanceAsync(10_000);
  return it;
}

/** Milliseconds from the card at the reader to the event, for cards at random moments at random readers. */
async function cardTimes(it: Bench, at: readonly number[], count = samples): Promise<number[]> {
  const { clock, bus, hardware } = it;
  const random = seeded(7);
  const below = (limit: number) => random() * limit;
  const times: number[] = [];
  let shownAt = 0;
  const end = hardware.on('read', () => times.push(clock.monotonic() - shownAt));
  for (let card = 1; card <= count; card += 1) {
    await clock.advanceAsync(400 + below(1_600));
    shownAt = clock.monotonic();
    bus.change(at[Math.floor(below(at.length))] ?? 0, cardOf(card));
    await clock.advanceAsync(1_200);
  }
  end();
  if (times.length !== count) throw new Error(`${times.length} of ${count} cards were read`);
  return times;
}

const all = Array.from({ length: readers }, (_, reader) => reader);

async function closing<T>(it: Bench, work: (it: Bench) => Promise<T>): Promise<T> {
  const value = await work(it);
  await it.hardware.close();
  return value;
}

/** When the next event of that kind comes, milliseconds from now. */
async function until(it: Bench, fits: (word: string) => boolean, limit: number, stepMs = 1): Promise<number> {
  const began = it.clock.monotonic();
  it.told.length = 0;
  while (!it.told.some(fits)) {
    if (it.clock.monotonic() - began > limit) throw new Error(`nothing came within ${limit} ms`);
    await it.clock.advanceAsync(stepMs);
  }
  return it.clock.monotonic() - began;
}

/** What one fault in the answer that brings a card adds, at most over many moments. */
async function cardOver(it: Bench, faults: { lose?: number; badCheck?: number }): Promise<number> {
  let worst = 0;
  for (let card = 1; card <= 50; card += 1) {
    await it.clock.advanceAsync(500 + card * 7.3);
    const before = it.reads.length;
    const shownAt = it.clock.monotonic();
    it.bus.change(card % readers, (pd) => misbehave(cardOf(card)(pd), faults));
    while (it.reads.length === before) await it.clock.advanceAsync(1);
    worst = Math.max(worst, it.clock.monotonic() - shownAt);
    await it.clock.advanceAsync(2_000);
    if (it.reads.length !== before + 1) throw new Error('the card was read more than once');
  }
  return worst;
}

function row(name: string, ours: number, reference: number, unit: string, aim: string): BenchRow {
  return { name: `OSDP ${name} (${given})`, ours, reference, ratio: ours / reference, unit, aim };
}

/**
 * The least that any order of polls can reach at 9,600 baud in secure channel, for cards at random moments at random
 * readers. A poll and its ACK are 15 bytes each (mark, header 5, block 2, ID, MAC 4, CRC 2), so that no reader of eight
 * is asked more often than each T = 8 × (31.25 ms + turn-around) on the average. A card waits longer than t with the
 * probability Σ max(0, gap − t) / Σ gap over all gaps between polls; that is convex in the gaps, so equal gaps are best
 * for every t at once, and the wait is spread evenly over 0 … T. The answer that brings the card, 31 bytes, comes on top.
 * With the 1 ms of the simulated readers: 162 and 278 ms, and 154 and 262 with PDs that take no time at all. So the aims
 * of 150 and 250 can't be met in secure channel at this rate with CRC: even with a checksum in its place and no mark of
 * ours (13 and 14 bytes) it were 149 and 254. libosdp's better end, 159 and 280, is that same floor. A rate of 38,400
 * brings all of it below 70 ms.
 */
function leastMs(share: number): number {
  const byteMs = 10_000 / slow.baudRate;
  const turnaroundMs = newPd().turnaroundMs;
  const round = readers * (30 * byteMs + turnaroundMs);
  return (share / 100) * round + turnaroundMs + 31 * byteMs;
}

function besideLeast(share: number, ours: number): BenchRow {
  const reference = leastMs(share);
  return {
    name: `OSDP card to event, 9,600 baud, secure channel, p${share}, beside the least that any order of polls can reach`,
    ...{ ours, reference, ratio: ours / reference, unit: 'ms', aim: '≤ 1.05×' },
  };
}

export async function osdpRows(): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const idle = await closing(await eight(), (it) => cardTimes(it, all));
  rows.push(row('card to event, no wire time, p50', percentile(idle, 50), 29, 'ms', '≤ 15'));
  rows.push(row('card to event, no wire time, p95', percentile(idle, 95), 53, 'ms', '≤ 30'));
  const secure = await closing(await eight(slow), (it) => cardTimes(it, all));
  // Given are 159 to 220 and 280 to 384 ms; beside both ways stands the better end.
  rows.push(
    row('card to event, 9,600 baud, secure channel, p50', percentile(secure, 50), 159, 'ms', '≤ 150'),
  );
  rows.push(
    row('card to event, 9,600 baud, secure channel, p95', percentile(secure, 95), 280, 'ms', '≤ 250'),
  );
  for (const share of [50, 95]) rows.push(besideLeast(share, percentile(secure, share)));
  const pds: PdOptions[] = Array.from({ length: readers }, () => ({ security: 'none' as const }));
  const plain = await closing(await eight({ ...slow, pds, keyed: false }), (it) => cardTimes(it, all));
  rows.push(row('card to event, 9,600 baud, in the clear, p50', percentile(plain, 50), 159, 'ms', '≤ 150'));
  rows.push(row('card to event, 9,600 baud, in the clear, p95', percentile(plain, 95), 280, 'ms', '≤ 250'));

  rows.push(row('cards queued in one reader', await closing(await eight(), queued), 19, 'cards/s', '≥ 100'));
  const lost = await closing(await eight(), (it) => cardOver(it, { lose: 1 }));
  rows.push(row('one answer lost, worst of 50', lost, 1_020, 'ms', '≤ 250'));
  const damaged = await closing(await eight(), (it) => cardOver(it, { badCheck: 1 }));
  rows.push(
    row('one answer with a bad CRC, worst of 50; the reference: not within', damaged, 10_000, 'ms', '≤ 250'),
  );

  const it = await eight();
  it.bus.change(3, (pd) => misbehave(pd, { muted: true }));
  rows.push(
    row(
      'unplugged, not answering',
      await until(it, (word) => word.startsWith('3 not-answering'), 5_000),
      8_300,
      'ms',
      '≤ 1000',
    ),
  );
  const noticed = rows.at(-1)?.ours ?? 0;
  const offline = noticed + (await until(it, (word) => word.startsWith('3 offline'), 10_000));
  rows.push(row('unplugged, offline', offline, 8_300, 'ms', '8000'));
  const others = await cardTimes(
    it,
    all.filter((reader) => reader !== 3),
  );
  const ratio = percentile(others, 95) / percentile(idle, 95);
  rows.push({
    name: 'OSDP one of eight dead, the others’ p95 beside all alive',
    ours: percentile(others, 95),
    reference: percentile(idle, 95),
    ratio,
    unit: 'ms',
    aim: 'ratio ≤ 1.5',
  });
  await it.clock.advanceAsync(600_000);
  it.bus.change(3, (pd) => misbehave(powerCycle(pd), { muted: false }));
  rows.push(
    row(
      'back after 10 minutes, secure again',
      await until(it, (word) => word.startsWith('3 online secure'), 10_000),
      300_000,
      'ms',
      '≤ 2000',
    ),
  );
  await it.hardware.close();
  rows.push(await processorShare(), await osdpServerRow());
  return rows;
}

async function queued(it: Bench): Promise<number> {
  const count = 200;
  const began = it.clock.monotonic();
  for (let card = 1; card <= count; card += 1) it.bus.change(2, cardOf(card));
  while (it.reads.length < count) await it.clock.advanceAsync(1);
  return (count * 1_000) / (it.clock.monotonic() - began);
}

const shareMs = 5_000;
/** What the issue allows for the bus and the server together. */
const allowedShare = 20;

/** In real time: the bus, its simulated readers and both ends' ciphers in one process. */
async function processorShare(): Promise<BenchRow> {
  const pds: PdOptions[] = Array.from({ length: readers }, () => ({}));
  const it = await osdpBench({
    clock: systemClock,
    pds,
    keyed: true,
    wireTime: true,
    baudRate: 115_200,
    random: Math.random,
  });
  await it.configure();
  const wait = (ms: number) => new Promise<void>((resolve) => void systemClock.after(ms, resolve));
  await wait(1_500);
  const readersNow = it.hardware.statuses().find(({ deviceId }) => deviceId === busId)?.readers ?? [];
  if (!readersNow.every(({ secure }) => secure)) throw new Error('not every reader is in secure channel');
  const before = process.cpuUsage();
  const began = performance.now();
  await wait(shareMs);
  const { user, system } = process.cpuUsage(before);
  const share = (user + system) / 10 / (performance.now() - began);
  await it.hardware.close();
  return {
    name: 'OSDP share of one core, eight readers at 115,200 baud, simulated readers included; the reference is what is allowed',
    ours: share,
    reference: allowedShare,
    ratio: share / allowedShare,
    unit: '%',
    aim: '≤ 20',
  };
}
