/** Readers on an OSDP bus: how they are, and what a person can do with them. */
import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { reason } from './text.ts';
import { id, instant } from './words.ts';

const address = z.number().int().min(0).max(126);
export const baudRate = z.union([
  ...([9600, 19200, 38400, 57600, 115200, 230400] as const).map((rate) => z.literal(rate)),
]);

const identity = z.object({
  vendor: z.number().int(),
  model: z.number().int(),
  version: z.number().int(),
  serial: z.number().int(),
  firmware: z.string(),
});

export const busReaderStatus = z.object({
  /** Its address on the bus. */
  number: address,
  /** `not-answering` after one second of silence, `offline` after eight, or with the line. */
  state: z.enum(['connecting', 'online', 'not-answering', 'offline']),
  since: instant,
  /** In the secure channel, under its own key. */
  secure: z.boolean(),
  /** It takes commands: its outputs, lamps and buzzer can be used. */
  ready: z.boolean(),
  /** It says of everything that it came damaged. */
  misunderstands: z.boolean(),
  /**
   * `lost`: it does not hold the key that it was given. Only a person's new enrolment mends that. · `unreadable`: it can't
   * be decrypted here, so the reader is not spoken to.
   */
  key: z.enum(['none', 'held', 'lost', 'unreadable']),
  /** It may be given a key until then. */
  enrolUntil: instant.optional(),
  identity: identity.optional(),
  abilities: z
    .object({
      inputs: z.number().int(),
      outputs: z.number().int(),
      leds: z.number().int(),
      buzzer: z.boolean(),
      displays: z.number().int(),
    })
    .optional(),
  tamper: z.boolean().optional(),
  attached: z.enum(['normal', 'not-connected', 'tamper']).optional(),
  powerFault: z.boolean().optional(),
  inputs: z.array(z.boolean()),
  outputs: z.array(z.boolean()),
  pollMs: z.number().optional(),
  errorsPerHour: z.number().int(),
  /** Where it went, as it said, and could not be followed. */
  strayed: z.object({ address: z.number().int(), baudRate: z.number().int() }).optional(),
});
export type BusReaderStatus = z.infer<typeof busReaderStatus>;

/** How far a search of a bus or a file to a reader is; of a search also what it has found. */
export const busProgress = z.union([
  z.object({
    kind: z.literal('search'),
    deviceId: id,
    done: z.number().int(),
    total: z.number().int(),
    found: z.array(z.object({ address, baudRate: z.number().int(), identity: identity.optional() })),
  }),
  z.object({
    kind: z.literal('file'),
    deviceId: id,
    number: address,
    done: z.number().int(),
    total: z.number().int(),
  }),
]);
export type BusProgress = z.infer<typeof busProgress>;

/**
 * `lost` said, and never answered: it may have been done · `unfinished` it took all of a file, and came to no end with it ·
 * `elsewhere` it went where the bus can't follow it · `returned` it was brought back.
 */
export const readerOutcome = z.enum([
  'done',
  'refused',
  'lost',
  'offline',
  'unfinished',
  'stopped',
  'elsewhere',
  'returned',
]);
export type ReaderOutcome = z.infer<typeof readerOutcome>;
const result = z.object({ outcome: readerOutcome });
/** Where a reader says that it is: any address, any rate. */
const linePlace = z.object({ address: z.number().int(), baudRate: z.number().int() });
const movedReader = result.extend({ name: z.string(), at: linePlace });
export type MovedReader = z.infer<typeof movedReader>;
/** `at`, where it says that it goes, need not be where it was told to. `others`: those that were told the bus's new rate. */
const moved = result.extend({ at: linePlace, others: z.array(movedReader) });
export type Moved = z.infer<typeof moved>;

export const enrolment = z.object({ minutes: z.number().int().min(0).max(30) });
export const move = z.object({ address, baudRate });
export const search = z.object({
  baudRates: z.array(baudRate).min(1).max(6).optional(),
  addresses: z.array(address).min(1).max(127).optional(),
});
export const trace = z.object({ seconds: z.number().int().min(1).max(60) });
export const fileMaxBytes = 16_000_000;

export const readerRoutes = {
  'readers.enrol': {
    method: 'POST',
    path: '/readers/:id/enrolment',
    allow: 'readers.secure',
    summary: 'Let a reader be given a key within so many minutes; 0 ends it',
    params: byId,
    body: enrolment,
    reason: 'required',
  },
  'readers.rotate-key': {
    method: 'POST',
    path: '/readers/:id/rotate-key',
    allow: 'readers.secure',
    summary: 'Give a reader a new key under its present one',
    params: byId,
    reason: 'required',
    response: result,
  },
  'readers.move': {
    method: 'POST',
    path: '/readers/:id/move',
    allow: 'readers.secure',
    summary: 'Change a reader’s address and rate',
    params: byId,
    body: move,
    reason: 'required',
    response: moved,
  },
  'readers.bring-back': {
    method: 'POST',
    path: '/readers/:id/bring-back',
    allow: 'readers.secure',
    summary: 'Bring back a reader that went to another address or rate than its bus can follow',
    params: byId,
    reason: 'required',
    response: moved,
  },
  'readers.send-file': {
    method: 'POST',
    path: '/readers/:id/file',
    allow: 'readers.secure',
    summary: 'Send a reader a file, such as firmware; progress and end are told on the socket and in the log',
    params: byId,
    /** The body is the file, so the reason stands here. `type` is the maker's; 1 where the file itself tells. */
    query: z.object({ reason, type: z.coerce.number().int().min(1).max(255).default(1) }),
    upload: { contentTypes: ['application/octet-stream'], maxBytes: fileMaxBytes },
  },
  'readers.stop-file': {
    method: 'POST',
    path: '/readers/:id/stop-file',
    allow: 'readers.secure',
    summary: 'Stop a file that is being sent to a reader; it can be sent anew from its beginning',
    params: byId,
    reason: 'required',
  },
  'devices.search': {
    method: 'POST',
    path: '/devices/:id/search',
    allow: 'devices.manage',
    summary: 'Look for readers on a bus; progress is told on the socket',
    params: byId,
    body: search,
    reason: 'optional',
  },
  'devices.stop-search': {
    method: 'POST',
    path: '/devices/:id/stop-search',
    allow: 'devices.manage',
    summary: 'End a search',
    params: byId,
  },
  'devices.trace': {
    method: 'POST',
    path: '/devices/:id/trace',
    allow: 'readers.secure',
    summary: 'The frames of a bus from now on for so many seconds, in OSDPCAP lines without secrets',
    params: byId,
    body: trace,
    reason: 'required',
    response: 'bytes',
  },
} as const satisfies Record<string, Route>;
