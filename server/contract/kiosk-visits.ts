/** What a kiosk may ask for the visitor in front of it: nobody browses staff or other visitors. */
import { z } from 'zod';
import type { Route } from './route.ts';
import { text } from './text.ts';
import { visitBodyBytes, visitPictures } from './visit-pictures.ts';
import { passColour, visitField } from './visit-words.ts';
import { visitorType } from './visitor-types.ts';
import { visitForm } from './visits.ts';
import { id, instant } from './words.ts';

/** Made by the kiosk for each registration: sent twice, it counts once. */
export const submissionKey = z.uuid();
const byKey = z.object({ key: submissionKey });

/** Last digits of a telephone number, by which visitors show that it is they. */
const lastDigits = z.string().regex(/^\d{4}$/, 'the last four digits');

/** The code that a visitor shows, or the number of their pass and the end of their telephone number. */
const shown = z.union([z.object({ token: text(200) }), z.object({ number: z.number().int(), lastDigits })]);

/**
 * How it stands, in no more words than these, so that whoever looks on learns nothing: `wait` for the guard, whatever the
 * reason · `welcome` · `left`.
 */
export const kioskVisit = z.object({
  state: z.enum(['wait', 'welcome', 'left']),
  visitor: z.string(),
  type: visitorType.pick({ names: true, colour: true, escort: true }),
  host: z.string().nullable(),
  department: z.string().nullable(),
  /** While it opens a lane. */
  pass: z
    .object({
      number: z.number().int(),
      token: z.string(),
      /** The secret of the pass page, for the visitor's telephone. */
      link: z.string(),
      colour: passColour,
      validFrom: instant,
      validUntil: instant,
    })
    .optional(),
});
export type KioskVisit = z.infer<typeof kioskVisit>;

/** Enough to know oneself by, and too little to learn anything. */
export const maskedVisitor = z.object({
  /** To be named in the registration. */
  visitorId: id,
  name: z.string(),
  phone: z.string().nullable(),
  organisation: z.string().nullable(),
  idNumber: z.string().nullable(),
});

export const kioskRegistration = visitForm.extend({
  key: submissionKey,
  pictures: visitPictures.default({}),
  /**
   * When the visitor was there, if it is sent later. Then no host could be searched: whom they visit may stand in
   * `department`, and the notice may be an older one.
   */
  madeAt: instant.optional(),
  /** The visitor has known themselves again: what the form leaves out is as it was. */
  visitorId: id.optional(),
  lastDigits: lastDigits.optional(),
});

export const kioskVisitRoutes = {
  'kiosk.types': {
    method: 'GET',
    path: '/kiosk/types',
    allow: 'kiosk.use',
    summary: 'Kinds of visitors that are offered',
    response: z.array(visitorType),
  },
  'kiosk.hosts': {
    method: 'GET',
    path: '/kiosk/hosts',
    allow: 'kiosk.use',
    summary: 'Who may be visited, by part of a name',
    perMinute: 30,
    query: z.object({ text: text(100, { least: 2, message: 'at least two characters' }) }),
    response: z.array(z.object({ id, name: z.string() })),
  },
  'kiosk.known': {
    method: 'POST',
    path: '/kiosk/known-visitor',
    allow: 'kiosk.use',
    summary:
      'Who was here before, by the whole name and the end of the telephone number, and by the paper where it was read; null when nobody, or several',
    perMinute: 10,
    body: z.object({
      name: text(100),
      lastDigits,
      ...visitForm.pick({ idKind: true, idNumber: true }).shape,
    }),
    response: maskedVisitor.nullable(),
  },
  'kiosk.register': {
    method: 'POST',
    path: '/kiosk/visits',
    allow: 'kiosk.use',
    summary: 'Register the visitor at the kiosk; the same key again answers the same visit',
    body: kioskRegistration,
    bodyBytes: visitBodyBytes,
    response: kioskVisit,
  },
  'kiosk.visit': {
    method: 'GET',
    path: '/kiosk/visits/:key',
    allow: 'kiosk.use',
    summary: 'How a visit stands that was registered or announced here',
    params: byKey,
    response: kioskVisit,
  },
  'kiosk.expected': {
    method: 'POST',
    path: '/kiosk/expected',
    allow: 'kiosk.use',
    summary: 'The visit of who shows a code, and what is still to be filled in',
    perMinute: 30,
    body: shown,
    response: kioskVisit.omit({ pass: true }).extend({
      typeId: id,
      missing: z.array(visitField),
      /** Of the notice that is still to be read; null when none is. */
      notice: z.object({ text: z.string(), version: z.number().int() }).nullable(),
    }),
  },
  'kiosk.arrive': {
    method: 'POST',
    path: '/kiosk/arrivals',
    allow: 'kiosk.use',
    summary: 'An expected visitor is here, with what was missing',
    body: z.object({
      key: submissionKey,
      shown,
      form: visitForm
        .pick({
          phone: true,
          idKind: true,
          idNumber: true,
          organisation: true,
          purpose: true,
          hostId: true,
          department: true,
          plate: true,
          items: true,
          noticeVersion: true,
        })
        .extend({ companions: visitForm.shape.companions.removeDefault().optional() })
        .default({}),
      pictures: visitPictures.default({}),
    }),
    bodyBytes: visitBodyBytes,
    response: kioskVisit,
  },
  'kiosk.sign-out': {
    method: 'POST',
    path: '/kiosk/departures',
    allow: 'kiosk.use',
    summary: 'The visitor who shows a code leaves',
    perMinute: 30,
    body: shown,
    response: kioskVisit,
  },
} as const satisfies Record<string, Route>;
