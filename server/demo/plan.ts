/**
 * A school day as a list of swipes, drawn from a seed: rush hours, refusals, a late student, a forced door, a door
 * held open. Pure, so that the history of a past day and the traffic of today come from one plan.
 */
import type { CardholderKind } from '../contract/words.ts';

export interface DemoPerson {
  cardholderId: string;
  kind: CardholderKind;
  /** Canonical key of the card; what it is worth (lost, expired ...) is for the gate to find out. */
  key: string;
  sound: boolean;
}

export interface DemoReader {
  deviceId: string;
  number: number;
  laneId: string;
  direction: 'in' | 'out';
}

export interface DemoDoor {
  laneId: string;
  deviceId: string;
  input: number;
}

export type Act =
  | { minute: number; kind: 'swipe'; person: DemoPerson; reader: DemoReader }
  | { minute: number; kind: 'stranger'; key: string; reader: DemoReader }
  | { minute: number; kind: 'force'; door: DemoDoor }
  | { minute: number; kind: 'hold'; door: DemoDoor }
  | { minute: number; kind: 'unplug'; deviceId: string };

export interface Cast {
  people: readonly DemoPerson[];
  /** Readers of the lanes that everybody uses. */
  readers: readonly DemoReader[];
  doors: readonly DemoDoor[];
}

/** Mulberry32: small, seeded, good enough for made-up people. Returns numbers from 0 up to 1. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Minutes of the day around which people come and go, and how widely they spread. */
const habits: Record<CardholderKind, { arrive: number; leave: number; spread: number }> = {
  student: { arrive: 7 * 60 + 22, leave: 16 * 60 + 45, spread: 14 },
  staff: { arrive: 7 * 60 + 2, leave: 17 * 60 + 25, spread: 22 },
  guard: { arrive: 6 * 60 + 35, leave: 18 * 60 + 30, spread: 6 },
  contractor: { arrive: 9 * 60 + 10, leave: 15 * 60, spread: 70 },
  guardian: { arrive: 11 * 60, leave: 11 * 60 + 20, spread: 40 },
};

/** In the order of the day. */
export function planDay({ people, readers, doors }: Cast, seed: number): Act[] {
  const random = seeded(seed);
  const around = (centre: number, spread: number) =>
    centre + (random() + random() + random() - 1.5) * 2 * spread;
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  const going = (direction: 'in' | 'out') => readers.filter((reader) => reader.direction === direction);
  const entries = going('in');
  const exits = going('out');
  const acts: Act[] = [];
  const swipe = (minute: number, person: DemoPerson, reader: DemoReader | undefined) => {
    if (reader) acts.push({ minute, kind: 'swipe', person, reader });
  };

  for (const person of people) {
    const { arrive, leave, spread } = habits[person.kind];
    if (random() < 0.04) continue; // Absent today.
    const late = person.kind === 'student' && random() < 0.012;
    const arrival = late ? 8 * 60 + 20 + random() * 70 : around(arrive, spread);
    swipe(arrival, person, pick(entries));
    // A card that is refused is tried once more, as people do.
    if (!person.sound) swipe(arrival + 0.15, person, pick(entries));
    if (person.kind === 'staff' && random() < 0.35) {
      const lunch = around(12 * 60 + 5, 12);
      swipe(lunch, person, pick(exits));
      swipe(lunch + 25 + random() * 20, person, pick(entries));
    }
    // Somebody always tries to slip out during lessons.
    if (person.kind === 'student' && random() < 0.01) swipe(around(10 * 60 + 30, 60), person, pick(exits));
    swipe(around(leave, spread), person, pick(exits));
  }
  for (let count = 0; count < 5; count++) {
    const reader = pick(readers);
    const number = Math.floor(random() * 0xffffffff);
    const key = `em4100:40:${number.toString(16).toUpperCase().padStart(10, '0')}`;
    if (reader) acts.push({ minute: around(12 * 60, 200), kind: 'stranger', key, reader });
  }
  const door = pick(doors);
  if (door) {
    acts.push({ minute: 7 * 60 + 31, kind: 'force', door }, { minute: 13 * 60 + 42, kind: 'force', door });
    acts.push({ minute: 7 * 60 + 18, kind: 'hold', door }, { minute: 15 * 60 + 5, kind: 'hold', door });
  }
  const frail = pick(readers);
  if (frail) acts.push({ minute: 7 * 60 + 52, kind: 'unplug', deviceId: frail.deviceId });
  return acts.sort((a, b) => a.minute - b.minute);
}
