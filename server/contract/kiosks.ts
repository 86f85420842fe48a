/** Kiosks as devices: paired by an administrator, and what each tells of itself. */
import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { name, text } from './text.ts';
import { id, instant, language } from './words.ts';

export const kioskPart = z.enum(['ready', 'fault', 'none']);

/** What a kiosk tells of itself, every half minute. */
export const kioskReport = z.object({
  printer: kioskPart,
  camera: kioskPart,
  /** Registrations that it could not send yet. */
  waiting: z.number().int().min(0).max(100_000),
  version: text(40),
});

export const kiosk = z.object({
  id,
  name: z.string(),
  gateId: id.nullable(),
  /** The device that prints its badges; null: the kiosk's own browser does. */
  printerId: id.nullable(),
  /** Its own reader of identity cards, which no other kiosk has and no desk hears. */
  documentDeviceId: id.nullable(),
  /** `unpaired` waits for its code · `revoked` for good. */
  state: z.enum(['unpaired', 'online', 'offline', 'revoked']),
  pairedAt: instant.nullable(),
  /** When it was last heard of. */
  seenAt: instant.nullable(),
  /** Of the device where it has one, else as the kiosk told. */
  printer: kioskPart.nullable(),
  camera: kioskPart.nullable(),
  documentReader: kioskPart,
  waiting: z.number().int(),
  version: z.string().nullable(),
});
export type Kiosk = z.infer<typeof kiosk>;

/** Shown once; typed at the kiosk until then. */
export const pairingCode = z.object({ kiosk, code: z.string(), until: instant });

/** The school's devices that are a kiosk's; `none`: it has been given none. */
export const kioskParts = z.object({ printer: kioskPart, documentReader: kioskPart });
export type KioskParts = z.infer<typeof kioskParts>;

/** What a kiosk has to know to begin. */
export const kioskSelf = z.object({
  kiosk: z.object({ id, name: z.string() }),
  school: z.object({ name: z.string(), language, timeZone: z.string() }),
  parts: kioskParts,
  now: instant,
});

export const kioskRoutes = {
  'kiosks.list': {
    method: 'GET',
    path: '/kiosks',
    allow: 'gates.read',
    summary: 'Kiosks and how they are',
    response: z.array(kiosk),
  },
  'kiosks.add': {
    method: 'POST',
    path: '/kiosks',
    allow: 'devices.manage',
    summary: 'Add a kiosk and show its pairing code',
    body: z.object({
      name,
      gateId: id.nullable().default(null),
      printerId: id.nullable().default(null),
      documentDeviceId: id.nullable().default(null),
    }),
    reason: 'optional',
    response: pairingCode,
  },
  'kiosks.change': {
    method: 'PATCH',
    path: '/kiosks/:id',
    allow: 'devices.manage',
    summary: 'Change a kiosk: its name, its gate, the printer of its badges, its reader of identity cards',
    params: byId,
    body: z
      .object({
        ...{ name, gateId: id.nullable() },
        ...{ printerId: id.nullable(), documentDeviceId: id.nullable() },
      })
      .partial(),
    reason: 'required',
    response: kiosk,
  },
  'kiosks.show-code': {
    method: 'POST',
    path: '/kiosks/:id/code',
    allow: 'devices.manage',
    summary: 'Show a new pairing code; paired with it, the device before it knows the server no more',
    params: byId,
    reason: 'optional',
    response: pairingCode,
  },
  'kiosks.revoke': {
    method: 'DELETE',
    path: '/kiosks/:id',
    allow: 'devices.manage',
    summary: 'Take a kiosk out of service for good',
    params: byId,
    reason: 'required',
    response: kiosk,
  },
  'kiosk.pair': {
    method: 'POST',
    path: '/kiosk/pairing',
    allow: 'public',
    summary: 'Pair this device by the code; its token comes as a cookie that no script sees',
    perMinute: 5,
    body: z.object({ code: text(20) }),
    response: kioskSelf,
  },
  'kiosk.get': {
    method: 'GET',
    path: '/kiosk',
    allow: 'kiosk.use',
    summary: 'Which kiosk this is, and of which school',
    response: kioskSelf,
  },
  'kiosk.report': {
    method: 'POST',
    path: '/kiosk/state',
    allow: 'kiosk.use',
    summary: 'How the kiosk is',
    body: kioskReport,
    response: kioskSelf,
  },
} as const satisfies Record<string, Route>;
