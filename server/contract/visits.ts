import { z } from 'zod';
import { photoTypes } from './people.ts';
import { byId, type Route } from './route.ts';
import { name, reason, text } from './text.ts';
import { pictureMaxBytes, visitBodyBytes, visitPictures } from './visit-pictures.ts';
import { idKind, visitReceipt, visitSource, visitState, visitWord } from './visit-words.ts';
import { denyReason, id, instant } from './words.ts';

/** How far ahead a visit may end; so long a former key of passes is still good. */
export const visitsAheadDays = 180;
/** So much before the announced time a pass opens already. */
export const earlyMinutes = 30;

/** What a visitor, a guard or a host fills in; the type says what of it is asked (visit-form.ts). */
export const visitForm = z.object({
  typeId: id,
  name,
  phone: text(30)
    .regex(/^\+?[\d -]{5,}$/, 'not a telephone number')
    .optional(),
  idKind: idKind.optional(),
  /** Or the machine-readable lines of the paper, up to 90 characters and their breaks. */
  idNumber: text(100).optional(),
  organisation: name.optional(),
  purpose: text(200).optional(),
  /** The account of who is visited. */
  hostId: id.optional(),
  department: name.optional(),
  companions: z.array(name).max(30).default([]),
  plate: text(20).optional(),
  items: text(300).optional(),
  /** The version of the type's notice that was read and agreed to. */
  noticeVersion: z.number().int().optional(),
});
export type VisitForm = z.output<typeof visitForm>;

export const registration = visitForm.extend({
  expectedUntil: instant.optional(),
  pictures: visitPictures.default({}),
  /** Without what is required and missing: by the right to override, and with a reason. */
  waive: z.boolean().default(false),
});
export const invitation = visitForm
  .omit({ hostId: true })
  .extend({ expectedFrom: instant, expectedUntil: instant.optional() });

export const pass = z.object({
  id,
  number: z.number().int(),
  validFrom: instant,
  validUntil: instant,
  revokedAt: instant.nullable(),
});

export const visit = z.object({
  id,
  state: visitState,
  source: visitSource,
  /** Whose words it still needs. */
  pending: z.array(visitWord),
  /** The words that were given, oldest first. */
  words: z.array(z.object({ word: visitWord, by: z.string(), approved: z.boolean(), at: instant })),
  typeId: id,
  visitor: z.object({
    id,
    name: z.string(),
    phone: z.string().nullable(),
    organisation: z.string().nullable(),
    idKind: idKind.nullable(),
    /** Its first and last character; whole only by `visits.reveal-id`. */
    idNumber: z.string().nullable(),
  }),
  host: z.object({ id, name: z.string() }).nullable(),
  department: z.string().nullable(),
  purpose: z.string().nullable(),
  companions: z.array(z.string()),
  plate: z.string().nullable(),
  items: z.string().nullable(),
  notice: z.object({ version: z.number().int(), at: instant }).nullable(),
  expectedFrom: instant,
  expectedUntil: instant,
  waitingSince: instant.nullable(),
  /** When the host's word passed to the guard: by the clock, or by the host. */
  lapsedAt: instant.nullable(),
  /** The host's receipt, and when items were checked on the way out. */
  metAt: instant.nullable(),
  partedAt: instant.nullable(),
  itemsAt: instant.nullable(),
  /** Closed while they counted as inside. */
  unseenOut: z.boolean(),
  escort: z.boolean(),
  /** The same for all visits of one invitation. */
  seriesId: id.nullable(),
  photoId: id.nullable(),
  signatureId: id.nullable(),
  enteredAt: instant.nullable(),
  leftAt: instant.nullable(),
  /** Inside after the time. */
  overdue: z.boolean(),
  /** The newest. */
  pass: pass.nullable(),
});
export type Visit = z.infer<typeof visit>;

/** `link` is the secret of the pass page. */
export const addedVisit = z.object({ visit, link: z.string() });

/** `today` of those expected: who is to come before midnight. */
export const visitGroup = z.enum(['expected', 'today', 'waiting', 'inside', 'overdue', 'over']);
export const visitQuery = z.object({
  show: visitGroup.optional(),
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const count = z.number().int();
/** In a body alone: what a person types may be a whole identity number, and addresses are kept by proxies and their logs. */
export const visitSearch = z.object({
  /** Part of a name, organisation, telephone number or plate; a pass number; a whole identity number. */
  text: text(100, { least: 2, message: 'at least two characters' }),
  after: id.optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
export const visits = z.object({
  visits: z.array(visit),
  next: id.optional(),
  counts: z.object({ expected: count, today: count, waiting: count, inside: count, overdue: count }),
});

/** What a guard scans or types: the code of a pass, in the body alone, or the number on a printed badge. */
export const shownPass = z.union([
  z.object({ token: text(200) }),
  z.object({ number: z.number().int().min(0).max(0xffff_ffff) }),
]);
export const foundPass = z.object({
  /** Null: no visit has such a pass, or the one of this code is over. */
  visit: visit.nullable(),
  /** Why the code is none of ours. */
  fault: denyReason.optional(),
});
/** Over the socket: something of this visit has happened; read it again. */
export interface VisitNotice {
  visitId: string;
  /** The type of the event. */
  what: string;
  at: number;
}

export const visitRoutes = {
  'visits.list': {
    method: 'GET',
    path: '/visits',
    allow: 'visits.read',
    summary: 'Visits: expected, waiting, inside, overdue, or over',
    query: visitQuery,
    response: visits,
  },
  'visits.search': {
    method: 'POST',
    path: '/visits/searches',
    allow: 'visits.read',
    summary: 'Visits by what is known of the visitor, newest first; nothing is kept of it',
    perMinute: 240,
    body: visitSearch,
    response: visits,
  },
  'visits.mine': {
    method: 'GET',
    path: '/visits/mine',
    allow: 'visits.host',
    summary: 'The same of one’s own visitors',
    query: visitQuery,
    response: visits,
  },
  'visits.hosts': {
    method: 'GET',
    path: '/visits/hosts',
    allow: 'visits.admit',
    summary: 'Who may be visited, by part of a name',
    query: z.object({ text: text(100, { least: 2, message: 'at least two characters' }) }),
    response: z.array(z.object({ id, name: z.string() })),
  },
  'visits.get': {
    method: 'GET',
    path: '/visits/:id',
    allow: 'visits.read',
    summary: 'One visit',
    params: byId,
    response: visit,
  },
  'visits.find': {
    method: 'POST',
    path: '/visits/shown-pass',
    allow: 'visits.read',
    summary: 'The visit of a pass that is shown, by its code or its number',
    perMinute: 240,
    body: shownPass,
    response: foundPass,
  },
  'visits.photo': {
    method: 'POST',
    path: '/visits/:id/photo',
    allow: 'visits.admit',
    summary:
      'The photo of the visitor, taken at the gate; a reason is needed where it takes the place of another',
    params: byId,
    query: z.object({ reason: reason.optional() }),
    upload: { contentTypes: photoTypes, maxBytes: pictureMaxBytes },
    response: visit,
  },
  'visits.register': {
    method: 'POST',
    path: '/visits',
    allow: 'visits.admit',
    summary: 'Register a visitor who is at the gate',
    body: registration,
    bodyBytes: visitBodyBytes,
    reason: 'optional',
    response: addedVisit,
  },
  'visits.approve': {
    method: 'POST',
    path: '/visits/:id/approval',
    allow: 'visits.host',
    summary:
      'Give one’s word for a visitor: as the host, or with the right to admit as guard or in the host’s place',
    params: byId,
    reason: 'optional',
    response: visit,
  },
  'visits.refuse': {
    method: 'POST',
    path: '/visits/:id/refusal',
    allow: 'visits.host',
    summary: 'Refuse a visitor; one’s own, or any with the right to admit',
    params: byId,
    reason: 'required',
    response: visit,
  },
  'visits.hand-over': {
    method: 'POST',
    path: '/visits/:id/hand-over',
    allow: 'visits.host',
    summary: 'Let the guard decide about one’s own visitor who waits',
    params: byId,
    reason: 'optional',
    response: visit,
  },
  'visits.link': {
    method: 'GET',
    path: '/visits/:id/link',
    allow: 'visits.host',
    summary: 'The link to the pass page; of one’s own visitors, or of any with the right to admit',
    params: byId,
    response: z.object({ link: z.string() }),
  },
  'visits.admit': {
    method: 'POST',
    path: '/visits/:id/entry',
    allow: 'visits.admit',
    summary: 'A visitor was let in by hand at a lane',
    params: byId,
    body: z.object({ laneId: id }),
    reason: 'optional',
    response: visit,
  },
  'visits.sign-out': {
    method: 'POST',
    path: '/visits/:id/departure',
    allow: 'visits.host',
    summary: 'A visitor has left; one’s own, or any with the right to admit',
    params: byId,
    reason: 'optional',
    response: visit,
  },
  'visits.receipt': {
    method: 'POST',
    path: '/visits/:id/receipts',
    allow: 'visits.host',
    summary:
      'The host’s receipt, that the visitor was with them and has gone; at the gate, that items were checked',
    params: byId,
    body: z.object({ receipt: visitReceipt }),
    reason: 'optional',
    response: visit,
  },
  'visits.reveal-id': {
    method: 'POST',
    path: '/visits/:id/id-number',
    allow: 'visits.reveal-id',
    summary: 'The visitor’s whole identity number; recorded each time',
    params: byId,
    reason: 'required',
    response: z.object({ idNumber: z.string() }),
  },
} as const satisfies Record<string, Route>;
