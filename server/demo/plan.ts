/**
 * A day at the gates as a list of acts, drawn from a seed: rush hours, refusals, late students, a forced door, a
 * door held open, a reader that falls out. Pure, so that the record of past days and the traffic of today come from
 * one plan. What the swipes come to is for the real rules to decide.
 */
import type { CardholderKind } from '../contract/words.ts';

export interface DemoReader {
  deviceId: string;
  number: number;
  laneId: string;
  /** At the gate that most people use. */
  main: boolean;
}

/** A reader and what the person shows there: the canonical key of a card or pass. */
export interface DemoWay {
  reader: DemoReader;
  key: string;
}

export interface DemoPerson {
  cardholderId: string;
  kind: CardholderKind;
  /** False for those whom every reader refuses: a lost card, somebody who has left. */
  sound: boolean;
  /** Where an access rule lets them in and out, whatever the hour. */
  entries: readonly DemoWay[];
  exits: readonly DemoWay[];
}

interface Input {
  deviceId: string;
  input: number;
}

/** A lane with a door position switch: the only kind that can be forced or held. */
export interface DemoDoor {
  laneId: string;
  gateId: string;
  dps: Input;
  /** Absent where there is no button to go out by. */
  rex?: Input;
  rexReleases: boolean;
  output?: { deviceId: string; channel: number };
  /** 0: it is never held. */
  heldWarningMs: number;
  heldAlarmMs: number;
  notEnteredMs: number;
}

export type Act = { minute: number } & (
  | { kind: 'swipe'; person: DemoPerson; way: DemoWay }
  /** Goes in by the door and stands talking in it. */
  | { kind: 'hold'; person: DemoPerson; way: DemoWay; door: DemoDoor }
  | { kind: 'stranger'; way: DemoWay }
  | { kind: 'button'; door: DemoDoor }
  | { kind: 'force'; door: DemoDoor }
  | { kind: 'unplug'; deviceId: string }
);

export interface Cast {
  people: readonly DemoPerson[];
  /** Readers of cards. */
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

export const pick = <T>(random: () => number, list: readonly T[]): T | undefined =>
  list[Math.floor(random() * list.length)];

/** Three in five by the main gate, if they may use others too. */
export function pickWay(random: () => number, ways: readonly DemoWay[]): DemoWay | undefined {
  const main = ways.filter(({ reader }) => reader.main);
  const others = ways.filter(({ reader }) => !reader.main);
  const byMain = others.length === 0 || (main.length > 0 && random() < 0.6);
  return pick(random, byMain ? main : others);
}

/** A card that nobody has enrolled. */
export function strangersKey(random: () => number): string {
  const number = Math.floor(random() * 0xffff_ffff);
  return `em4100:40:${number.toString(16).toUpperCase().padStart(10, '0')}`;
}

const at = (hour: number, minute: number) => hour * 60 + minute;

/** A crowd around a minute of the day; most come within `spread` minutes of it, all within three times that. */
interface Wave {
  share: number;
  centre: number;
  spread: number;
}

/** The shares of one list add up to 1. */
const habits: Record<CardholderKind, { arrive: Wave[]; leave: Wave[] }> = {
  student: {
    arrive: [
      { share: 0.45, centre: at(7, 8), spread: 1.8 },
      { share: 0.55, centre: at(7, 18), spread: 2.8 },
    ],
    leave: [
      { share: 0.7, centre: at(16, 37), spread: 2.2 },
      { share: 0.3, centre: at(17, 35), spread: 8 },
    ],
  },
  staff: {
    arrive: [{ share: 1, centre: at(7, 8), spread: 12 }],
    leave: [{ share: 1, centre: at(17, 25), spread: 20 }],
  },
  guard: {
    arrive: [{ share: 1, centre: at(6, 40), spread: 4 }],
    leave: [{ share: 1, centre: at(18, 35), spread: 4 }],
  },
  contractor: {
    arrive: [{ share: 1, centre: at(6, 50), spread: 22 }],
    leave: [{ share: 1, centre: at(15, 10), spread: 25 }],
  },
  guardian: {
    arrive: [{ share: 1, centre: at(11, 35), spread: 3 }],
    leave: [{ share: 1, centre: at(12, 30), spread: 20 }],
  },
};

/** The odd events, so placed that whoever looks on for some minutes meets one of each. */
const strangersAt = [at(7, 7), at(7, 33), at(9, 40), at(11, 50), at(14, 20), at(16, 30), at(19, 10)];
const forcedAt = [at(7, 8), at(10, 20), at(13, 42), at(16, 52)];
const heldAt = [at(7, 14), at(12, 10), at(15, 5)];
const unpluggedAt = [at(7, 11), at(11, 20), at(14, 30)];
const wrongDoorAt = [at(7, 10), at(13, 30), at(16, 40)];
/** After the students' hours in the morning. */
const lateAt = [at(8, 24), at(8, 41), at(9, 12)];
const slipOutAt = [at(10, 5), at(14, 50)];

/** In the order of the day. Without lessons only the guards are there. */
export function planDay({ people, readers, doors }: Cast, lessons: boolean, seed: number): Act[] {
  const random = seeded(seed);
  const acts: Act[] = [];
  const choose = <T>(list: readonly T[]) => pick(random, list);
  /** The sum of three even draws is close to a normal one, and has an end. */
  const around = (centre: number, spread: number) =>
    centre + (random() + random() + random() - 1.5) * 2 * spread;
  const within = (waves: readonly Wave[]) => {
    let left = random();
    for (const { share, centre, spread } of waves) {
      if (left < share) return around(centre, spread);
      left -= share;
    }
    return at(12, 0);
  };
  const swipe = (minute: number, person: DemoPerson, ways: readonly DemoWay[]) => {
    const way = pickWay(random, ways);
    if (way) acts.push({ minute, kind: 'swipe', person, way });
    return way;
  };

  function workDay(person: DemoPerson): void {
    const { kind, sound, entries, exits } = person;
    const arrival = within(habits[kind].arrive);
    if (!sound) {
      // They come without a card that is good, try it twice, and are let in by the guard or not.
      if (random() < 0.5) return;
      const way = swipe(arrival, person, entries);
      if (way) acts.push({ minute: arrival + 0.12, kind: 'swipe', person, way });
      return;
    }
    swipe(arrival, person, entries);
    if ((kind === 'student' || kind === 'staff') && random() < 0.3) {
      swipe(around(at(11, 52), 5), person, exits);
      swipe(around(at(13, 25), 9), person, entries);
    } else if (kind === 'staff' && random() < 0.5) {
      const errand = at(8, 0) + random() * 8 * 60;
      swipe(errand, person, exits);
      swipe(errand + 10 + random() * 40, person, entries);
    }
    leave(within(habits[kind].leave), person);
  }
  function leave(minute: number, person: DemoPerson): void {
    const door = doors.find(
      ({ laneId, rex }) => rex && person.entries.some((way) => way.reader.laneId === laneId),
    );
    if (door && random() < 0.2) acts.push({ minute, kind: 'button', door });
    else swipe(minute, person, person.exits);
  }
  function watch(person: DemoPerson, night: boolean): void {
    const { arrive, leave: leaving } = habits.guard;
    // Who has the night goes when the day's guards have come, and comes before they go.
    swipe(night ? within(arrive) + 12 : within(arrive), person, night ? person.exits : person.entries);
    swipe(night ? within(leaving) - 12 : within(leaving), person, night ? person.entries : person.exits);
  }

  const sound = people.filter((person) => person.sound);
  const students = sound.filter(({ kind }) => kind === 'student');
  const staff = sound.filter(({ kind }) => kind === 'staff');
  const late = lessons ? lateAt.map(() => choose(students)) : [];
  let guards = 0;
  for (const person of people) {
    if (person.kind === 'guard') watch(person, guards++ % 2 === 1);
    else if (lessons && !late.includes(person) && random() >= 0.04) workDay(person);
  }
  for (const [index, person] of late.entries()) {
    if (person) swipe((lateAt[index] ?? 0) + random() * 2, person, person.entries);
  }
  if (lessons) {
    for (const minute of slipOutAt) {
      const person = choose(students);
      if (person) swipe(around(minute, 4), person, person.exits);
    }
    for (const minute of wrongDoorAt) {
      const person = choose(students);
      const key = person?.entries[0]?.key;
      const may = new Set([...(person?.entries ?? []), ...(person?.exits ?? [])].map(({ reader }) => reader));
      const reader = choose(readers.filter((each) => !may.has(each)));
      if (person && key && reader) acts.push({ minute, kind: 'swipe', person, way: { reader, key } });
    }
    for (const minute of heldAt) hold(minute);
  }
  for (const minute of strangersAt) {
    const reader = choose(readers);
    const way = reader && { reader, key: strangersKey(random) };
    if (way) acts.push({ minute: minute + random(), kind: 'stranger', way });
  }
  for (const minute of lessons ? forcedAt : forcedAt.slice(0, 1)) {
    const door = choose(doors);
    if (door) acts.push({ minute: minute + random() / 2, kind: 'force', door });
  }
  for (const minute of unpluggedAt) {
    const deviceId = choose(readers.filter(({ main }) => main))?.deviceId;
    if (deviceId) acts.push({ minute: minute + random() / 2, kind: 'unplug', deviceId });
  }
  return acts.toSorted((a, b) => a.minute - b.minute);

  function hold(minute: number): void {
    const door = choose(doors.filter(({ heldAlarmMs }) => heldAlarmMs > 0));
    const person = choose(staff);
    const way = person?.entries.find(({ reader }) => reader.laneId === door?.laneId);
    if (door && person && way) acts.push({ minute: minute + random() / 2, kind: 'hold', person, way, door });
  }
}
