/** A read and everything that its decision may turn on, as a few words: for the tests of the decision. */
import type { Read } from '../hardware/ports.ts';
import type { Facts, Known, ScheduleDay } from '../server/access/facts.ts';
import { makeSchedule } from '../server/access/schedule.ts';
import { openTimeZone } from '../server/access/time-zone.ts';

// Monday 14 September 2026, 08:30 in Shanghai.
export const now = Date.UTC(2026, 8, 14, 0, 30);
const timeZone = openTimeZone('Asia/Shanghai');
const schedule = (startMinute: number, endMinute: number) =>
  makeSchedule(`s-${startMinute}`, 'School days', false, [
    { day: '1' as ScheduleDay, startMinute, endMinute },
  ]);

const scheduleThat = (state: 'open' | 'closed') =>
  state === 'open' ? schedule(480, 540) : schedule(600, 660);

/** Everything that a decision may turn on. The first of each is what lets a student in. */
export interface World {
  malformed: boolean;
  found: 'known' | 'unknown' | 'ambiguous';
  credential: 'active' | 'lost' | 'suspended';
  validFrom: number | null;
  validUntil: number | null;
  cardholder: 'active' | 'suspended' | 'left';
  posture: 'controlled' | 'free' | 'lockdown' | 'disabled';
  exempt: boolean;
  rules: ('open' | 'closed')[];
  apb: 'off' | 'hard' | 'soft' | 'timed';
  direction: 'in' | 'out';
  last: { direction: 'in' | 'out'; ago: number } | undefined;
  demandsSecure: boolean;
  secure: boolean;
  pinMode: 'card' | 'pin' | 'card-and-pin';
  /** The schedule within which the card alone is enough. */
  cardAlone: 'open' | 'closed' | undefined;
  pin: 'right' | 'wrong' | 'duress' | undefined;
  pinLocked: boolean;
}
export const welcome: World = {
  malformed: false,
  found: 'known',
  credential: 'active',
  validFrom: null,
  validUntil: null,
  cardholder: 'active',
  posture: 'controlled',
  exempt: false,
  rules: ['open'],
  apb: 'off',
  direction: 'in',
  last: undefined,
  demandsSecure: false,
  secure: false,
  pinMode: 'card',
  cardAlone: undefined,
  pin: undefined,
  pinLocked: false,
};

export function facts(world: World): Facts {
  const cardholder = {
    id: 'p1',
    kind: 'student' as const,
    number: '1',
    name: 'Student One',
    unit: 'Class 1',
    status: world.cardholder,
    photoId: null,
  };
  const credential = {
    id: 'c1',
    technology: 'em4100' as const,
    bits: 40,
    value: '0123456789',
    status: world.credential,
    validFrom: world.validFrom,
    validUntil: world.validUntil,
    cardholder,
  };
  const { last } = world;
  const known: Known = {
    kind: 'known',
    credential,
    cardholder,
    form: 'exact',
    groups: [{ id: 'g1', name: 'Group', lockdownExempt: world.exempt }],
    rules: world.rules.map((state, index) => ({
      id: `r${index}`,
      groupId: 'g1',
      laneId: 'l1',
      direction: 'both',
      schedule: scheduleThat(state),
    })),
    lastPassage: last && { direction: last.direction, laneId: 'l0', at: now - last.ago },
  };
  const lane = {
    id: 'l1',
    gateId: 'gate',
    name: 'Lane 1',
    position: 0,
    posture: world.posture,
    zone: { id: 'z1', name: 'Campus', apbMode: world.apb, apbMinutes: 5 },
    output: undefined,
    pulseMs: 1000,
    dps: undefined,
    rex: undefined,
    rexReleases: true,
    notEnteredMs: 8000,
    heldWarningMs: 0,
    heldAlarmMs: 0,
    onStoreFault: 'pass-known' as const,
    demandsSecure: world.demandsSecure,
    pinIn: world.pinMode,
    pinOut: world.pinMode,
    cardAlone: world.cardAlone && scheduleThat(world.cardAlone),
  };
  return {
    reader: {
      ...{ id: 'reader', name: 'Reader', deviceId: 'd1', number: 0, feedback: {} },
      direction: world.direction,
      lane,
    },
    secure: world.secure,
    pinLocked: world.pinLocked,
    ...(world.pin ? { pin: world.pin } : {}),
    lane,
    school: { timeZone, calendar: new Map() },
    found:
      world.found === 'known'
        ? known
        : world.found === 'unknown'
          ? { kind: 'unknown' }
          : { kind: 'ambiguous', credentials: [credential, { ...credential, id: 'c2' }] },
  };
}

export function read({ malformed }: World): Read {
  const credential = malformed
    ? ({ malformed: 'parity', raw: 'FF00' } as const)
    : ({ technology: 'em4100', bits: 40, value: '0123456789' } as const);
  return { deviceId: 'd1', reader: 0, at: now, credential };
}
