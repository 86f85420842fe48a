/**
 * The directory's memory. Rows come in, facts stand; a row that comes again changes its fact in place, so that
 * whoever points at it (a credential at its cardholder, a reader at its lane) sees the change.
 */
import { parseCredentialKey } from '../../hardware/credential.ts';
import { calendarDay, ruleDirection, scheduleDay } from '../contract/access.ts';
import { feedbackIn } from '../contract/feedback.ts';
import {
  apbMode,
  cardholderKind,
  cardholderStatus,
  credentialStatus,
  direction,
  onStoreFault,
  type PinMode,
  type Posture,
  pinMode,
  posture,
} from '../contract/words.ts';
import { createCredentialIndex } from './credential-index.ts';
import type * as Row from './directory-rows.ts';
import type {
  AccessGroupFact,
  AccessRuleFact,
  CalendarDayFact,
  CardholderFact,
  CredentialFact,
  GateFact,
  LaneFact,
  ReaderFact,
  ScheduleFact,
  SchoolFact,
  TimeZone,
  ZoneFact,
} from './facts.ts';
import { createGroupSets, type GroupSet } from './group-sets.ts';
import { makeSchedule } from './schedule.ts';
import { dayOfDate, openTimeZone } from './time-zone.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
export type HeldCardholder = CardholderFact & { readonly groupSet: GroupSet };
export type HeldCredential = CredentialFact & { readonly cardholder: HeldCardholder };
export type Memory = ReturnType<typeof createMemory>;

/** A word of a closed list; a damaged one becomes the most cautious of the list. */
function word<T extends string>(list: { readonly options: readonly T[] }, value: string, cautious: T): T {
  return list.options.find((each) => each === value) ?? cautious;
}

/** A PIN that was typed, to be found by its hash. */
export const pinCredential = { technology: 'text', bits: 24, value: 'PIN' } as const;

function upsert<T extends object>(map: Map<string, T>, id: string, fact: T): void {
  const held = map.get(id);
  if (held) Object.assign(held, fact);
  else map.set(id, fact);
}

export function createMemory() {
  const gates = new Map<string, GateFact>();
  const zones = new Map<string, ZoneFact>();
  const lanes = new Map<string, LaneFact>();
  const readers = new Map<string, ReaderFact>();
  const places = new Map<string, Map<number, ReaderFact>>();
  const cardholders = new Map<string, HeldCardholder>();
  const credentials = new Map<string, HeldCredential>();
  const index = createCredentialIndex<HeldCredential>();
  const pins = new Map<string, HeldCredential>();
  const groups = new Map<string, AccessGroupFact>();
  const rules = new Map<string, AccessRuleFact>();
  const rulesByGroup = new Map<string, AccessRuleFact[]>();
  const schedules = new Map<string, ScheduleFact>();
  const calendar = new Map<number, CalendarDayFact>();
  const groupSets = createGroupSets(groups, (id) => rulesByGroup.get(id) ?? []);
  let timeZone: TimeZone = openTimeZone('UTC');
  let school: SchoolFact | undefined;

  function putSchool([id, name, zone, language, sample, shown, ...pins]: Row.SchoolRow): void {
    const [tries, withinMinutes, lockMinutes] = pins;
    const pinLimits = { tries, withinMs: withinMinutes * 60_000, lockMs: lockMinutes * 60_000 };
    if (timeZone.name !== zone) timeZone = openTimeZone(zone);
    const shows = feedbackIn(shown);
    school = { id, name, language, sample: sample === 1, timeZone, calendar, feedback: shows, pinLimits };
  }
  function putGate([id, name, position]: Row.GateRow): void {
    upsert(gates, id, { id, name, position });
  }
  function putZone([id, name, mode, apbMinutes]: Row.ZoneRow): void {
    upsert(zones, id, { id, name, apbMode: word(apbMode, mode, 'hard'), apbMinutes });
  }
  function putLane(row: Row.LaneRow): void {
    const [id, gateId, name, position, stance, zoneId, outputDeviceId, outputChannel, pulseMs, ...rest] = row;
    const [dpsDeviceId, dpsInput, rexDeviceId, rexInput, rexReleases, ...times] = rest;
    const [notEnteredMs, heldWarningMs, heldAlarmMs, storeFault, demandsSecure, pinIn, pinOut, cardAlone] =
      times;
    upsert(lanes, id, {
      id,
      gateId,
      name,
      position,
      posture: word(posture, stance, 'disabled'),
      zone: zoneId === null ? undefined : zones.get(zoneId),
      output: outputDeviceId === null ? undefined : { deviceId: outputDeviceId, channel: outputChannel },
      pulseMs,
      dps: dpsDeviceId === null ? undefined : { deviceId: dpsDeviceId, input: dpsInput },
      rex: rexDeviceId === null ? undefined : { deviceId: rexDeviceId, input: rexInput },
      rexReleases: rexReleases === 1,
      notEnteredMs,
      heldWarningMs,
      heldAlarmMs,
      onStoreFault: word(onStoreFault, storeFault, 'refuse-all'),
      demandsSecure: demandsSecure === 1,
      pinIn: word<PinMode>(pinMode, pinIn, 'card-and-pin'),
      pinOut: word<PinMode>(pinMode, pinOut, 'card-and-pin'),
      cardAlone: cardAlone === null ? undefined : schedules.get(cardAlone),
    });
  }
  function obey(laneId: string, ordered: Posture): void {
    const held: Mutable<LaneFact> | undefined = lanes.get(laneId);
    if (held) held.posture = ordered;
  }
  /** Whether people can cross the zone's border uncounted: one of its lanes is free. */
  function standsOpen(zoneId: string): boolean {
    for (const lane of lanes.values()) if (lane.posture === 'free' && lane.zone?.id === zoneId) return true;
    return false;
  }
  function removeReader(id: string): void {
    const held = readers.get(id);
    if (!held) return;
    readers.delete(id);
    const onDevice = places.get(held.deviceId);
    if (onDevice?.get(held.number) === held) onDevice.delete(held.number);
  }
  function putReader([id, name, deviceId, number, laneId, way, shown]: Row.ReaderRow): void {
    removeReader(id);
    const lane = laneId === null ? undefined : lanes.get(laneId);
    const reader: ReaderFact = {
      id,
      name,
      deviceId,
      number,
      lane,
      direction: word(direction, way, 'in'),
      feedback: feedbackIn(shown),
    };
    readers.set(id, reader);
    const onDevice = places.get(deviceId) ?? new Map<number, ReaderFact>();
    places.set(deviceId, onDevice.set(number, reader));
  }
  function putCardholder([id, kind, number, name, unit, status, photoId, groupIds]: Row.CardholderRow): void {
    upsert(cardholders, id, {
      id,
      kind: word(cardholderKind, kind, 'guardian'),
      number,
      name,
      unit,
      status: word(cardholderStatus, status, 'suspended'),
      photoId,
      groupSet: groupSets.of(groupIds),
    });
  }
  /** Their credentials may still be held: they are a person's who left. */
  function removeCardholder(id: string): void {
    const held: Mutable<CardholderFact> | undefined = cardholders.get(id);
    if (held) held.status = 'left';
    cardholders.delete(id);
  }
  function removeCredential(id: string): void {
    const held = credentials.get(id);
    if (!held) return;
    credentials.delete(id);
    index.remove(held);
  }
  function putCredential([id, key, cardholderId, status, validFrom, validUntil]: Row.CredentialRow): void {
    removeCredential(id);
    const credential = parseCredentialKey(key);
    const cardholder = cardholders.get(cardholderId);
    // A key that no reader can send, or nobody's: it can't be found, and so can't pass.
    if (!credential || !cardholder) return;
    const { technology, bits, value } = credential;
    const held: HeldCredential = {
      id,
      technology,
      bits,
      value,
      status: word(credentialStatus, status, 'suspended'),
      validFrom,
      validUntil,
      cardholder,
    };
    credentials.set(id, held);
    index.put(held);
  }
  function removePin(id: string): void {
    for (const [hash, held] of pins) if (held.id === id) pins.delete(hash);
  }
  function putPin([id, cardholderId, hash]: Row.PinRow): void {
    removePin(id);
    const cardholder = cardholders.get(cardholderId);
    if (!cardholder) return;
    pins.set(hash, { id, ...pinCredential, status: 'active', validFrom: null, validUntil: null, cardholder });
  }
  function putGroup([id, name, exempt]: Row.GroupRow): void {
    upsert(groups, id, { id, name, lockdownExempt: exempt === 1 });
    groupSets.changed();
  }
  function removeGroup(id: string): void {
    groups.delete(id);
    groupSets.changed();
  }
  function removeRule(id: string): void {
    const held = rules.get(id);
    if (!held) return;
    rules.delete(id);
    rulesByGroup.set(
      held.groupId,
      (rulesByGroup.get(held.groupId) ?? []).filter((rule) => rule !== held),
    );
    groupSets.changed();
  }
  function putRule([id, groupId, laneId, way, scheduleId]: Row.RuleRow): void {
    removeRule(id);
    const schedule = schedules.get(scheduleId);
    const which = ruleDirection.options.find((each) => each === way);
    if (!schedule || !which) return;
    const rule: AccessRuleFact = { id, groupId, laneId, direction: which, schedule };
    rules.set(id, rule);
    rulesByGroup.set(groupId, [...(rulesByGroup.get(groupId) ?? []), rule]);
    groupSets.changed();
  }
  function putSchedule([id, name, ignoresCalendar, rows]: Row.ScheduleRow): void {
    const windows = rows.flatMap(([text, startMinute, endMinute]) => {
      const day = scheduleDay.options.find((each) => each === text);
      return day ? [{ day, startMinute, endMinute }] : [];
    });
    upsert(schedules, id, makeSchedule(id, name, ignoresCalendar === 1, windows));
  }
  function removeCalendarDay(date: string): void {
    const day = dayOfDate(date);
    if (day !== undefined) calendar.delete(day);
  }
  function putCalendarDay([date, text, followsWeekday, name]: Row.CalendarRow): void {
    const day = dayOfDate(date);
    if (day === undefined) return;
    const kind = word(calendarDay.shape.kind, text, 'holiday');
    calendar.set(day, { kind, name, ...(followsWeekday !== null && { followsWeekday }) });
  }

  return {
    gates,
    zones,
    lanes,
    readers,
    places,
    cardholders,
    credentials,
    index,
    pins,
    groups,
    groupSets,
    rules,
    schedules,
    calendar,
    school: () => school,
    obey,
    standsOpen,
    /** The school's, or UTC before the school is set up. */
    local: (): Pick<SchoolFact, 'timeZone' | 'calendar'> => school ?? { timeZone, calendar },
    put: {
      school: putSchool,
      gates: putGate,
      zones: putZone,
      lanes: putLane,
      readers: putReader,
      cardholders: putCardholder,
      credentials: putCredential,
      pins: putPin,
      groups: putGroup,
      rules: putRule,
      schedules: putSchedule,
      calendar: putCalendarDay,
    },
    remove: {
      gates: (id: string) => void gates.delete(id),
      zones: (id: string) => void zones.delete(id),
      lanes: (id: string) => void lanes.delete(id),
      groups: removeGroup,
      schedules: (id: string) => void schedules.delete(id),
      readers: removeReader,
      cardholders: removeCardholder,
      credentials: removeCredential,
      pins: removePin,
      rules: removeRule,
      calendar: removeCalendarDay,
    },
  };
}
