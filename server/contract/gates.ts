import { z } from 'zod';
import { feedback } from './feedback.ts';
import { byId, type Route } from './route.ts';
import { name } from './text.ts';
import { apbMode, direction, id, onStoreFault, pinMode, posture } from './words.ts';

/** A release whose relay has not been told to move so long after it was asked for no longer moves it. */
export const releaseWithinMs = 5_000;

const busAddress = z.number().int().min(0).max(126);
const duration = (max: number) => z.number().int().min(0).max(max);

export const gate = z.object({ id, name, position: z.number().int() });
export type Gate = z.infer<typeof gate>;

export const zone = z.object({ id, name, apbMode, apbMinutes: z.number().int() });
export type Zone = z.infer<typeof zone>;
export const zoneInput = z.object({ name, apbMode, apbMinutes: duration(1440) });

export const lane = z.object({
  id,
  gateId: id,
  name,
  position: z.number().int(),
  posture,
  zoneId: id.nullable(),
  outputDeviceId: id.nullable(),
  /** On a bus, the address of the reader whose output it is; so with the two below. */
  outputReader: z.number().int().nullable(),
  outputChannel: z.number().int(),
  pulseMs: z.number().int(),
  dpsDeviceId: id.nullable(),
  dpsReader: z.number().int().nullable(),
  dpsInput: z.number().int(),
  rexDeviceId: id.nullable(),
  rexReader: z.number().int().nullable(),
  rexInput: z.number().int(),
  rexReleases: z.boolean(),
  notEnteredMs: z.number().int(),
  heldWarningMs: z.number().int(),
  heldAlarmMs: z.number().int(),
  onStoreFault,
  /** What a reader, or an input on it, says outside the secure channel counts for nothing. */
  demandsSecure: z.boolean(),
  /** What it takes to go in, and out. */
  pinIn: pinMode,
  pinOut: pinMode,
  /** Where it takes a card and a PIN: within this schedule the card alone is enough. */
  cardAloneScheduleId: id.nullable(),
});
export type Lane = z.infer<typeof lane>;

export const laneInput = z.object({
  gateId: id,
  name,
  zoneId: id.nullable().default(null),
  outputDeviceId: id.nullable().default(null),
  outputReader: busAddress.nullable().default(null),
  outputChannel: z.number().int().min(1).max(16).default(1),
  pulseMs: z.number().int().min(100).max(60_000).default(1000),
  dpsDeviceId: id.nullable().default(null),
  dpsReader: busAddress.nullable().default(null),
  dpsInput: z.number().int().min(0).max(63).default(0),
  rexDeviceId: id.nullable().default(null),
  rexReader: busAddress.nullable().default(null),
  rexInput: z.number().int().min(0).max(63).default(1),
  rexReleases: z.boolean().default(true),
  notEnteredMs: duration(120_000).default(8000),
  heldWarningMs: duration(3_600_000).default(15_000),
  heldAlarmMs: duration(3_600_000).default(30_000),
  onStoreFault: onStoreFault.default('pass-known'),
  demandsSecure: z.boolean().default(false),
  pinIn: pinMode.default('card'),
  pinOut: pinMode.default('card'),
  cardAloneScheduleId: id.nullable().default(null),
});

/** Every field optional and without its default: what is not named stays. */
export const lanePatch = z
  .object(Object.fromEntries(Object.entries(laneInput.shape).map(([key, field]) => [key, bare(field)])))
  .partial() as unknown as z.ZodObject<{
  [K in keyof typeof laneInput.shape]: z.ZodOptional<z.ZodType<z.output<(typeof laneInput.shape)[K]>>>;
}>;

function bare(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field;
}

/** What a lane is doing now, beside how it is set up. */
export const laneState = z.object({
  laneId: id,
  posture,
  /** Absent where no door position switch tells. */
  open: z.boolean().optional(),
  alarm: z.enum(['forced', 'held', 'held-warning']).optional(),
  released: z.boolean(),
});
export type LaneState = z.infer<typeof laneState>;

export const setPosture = z.object({ posture });
export const relayOutcome = z.enum(['confirmed', 'sent', 'unknown', 'fault']);

export const reader = z.object({
  id,
  name,
  deviceId: id,
  number: z.number().int(),
  laneId: id.nullable(),
  direction,
  /** Absent: as the school's. */
  feedback: feedback.optional(),
});
export type Reader = z.infer<typeof reader>;
export const readerInput = z.object({
  name,
  deviceId: id,
  number: busAddress.default(0),
  laneId: id.nullable(),
  direction,
  feedback: feedback.default({}),
});
export const readerPatch = z.object({ name, laneId: id.nullable(), direction, feedback }).partial();

export const campus = z.object({
  gates: z.array(gate),
  lanes: z.array(lane),
  zones: z.array(zone),
  readers: z.array(reader),
  states: z.array(laneState),
});
export type Campus = z.infer<typeof campus>;

export const gateRoutes = {
  'campus.get': {
    method: 'GET',
    path: '/campus',
    allow: 'gates.read',
    summary: 'Gates, lanes, zones, readers and their state',
    response: campus,
  },
  'gates.add': {
    method: 'POST',
    path: '/gates',
    allow: 'gates.manage',
    summary: 'Add a gate',
    body: gate.pick({ name: true }),
    reason: 'optional',
    response: gate,
  },
  'gates.change': {
    method: 'PATCH',
    path: '/gates/:id',
    allow: 'gates.manage',
    summary: 'Rename a gate',
    params: byId,
    body: gate.pick({ name: true }),
    reason: 'required',
    response: gate,
  },
  'gates.remove': {
    method: 'DELETE',
    path: '/gates/:id',
    allow: 'gates.manage',
    summary: 'Remove a gate that has no lanes',
    params: byId,
    reason: 'required',
  },
  'zones.add': {
    method: 'POST',
    path: '/zones',
    allow: 'gates.manage',
    summary: 'Add an anti-passback zone',
    body: zoneInput,
    reason: 'optional',
    response: zone,
  },
  'zones.change': {
    method: 'PATCH',
    path: '/zones/:id',
    allow: 'gates.manage',
    summary: 'Change a zone',
    params: byId,
    body: zoneInput.partial(),
    reason: 'required',
    response: zone,
  },
  'zones.remove': {
    method: 'DELETE',
    path: '/zones/:id',
    allow: 'gates.manage',
    summary: 'Remove a zone that no lane leads into',
    params: byId,
    reason: 'required',
  },
  'lanes.add': {
    method: 'POST',
    path: '/lanes',
    allow: 'gates.manage',
    summary: 'Add a lane',
    body: laneInput,
    reason: 'optional',
    response: lane,
  },
  'lanes.change': {
    method: 'PATCH',
    path: '/lanes/:id',
    allow: 'gates.manage',
    summary: 'Change a lane',
    params: byId,
    body: lanePatch,
    reason: 'required',
    response: lane,
  },
  'lanes.remove': {
    method: 'DELETE',
    path: '/lanes/:id',
    allow: 'gates.manage',
    summary: 'Remove a lane that has no readers and no rules',
    params: byId,
    reason: 'required',
  },
  'lanes.open': {
    method: 'POST',
    path: '/lanes/:id/open',
    allow: 'lane.open',
    summary: 'Open a lane by hand',
    params: byId,
    reason: 'required',
    /** `seq` is absent while the store takes no records. */
    response: z.object({ seq: z.number().int().optional(), relay: relayOutcome }),
  },
  'lanes.posture': {
    method: 'PUT',
    path: '/lanes/:id/posture',
    allow: 'lane.posture',
    summary: 'Change a lane’s posture',
    params: byId,
    body: setPosture,
    reason: 'required',
    response: lane,
  },
  'readers.add': {
    method: 'POST',
    path: '/readers',
    allow: 'devices.manage',
    summary: 'Put a reader on a lane',
    body: readerInput,
    reason: 'optional',
    response: reader,
  },
  'readers.change': {
    method: 'PATCH',
    path: '/readers/:id',
    allow: 'devices.manage',
    summary: 'Change a reader',
    params: byId,
    body: readerPatch,
    reason: 'required',
    response: reader,
  },
  'readers.remove': {
    method: 'DELETE',
    path: '/readers/:id',
    allow: 'devices.manage',
    summary: 'Take a reader away',
    params: byId,
    reason: 'required',
  },
} as const satisfies Record<string, Route>;
