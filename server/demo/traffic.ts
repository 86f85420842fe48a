/**
 * The traffic that keeps coming: plays each day's plan on the simulated devices, in the readers' own bytes, and
 * never falls silent for longer than some seconds. It knows nothing of the decisions; it only holds cards up.
 */
import { parseCredentialKey } from '../../hardware/credential.ts';
import { HardwareError } from '../../hardware/errors.ts';
import type { Cancel, Clock } from '../../hardware/ports.ts';
import { scheduleDayOf } from '../access/schedule.ts';
import { instantsOf } from '../access/time-zone.ts';
import type { Campus } from '../campus.ts';
import type { Log } from '../log.ts';
import { readCast } from './cast.ts';
import { peopleAtDoors } from './doors.ts';
import { type Act, type Cast, type DemoWay, planDay, seeded } from './plan.ts';
import { quietAct } from './quiet.ts';

export interface TrafficParts {
  campus: Pick<Campus, 'db' | 'directory' | 'presence' | 'hardware'>;
  clock: Clock;
  log: Log;
}

/** Silence is broken after at least and at most so long. */
const quietMs = { from: 5_000, to: 14_000 };
/** An act that is later than this (the machine slept) does not happen any more. */
const staleMs = 30_000;

export function startTraffic({ campus, clock, log }: TrafficParts): { close(): void } {
  const { db, directory, presence, hardware } = campus;
  const random = seeded(Math.floor(clock.now() / 1_000));
  const between = (from: number, to: number) => from + random() * (to - from);
  const timers = new Set<Cancel>();
  let closed = false;
  let cast: Cast = { people: [], readers: [], doors: [] };
  let acts: { at: number; act: Act }[] = [];
  /** Local day number of the plan that is being played. */
  let playing = Number.NEGATIVE_INFINITY;

  /** Throws nothing: what can't be done any more, because a user of the demo took the device away, is not done. */
  function attempt(run: () => void): void {
    try {
      run();
    } catch (error) {
      if (!(error instanceof HardwareError)) log.error({ err: error }, 'the demo traffic stumbled');
    }
  }
  function later(ms: number, run: () => void): Cancel {
    if (closed) return () => {};
    const stop = clock.after(Math.max(0, ms), () => {
      timers.delete(cancel);
      attempt(run);
    });
    const cancel = () => {
      timers.delete(cancel);
      stop();
    };
    timers.add(cancel);
    return cancel;
  }
  const doors = peopleAtDoors({ hardware, clock, random, later });

  function present({ reader, key }: DemoWay): void {
    const credential = parseCredentialKey(key);
    if (credential) hardware.simulated(reader.deviceId)?.present?.(credential);
  }
  function side(cardholderId: string): 'in' | 'out' | undefined {
    const zone = directory.zones()[0];
    return zone && presence.lastPassage(cardholderId, zone.id)?.direction;
  }
  function perform(act: Act): void {
    if (act.kind === 'swipe' || act.kind === 'stranger') present(act.way);
    else if (act.kind === 'button') doors.button(act.door);
    else if (act.kind === 'force') doors.force(act.door);
    else if (act.kind === 'hold') {
      doors.holdNext(act.door.laneId);
      present(act.way);
    } else {
      const device = hardware.simulated(act.deviceId);
      device?.misbehave({ unplugged: true });
      later(between(25_000, 40_000), () => device?.misbehave({ unplugged: false }));
    }
  }
  /** Someone sent on an errand may be where the plan has them go. */
  function isMoot(act: Act): boolean {
    if (act.kind !== 'swipe' || act.person.kind === 'student') return false;
    const going = act.person.entries.includes(act.way) ? 'in' : 'out';
    return side(act.person.cardholderId) === going;
  }

  async function planToday(day: number): Promise<void> {
    const school = directory.school();
    if (!school) return;
    const read = await readCast(db.reader, directory, clock.now());
    if (closed) return;
    cast = read;
    doors.set(cast.doors);
    const midnight = instantsOf(school.timeZone, day, 0)[0] ?? clock.now();
    const now = clock.now();
    acts = planDay(cast, hasLessons(directory, day), day)
      .map((act) => ({ at: midnight + act.minute * 60_000, act }))
      .filter(({ at }) => at >= now);
  }
  function next(): void {
    const school = directory.school();
    const now = clock.now();
    const today = school?.timeZone.localAt(now).day ?? playing;
    if (today !== playing) {
      playing = today;
      planToday(today).then(next, (error: unknown) => {
        log.error({ err: error }, 'the demo could not plan its day');
        playing = Number.NEGATIVE_INFINITY;
        later(quietMs.to, next);
      });
      return;
    }
    while (acts[0] && acts[0].at < now - staleMs) acts.shift();
    const waitMs = (acts[0]?.at ?? Number.POSITIVE_INFINITY) - now;
    if (waitMs <= quietMs.to) later(waitMs, playNext);
    else later(Math.min(waitMs, between(quietMs.from, quietMs.to)), playQuiet);
  }
  function playNext(): void {
    const due = acts.shift();
    if (due && !isMoot(due.act)) attempt(() => perform(due.act));
    next();
  }
  function playQuiet(): void {
    const minute = directory.school()?.timeZone.localAt(clock.now()).minute ?? 0;
    const act = quietAct(cast, minute, hasLessons(directory, playing), side, random);
    if (act) attempt(() => perform(act));
    next();
  }

  next();
  return {
    close() {
      closed = true;
      for (const cancel of [...timers]) cancel();
      doors.close();
    },
  };
}

/** Whether the school is open on this day (days since 1970-01-01): by the weekday and the school's calendar. */
export function hasLessons(
  directory: Pick<Campus['directory'], 'school' | 'schedules'>,
  day: number,
): boolean {
  const school = directory.school();
  const ordinary = directory.schedules().find(({ ignoresCalendar }) => !ignoresCalendar);
  if (!school || !ordinary) return false;
  return ['1', '2', '3', '4', '5', 'half-day'].includes(scheduleDayOf(ordinary, school.calendar, day));
}
