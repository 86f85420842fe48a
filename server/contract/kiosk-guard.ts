/** A guard at a kiosk: signed in by a PIN of the account's own, for as long as the screen is used. */
import { z } from 'zod';
import type { Route } from './route.ts';
import { screeningList, screeningMatch } from './screening.ts';
import { visitorType } from './visitor-types.ts';
import { id, instant } from './words.ts';

export const kioskPin = z.string().regex(/^\d{6,8}$/, '6 to 8 digits');

/** Known to the kiosk's page alone, and gone with it. */
const session = z.string().min(1).max(64);

export const guardSession = z.object({
  session,
  name: z.string(),
  /** Without a use it ends by itself. */
  until: instant,
});

/** A visit of today, in the words that a screen in a public place may show. */
export const guardVisit = z.object({
  id,
  visitor: z.string(),
  type: visitorType.pick({ names: true }),
  organisation: z.string().nullable(),
  host: z.string().nullable(),
  purpose: z.string().nullable(),
  companions: z.number().int(),
  expectedFrom: instant,
  waitingSince: instant.nullable(),
  /** Why the visitor is held; only for who may know. */
  holds: z.array(
    z.object({
      list: screeningList,
      how: screeningMatch,
      name: z.string(),
      reason: z.string(),
      responder: z.string().nullable(),
    }),
  ),
  /** Somebody of the deny list, and this guard may not override it. */
  refuseOnly: z.boolean(),
});
export type GuardVisit = z.infer<typeof guardVisit>;

export const kioskGuardRoutes = {
  'kiosks.set-own-pin': {
    method: 'POST',
    path: '/kiosks/own-pin',
    allow: 'visits.admit',
    summary: 'The PIN by which one signs in at a kiosk as a guard; null takes it away',
    perMinute: 10,
    body: z.object({ pin: kioskPin.nullable(), password: z.string().min(1).max(128) }),
  },
  'kiosk.guard-sign-in': {
    method: 'POST',
    path: '/kiosk/guard',
    allow: 'kiosk.use',
    summary: 'A guard signs in at the kiosk; after three wrong PINs it takes none for five minutes',
    perMinute: 20,
    body: z.object({ pin: kioskPin }),
    response: guardSession,
  },
  'kiosk.guard-sign-out': {
    method: 'POST',
    path: '/kiosk/guard/end',
    allow: 'kiosk.use',
    summary: 'The guard has gone, or the screen was left alone',
    body: z.object({ session }),
  },
  'kiosk.guard-visits': {
    method: 'POST',
    path: '/kiosk/guard/visits',
    allow: 'kiosk.use',
    summary: 'Who waits, and who is expected today; `quiet` where the page asks by itself',
    body: z.object({ session, quiet: z.boolean().default(false) }),
    response: z.object({ waiting: z.array(guardVisit), expected: z.array(guardVisit) }),
  },
  'kiosk.guard-decide': {
    method: 'POST',
    path: '/kiosk/guard/decisions',
    allow: 'kiosk.use',
    summary: 'Admit or refuse who waits, over a hold too, in the guard’s own name',
    body: z.object({ session, visitId: id, outcome: z.enum(['admit', 'escort', 'refuse']) }),
    reason: 'required',
  },
} as const satisfies Record<string, Route>;
