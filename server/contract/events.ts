/**
 * The closed union of everything that is recorded. `data` is hashed into the chain, so it holds ids, codes and
 * numbers, never names: personal data is looked up by id and can be erased without breaking the chain. Free
 * words that a person typed (`why`) stand outside too, in the row's note, bound to the chain by a salted digest.
 */
import { z } from 'zod';
import { role } from './capabilities.ts';
import { anyChanges, changes } from './changes.ts';
import { readerOutcome } from './readers.ts';
import { visitEventData } from './visit-events.ts';
import {
  alarmKind,
  alarmPriority,
  cardholderStatus,
  credentialStatus,
  denyReason,
  direction,
  grantFlag,
  id,
  instant,
  passageOutcome,
  posture,
} from './words.ts';

const seq = z.number().int().positive();
const where = { gateId: id, laneId: id, readerId: id, direction };
/** A visitor's pass in place of a card. */
const visitor = { passId: id.optional(), visitId: id.optional() };
/** A reader on a bus, and the lane at which it stands. */
const busReader = { readerId: id, deviceId: id, gateId: id.optional(), laneId: id.optional() };
const fields = z.array(z.string());
/** An alarm: what, and where. Older records say so only where it was raised. */
const alarmWhat = {
  alarmId: id,
  kind: alarmKind.optional(),
  gateId: id.optional(),
  laneId: id.optional(),
  deviceId: id.optional(),
  readerId: id.optional(),
};
const relayOutcome = z.enum(['confirmed', 'sent', 'unknown', 'fault']);

/** One row a type: the version and the shape of `data`. A changed shape is a new version, the old one stays. */
export const eventData = {
  // The way of a swipe.
  'passage.granted': z.object({
    ...where,
    /** Of a card. */
    credentialId: id.optional(),
    cardholderId: id.optional(),
    ...visitor,
    flags: z.array(grantFlag),
    /** The read's key, where a shorter form of the enrolled number was sent. */
    readKey: z.string().optional(),
  }),
  'passage.denied': z.object({
    ...where,
    reason: denyReason,
    credentialId: id.optional(),
    cardholderId: id.optional(),
    ...visitor,
    /** The number of an unknown credential, or the raw bytes of a malformed one. Of a pass nothing: its token opens. */
    readKey: z.string().optional(),
    /** Of a pass that was used before: when and where. */
    used: z.object({ at: instant, laneId: id, direction: direction.optional() }).optional(),
  }),
  'passage.outcome': z.object({
    ...where,
    /** The grant; absent when that was recorded while the store took no records. */
    of: seq.optional(),
    outcome: passageOutcome,
    cardholderId: id.optional(),
    ...visitor,
    relay: relayOutcome,
  }),
  /** A reader refuses more than people can cause: of what follows, most is only counted. */
  'reader.flood-started': z.object({ ...where, deviceId: id }),
  /** Refusals of about a minute that have no record of their own. */
  'reader.refusals-counted': z.object({
    ...where,
    deviceId: id,
    count: z.number().int().positive(),
    firstAt: instant,
    lastAt: instant,
  }),
  'reader.flood-ended': z.object({ ...where, deviceId: id }),
  // Readers on a bus.
  'reader.online': z.object(busReader),
  'reader.offline': z.object(busReader),
  'reader.tampered': z.object(busReader),
  'reader.tamper-ended': z.object(busReader),
  'reader.power-failed': z.object(busReader),
  'reader.power-restored': z.object(busReader),
  'reader.key-set': z.object(busReader),
  /** It does not hold its key any more: somebody may have put another in its place. Never mended without a person. */
  'reader.key-lost': z.object(busReader),
  'reader.key-refused': z.object(busReader),
  /** The store does not give its key, so it is not spoken to · it does so again. */
  'reader.key-unreadable': z.object(busReader),
  'reader.key-readable': z.object(busReader),
  'reader.enrolment-opened': z.object({ ...busReader, until: instant }),
  'reader.enrolment-ended': z.object(busReader),
  'reader.key-rotated': z.object({ ...busReader, outcome: readerOutcome }),
  'reader.moved': z.object({
    ...busReader,
    from: z.number().int(),
    to: z.number().int(),
    baudRate: z.number().int(),
    outcome: readerOutcome,
  }),
  'reader.file-started': z.object({ ...busReader, bytes: z.number().int(), fileType: z.number().int() }),
  'reader.file-ended': z.object({ ...busReader, outcome: readerOutcome }),
  'bus.search-started': z.object({ deviceId: id }),
  'bus.traced': z.object({ deviceId: id, seconds: z.number().int() }),
  // PINs.
  /** Too many wrong tries: at the reader, or of the credential where it is named. */
  'pin.locked': z.object({ ...where, credentialId: id.optional(), until: instant }),
  /** The duress PIN was typed; the passage, or the refusal, went on as any other. */
  'pin.duress': z.object({ ...where, credentialId: id, cardholderId: id }),
  'pin.set': z.object({ credentialId: id, cardholderId: id }),
  'pin.removed': z.object({ credentialId: id, cardholderId: id }),
  // Lane monitoring.
  /** Opened by hand: stands in the log before the relay is asked to move. */
  'lane.opened': z.object({ gateId: id, laneId: id }),
  /** A request to exit; `releases` when it also moves the relay. */
  'lane.rex': z.object({ gateId: id, laneId: id, releases: z.boolean() }),
  /** What became of a release that was no passage: every one by hand, and a request to exit whose relay failed. */
  'lane.release-outcome': z.object({
    gateId: id,
    laneId: id,
    by: z.enum(['hand', 'rex']),
    /** Of a release by hand: its `lane.opened`. */
    of: seq.optional(),
    outcome: passageOutcome,
    relay: relayOutcome,
  }),
  'lane.forced': z.object({ gateId: id, laneId: id }),
  'lane.held-warning': z.object({ gateId: id, laneId: id, openForMs: z.number() }),
  'lane.held': z.object({ gateId: id, laneId: id, openForMs: z.number() }),
  'lane.secured': z.object({ gateId: id, laneId: id, after: z.enum(['forced', 'held', 'held-warning']) }),
  'lane.posture-changed': z.object({ gateId: id, laneId: id, from: posture, to: posture }),
  /** Posture `free`, and the relay that should hold the lane open does not, or may not. */
  'lane.hold-failed': z.object({ gateId: id, laneId: id, relay: relayOutcome }),
  'device.online': z.object({ deviceId: id }),
  'device.offline': z.object({ deviceId: id, fault: z.string() }),
  /** A printer prints no more, and why · it prints again. */
  'printer.stopped': z.object({
    deviceId: id,
    condition: z.enum(['paper-out', 'cover-open', 'error', 'offline']),
  }),
  'printer.ready': z.object({ deviceId: id }),
  'relay.stuck': z.object({
    deviceId: id,
    /** On a bus: the reader whose output it is. */
    reader: z.number().int().optional(),
    channel: z.number().int(),
    gateId: id.optional(),
    laneId: id.optional(),
  }),
  // Alarms: `alarmId` is the id of the record that screens show.
  'alarm.raised': z.object({ ...alarmWhat, kind: alarmKind, priority: alarmPriority, cause: seq.optional() }),
  'alarm.acknowledged': z.object(alarmWhat),
  'alarm.cleared': z.object({ ...alarmWhat, cause: seq.optional() }),
  // The server itself.
  'system.started': z.object({ version: z.string(), recovered: z.number().int() }),
  'system.stopped': z.object({}),
  'clock.jumped': z.object({ from: instant, to: instant }),
  'store.fault': z.object({ spilled: z.number().int(), code: z.string() }),
  'store.recovered': z.object({
    replayed: z.number().int(),
    /** Records that waited in the spill file and could not be read any more. */
    damaged: z.number().int().positive().optional(),
  }),
  // Changes by people: which thing, which fields; the actor stands in the envelope.
  'school.set-up': z.object({ schoolId: id, sample: z.boolean() }),
  'school.changed': z.object({
    fields,
    changes: changes('timeZone', 'language', 'pinTries', 'pinWithinMinutes', 'pinLockMinutes'),
  }),
  'account.added': z.object({ accountId: id, role }),
  'account.role-changed': z.object({ accountId: id, from: role, to: role }),
  'account.suspended': z.object({ accountId: id }),
  'account.restored': z.object({ accountId: id }),
  'account.password-reset': z.object({ accountId: id }),
  'account.password-changed': z.object({ accountId: id }),
  'session.started': z.object({ accountId: id }),
  'session.ended': z.object({ accountId: id }),
  'session.refused': z.object({ accountId: id.optional() }),
  'gate.added': z.object({ gateId: id }),
  'gate.changed': z.object({ gateId: id, fields }),
  'gate.removed': z.object({ gateId: id }),
  'lane.added': z.object({ gateId: id, laneId: id }),
  'lane.changed': z.object({
    gateId: id,
    laneId: id,
    fields,
    changes: changes(
      ...['gateId', 'zoneId', 'outputDeviceId', 'outputReader', 'outputChannel', 'pulseMs', 'dpsDeviceId'],
      ...['dpsReader', 'dpsInput', 'rexDeviceId', 'rexReader', 'rexInput', 'rexReleases', 'notEnteredMs'],
      ...['heldWarningMs', 'heldAlarmMs', 'onStoreFault', 'demandsSecure', 'pinIn', 'pinOut'],
      'cardAloneScheduleId',
    ),
  }),
  'lane.removed': z.object({ gateId: id, laneId: id }),
  'zone.added': z.object({ zoneId: id }),
  'zone.changed': z.object({ zoneId: id, fields, changes: changes('apbMode', 'apbMinutes') }),
  'zone.removed': z.object({ zoneId: id }),
  'device.added': z.object({ deviceId: id, model: z.string() }),
  /** Members of the address and of the options. */
  'device.changed': z.object({ deviceId: id, fields, changes: anyChanges }),
  'device.removed': z.object({ deviceId: id }),
  /** A person did by the screen what people do to real devices; `unplugged` also when plugged in again. */
  'device.simulated': z.object({
    deviceId: id,
    action: z.enum(['present', 'input', 'unplugged', 'press', 'tamper', 'card']),
  }),
  'reader.added': z.object({ readerId: id, deviceId: id, laneId: id.optional() }),
  'reader.changed': z.object({ readerId: id, fields, changes: changes('laneId', 'direction') }),
  'reader.removed': z.object({ readerId: id }),
  'cardholder.added': z.object({ cardholderId: id }),
  'cardholder.changed': z.object({
    cardholderId: id,
    fields,
    status: cardholderStatus.optional(),
    changes: changes('kind', 'status', 'groupIds', 'photoId'),
  }),
  'credential.enrolled': z.object({ credentialId: id, cardholderId: id }),
  /** From whom had lost it; the same card is enrolled for somebody else at once. */
  'credential.passed-on': z.object({ credentialId: id, cardholderId: id }),
  'credential.changed': z.object({
    credentialId: id,
    cardholderId: id,
    fields,
    status: credentialStatus.optional(),
    changes: changes('status', 'validFrom', 'validUntil'),
  }),
  'access-group.added': z.object({ groupId: id }),
  'access-group.changed': z.object({ groupId: id, fields, changes: changes('lockdownExempt') }),
  'access-group.removed': z.object({ groupId: id }),
  'access-rule.added': z.object({ ruleId: id, groupId: id, laneId: id }),
  'access-rule.removed': z.object({ ruleId: id, groupId: id, laneId: id }),
  'schedule.added': z.object({ scheduleId: id }),
  /** A window as `day startMinute endMinute`. */
  'schedule.changed': z.object({
    scheduleId: id,
    fields,
    changes: changes('ignoresCalendar', 'windows'),
  }),
  'schedule.removed': z.object({ scheduleId: id }),
  /** By date its kind, and by `date.followsWeekday` the weekday that a make-up day follows. */
  'calendar.changed': z.object({ dates: z.array(z.string()), changes: anyChanges }),
  ...visitEventData,
} as const;

/** The version of each type's `data`; 1 unless named here. */
export const eventVersion: Partial<Record<EventType, number>> = {};

export type EventType = keyof typeof eventData;
export type EventDataOf<T extends EventType> = z.infer<(typeof eventData)[T]>;

/** Who did it and why: the same two members in every event of it. */
export interface By {
  /** The account; absent when the system or a reader did it. */
  actorId: string;
  /** Words that the person typed: the reason. Outside the hash, may be erased. */
  note?: string;
}

/** What a caller hands to the log. */
export type NewEvent = {
  [T in EventType]: Partial<By> & {
    type: T;
    data: EventDataOf<T>;
    /** When it happened, if not now: a replayed record. */
    at?: number;
    /** The store could not take it then: it waited in the spill file and was recorded later. */
    spilled?: true;
  };
}[EventType];

/** What the log gives back: (school, seq) is its identity. */
export type LoggedEvent = NewEvent & { school: string; seq: number; at: number; v: number; hash: string };

/** The wire form: the same, with `data` checked by the type's own schema on the way out. */
export const loggedEvent = z.object({
  school: id,
  seq,
  at: instant,
  v: z.number().int(),
  type: z.enum(Object.keys(eventData) as [EventType, ...EventType[]]),
  data: z.record(z.string(), z.unknown()),
  actorId: id.optional(),
  note: z.string().optional(),
  spilled: z.literal(true).optional(),
  hash: z.string(),
});
