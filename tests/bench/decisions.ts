/**
 * Decisions with 1 k, 100 k and 1 M enrolled credentials: from the credential that a reader sent to the decision,
 * look-up and facts included. Reads come in random order from everybody enrolled.
 *
 * Two measures. `decisions/s` repeats without a pause: a small school then stays in the processor's caches, which
 * it never does at a gate. `one decision` is what a single swipe meets there: other work has used the caches since.
 */
import type { Read } from '../../hardware/ports.ts';
import { decide } from '../../server/access/decide.ts';
import { directoryOf } from '../../server/access/directory.ts';
import { createMemory } from '../../server/access/directory-memory.ts';
import type { BenchRow } from './row.ts';

const now = Date.UTC(2026, 8, 14, 0, 30);
const burst = 400_000;
const singles = 150;
const groupCount = 40;
/** More than any processor caches nearby. */
const otherWork = new Int32Array(16 * 1024 * 1024);

/** Best of some rounds each, the sizes in turn, so that a busy machine disturbs all of them alike. */
export async function decisionRows(sizes = [1_000, 100_000, 1_000_000], rounds = 4): Promise<BenchRow[]> {
  const schools = sizes.map((size) => ({
    size,
    ...schoolOf(size),
    best: 0,
    single: Number.POSITIVE_INFINITY,
  }));
  for (let round = 0; round < rounds; round++) {
    for (const school of schools) school.best = Math.max(school.best, school.perSecond());
  }
  for (let round = 0; round < 2; round++) {
    for (const school of schools) school.single = Math.min(school.single, school.microseconds());
  }
  const [first] = schools;
  if (!first) return [];
  return [
    ...schools.map(({ size, best }) => ({
      name: `decisions with ${size.toLocaleString('en')} credentials`,
      ours: Math.round(best),
      reference: Math.round(first.best),
      ratio: best / first.best,
      unit: 'decisions/s',
      aim: 'ratio >= 0.67',
    })),
    ...schools.map(({ size, single }) => ({
      name: `one decision with ${size.toLocaleString('en')} credentials, after other work`,
      ours: single,
      reference: first.single,
      ratio: single / first.single,
      unit: 'µs, median',
      aim: 'ratio <= 1.5',
    })),
  ];
}

/** A school of so many people, each with one card. */
function schoolOf(size: number): { perSecond(): number; microseconds(): number } {
  const { directory, values } = populate(size);
  const random = generator(size);
  // One after the other in memory, as they would come in, whatever the size of the school.
  const reads = Array.from({ length: burst }, () => flat(values[random(size)] ?? ''));
  const unseen = () => undefined;

  function granted(sent: string): boolean {
    const credential = { technology: 'em4100', bits: 40, value: flat(sent) } as const;
    const read: Read = { deviceId: 'device', reader: 0, at: now, credential };
    const reader = directory.place(read.deviceId, read.reader);
    const facts = reader && directory.facts(reader, credential, unseen);
    return facts !== undefined && decide(facts, read, now).grant;
  }
  function check(grants: number, of: number): void {
    if (grants !== of) throw new Error(`only ${grants} of ${of} reads were granted`);
  }
  return {
    perSecond() {
      let grants = 0;
      const began = performance.now();
      for (const sent of reads) if (granted(sent)) grants++;
      const seconds = (performance.now() - began) / 1000;
      check(grants, burst);
      return burst / seconds;
    },
    microseconds() {
      const times: number[] = [];
      for (let sample = 0; sample < singles; sample++) {
        const sent = reads[random(burst)] ?? '';
        for (let i = 0; i < otherWork.length; i += 16) otherWork[i] = (otherWork[i] ?? 0) + 1;
        const began = performance.now();
        const grant = granted(sent);
        times.push((performance.now() - began) * 1000);
        check(grant ? 1 : 0, 1);
      }
      return times.sort((a, b) => a - b)[singles >> 1] ?? 0;
    },
  };
}

function populate(size: number) {
  const memory = createMemory();
  const { put } = memory;
  put.school(['s1', 'Sample school', 'Asia/Shanghai', 'zh-CN', 1, '{}', 3, 10, 5]);
  put.schedules(['d1', 'School days', 0, ['1', '2', '3', '4', '5'].map((day) => [day, 390, 1080])]);
  put.zones(['z1', 'Campus', 'hard', 0]);
  const times = [8000, 15000, 30000, 'pass-known', 0, 'card', 'card', null] as const;
  put.lanes(['l1', 'g1', 'Lane 1', 1, 'controlled', 'z1', null, 1, 1000, null, 0, null, 1, 1, ...times]);
  put.readers(['r1', 'Reader 1', 'device', 0, 'l1', 'in', '{}']);
  for (let group = 0; group < groupCount; group++) {
    put.groups([`group-${group}`, `Group ${group}`, 0]);
    put.rules([`rule-${group}`, `group-${group}`, 'l1', 'both', 'd1']);
  }
  const values: string[] = [];
  for (let i = 0; i < size; i++) {
    const group = `group-${i % groupCount}`;
    const value = tagOf(i);
    values.push(value);
    put.cardholders([`p-${i}`, 'student', String(i), `Student ${i}`, 'Class 1', 'active', null, [group]]);
    put.credentials([`c-${i}`, `em4100:40:${value}`, `p-${i}`, 'active', null, null]);
  }
  return { directory: directoryOf(memory, undefined), values };
}

/** A different tag number for each: the multiplier is odd, so nothing repeats within 40 bits. */
export function tagOf(index: number): string {
  const value = (BigInt(index) * 0x9e3779b97fn) & 0xffffffffffn;
  return value.toString(16).toUpperCase().padStart(10, '0');
}

/** A fresh text, as a codec makes it from bytes: its hash is not known yet, and it lies where it was made. */
function flat(text: string): string {
  return text.slice(0, 5) + text.slice(5);
}

/** Repeatable whole numbers below a bound. */
function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
