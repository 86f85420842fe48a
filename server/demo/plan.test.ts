import { describe, expect, it } from 'vitest';
import type { CardholderKind } from '../contract/words.ts';
import { type Act, type Cast, type DemoPerson, planDay, seeded } from './plan.ts';
import { quietAct } from './quiet.ts';

const reader = (deviceId: string, laneId: string, main: boolean) => ({ deviceId, number: 0, laneId, main });
const mainIn = reader('main-in', 'main', true);
const mainOut = reader('main-out', 'main', true);
const sideIn = reader('side-in', 'side', false);
const door = {
  laneId: 'side',
  gateId: 'gate',
  dps: { deviceId: 'inputs', input: 0 },
  rex: { deviceId: 'inputs', input: 1 },
  rexReleases: true,
  heldWarningMs: 15_000,
  heldAlarmMs: 30_000,
  notEnteredMs: 8_000,
};

function person(kind: CardholderKind, number: number, sound = true): DemoPerson {
  const key = `em4100:40:${String(number).padStart(10, '0')}`;
  const entries = kind === 'student' ? [mainIn] : [mainIn, sideIn];
  return {
    cardholderId: `${kind}-${number}`,
    kind,
    sound,
    entries: entries.map((each) => ({ reader: each, key })),
    exits: [{ reader: mainOut, key }],
  };
}
const cast: Cast = {
  people: [
    ...Array.from({ length: 300 }, (_, n) => person('student', n, n % 25 !== 7)),
    ...Array.from({ length: 50 }, (_, n) => person('staff', 1_000 + n)),
    ...Array.from({ length: 6 }, (_, n) => person('guard', 2_000 + n)),
    person('contractor', 3_000),
  ],
  readers: [mainIn, mainOut, sideIn],
  doors: [door],
};
const plan = (seed = 7, lessons = true) => planDay(cast, lessons, seed);
const swipes = (acts: Act[]) => acts.flatMap((act) => (act.kind === 'swipe' ? [act] : []));
const kinds = (acts: Act[]) => acts.map(({ kind }) => kind);

describe('the plan of a day', () => {
  it('is the same for the same seed, and another for another', () => {
    expect(plan()).toEqual(plan());
    expect(plan(8)).not.toEqual(plan());
  });

  it('is in the order of the day, and of this day', () => {
    for (let seed = 0; seed < 30; seed++) {
      const minutes = plan(seed).map(({ minute }) => minute);
      expect(minutes).toEqual(minutes.toSorted((a, b) => a - b));
      expect(minutes[0]).toBeGreaterThan(0);
      expect(minutes.at(-1)).toBeLessThan(1_440);
    }
  });

  it('has rush hours in the morning and after the last lesson', () => {
    const between = (from: number, to: number) =>
      swipes(plan()).filter(({ minute }) => minute >= from && minute < to).length;
    const rush = between(7 * 60 + 4, 7 * 60 + 14);
    expect(rush).toBeGreaterThan(100);
    expect(between(16 * 60 + 30, 16 * 60 + 45)).toBeGreaterThan(100);
    expect(rush).toBeGreaterThan(10 * between(9 * 60, 9 * 60 + 10));
  });

  it('has in its first minutes what a visitor wants to see', () => {
    const early = plan().filter(({ minute }) => minute >= 7 * 60 + 5 && minute < 7 * 60 + 16);
    expect(new Set(kinds(early))).toEqual(new Set(['swipe', 'stranger', 'force', 'hold', 'unplug']));
    const wrongDoor = swipes(early).filter(
      ({ person: who, way }) => who.kind === 'student' && way.reader === sideIn,
    );
    expect(wrongDoor).toHaveLength(1);
  });

  it('has late students, who have not come before', () => {
    const late = swipes(plan()).filter(
      ({ person: who, minute }) => who.kind === 'student' && minute > 500 && minute < 560,
    );
    expect(late).toHaveLength(3);
    for (const { person: who, minute } of late) {
      expect(
        swipes(plan()).filter(
          (each) => each.person.cardholderId === who.cardholderId && each.minute < minute,
        ),
      ).toEqual([]);
    }
  });

  it('lets those whom every reader refuses try twice, and never leave by card', () => {
    const refused = swipes(plan()).filter(({ person: who }) => !who.sound);
    expect(refused.length).toBeGreaterThan(4);
    expect(refused.length % 2).toBe(0);
    expect(refused.some(({ way }) => way.reader === mainOut)).toBe(false);
  });

  it('has only guards, and little else, on a day without lessons', () => {
    const acts = plan(7, false);
    expect(new Set(swipes(acts).map(({ person: who }) => who.kind))).toEqual(new Set(['guard']));
    expect(kinds(acts)).not.toContain('hold');
    expect(acts.length).toBeLessThan(40);
  });

  it('does without doors, and without people', () => {
    expect(kinds(planDay({ ...cast, doors: [] }, true, 7))).not.toContain('force');
    expect(planDay({ people: [], readers: [], doors: [] }, true, 7)).toEqual([]);
  });
});

describe('what happens in quiet hours', () => {
  const side = (id: string) => (id.endsWith('0') ? 'out' : 'in') as 'in' | 'out';
  const at = (minute: number, lessons = true, count = 200) => {
    const random = seeded(3);
    return Array.from({ length: count }, () => quietAct(cast, minute, lessons, side, random));
  };
  it('is done by staff and guards, who go the way they can', () => {
    const acts = at(10 * 60).flatMap((act) => (act ? [act] : []));
    expect(acts).toHaveLength(200);
    expect(new Set(kinds(acts))).toEqual(new Set(['swipe', 'button']));
    for (const { person: who, way } of swipes(acts)) {
      expect(['staff', 'guard']).toContain(who.kind);
      expect(way.reader === mainOut).toBe(side(who.cardholderId) === 'in');
    }
  });
  it('is done by guards alone at night and without lessons', () => {
    for (const acts of [at(2 * 60), at(10 * 60, false)]) {
      const some = swipes(acts.flatMap((act) => (act ? [act] : [])));
      expect(new Set(some.map(({ person: who }) => who.kind))).toEqual(new Set(['guard']));
    }
  });
  it('is nothing when nobody is there', () => {
    expect(quietAct({ ...cast, people: [] }, 600, true, side, seeded(1))).toBeUndefined();
  });
});
