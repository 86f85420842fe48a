/** Which rows of the store a batch of events touched: what the directory must read again. */
import type { LoggedEvent } from '../contract/events.ts';

export interface Touched {
  /** The school itself came to be: its rows came with it, unnamed. */
  all: boolean;
  school: boolean;
  gates: Set<string>;
  zones: Set<string>;
  lanes: Set<string>;
  readers: Set<string>;
  /** Devices whose readers may have changed with them. */
  devices: Set<string>;
  cardholders: Set<string>;
  credentials: Set<string>;
  pins: Set<string>;
  groups: Set<string>;
  /** Groups whose members changed. */
  memberships: Set<string>;
  rules: Set<string>;
  schedules: Set<string>;
  dates: Set<string>;
}

/** Undefined when no event touched anything, as with passages. */
export function touchedBy(events: readonly LoggedEvent[]): Touched | undefined {
  let touched: Touched | undefined;
  for (const event of events) {
    if (!changes(event.type)) continue;
    touched ??= nothing();
    touch(touched, event);
  }
  return touched;
}

const nothing = (): Touched => ({
  all: false,
  school: false,
  gates: new Set(),
  zones: new Set(),
  lanes: new Set(),
  readers: new Set(),
  devices: new Set(),
  cardholders: new Set(),
  credentials: new Set(),
  pins: new Set(),
  groups: new Set(),
  memberships: new Set(),
  rules: new Set(),
  schedules: new Set(),
  dates: new Set(),
});

const changing =
  /^(school|gate|zone|lane|reader|device|cardholder|credential|pin|access-group|access-rule|schedule|calendar)\./;

function changes(type: string): boolean {
  return changing.test(type);
}

function touch(touched: Touched, event: LoggedEvent): void {
  switch (event.type) {
    case 'school.set-up':
      touched.all = true;
      return;
    case 'school.changed':
      touched.school = true;
      return;
    case 'gate.added':
    case 'gate.changed':
    case 'gate.removed':
      touched.gates.add(event.data.gateId);
      return;
    case 'zone.added':
    case 'zone.changed':
    case 'zone.removed':
      touched.zones.add(event.data.zoneId);
      return;
    case 'lane.added':
    case 'lane.changed':
    case 'lane.removed':
    case 'lane.posture-changed':
      touched.lanes.add(event.data.laneId);
      return;
    case 'device.added':
    case 'device.changed':
    case 'device.removed':
      touched.devices.add(event.data.deviceId);
      return;
    case 'reader.added':
    case 'reader.changed':
    case 'reader.removed':
    case 'reader.moved':
      touched.readers.add(event.data.readerId);
      return;
    case 'pin.set':
    case 'pin.removed':
      touched.pins.add(event.data.credentialId);
      return;
    case 'cardholder.added':
    case 'cardholder.changed':
      touched.cardholders.add(event.data.cardholderId);
      return;
    case 'credential.enrolled':
    case 'credential.passed-on':
    case 'credential.changed':
      touched.credentials.add(event.data.credentialId);
      touched.cardholders.add(event.data.cardholderId);
      return;
    case 'access-group.added':
    case 'access-group.removed':
      touched.groups.add(event.data.groupId);
      return;
    case 'access-group.changed':
      touched.groups.add(event.data.groupId);
      if (event.data.fields.includes('members')) touched.memberships.add(event.data.groupId);
      return;
    case 'access-rule.added':
    case 'access-rule.removed':
      touched.rules.add(event.data.ruleId);
      return;
    case 'schedule.added':
    case 'schedule.changed':
    case 'schedule.removed':
      touched.schedules.add(event.data.scheduleId);
      return;
    case 'calendar.changed':
      for (const date of event.data.dates) touched.dates.add(date);
      return;
    default:
      return;
  }
}
