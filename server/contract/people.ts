import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { name, reason, text } from './text.ts';
import { cardholderKind, cardholderStatus, credentialStatus, direction, id, instant } from './words.ts';

/** Stands for the part of a card number that is not told. */
export const hiddenDigits = '••••';

/** `key` is null for who may not see whole numbers, and `printed` then one form that ends as the number does. */
export const credential = z.object({
  id,
  key: z.string().nullable(),
  status: credentialStatus,
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  form: z.string().nullable(),
  printed: z.array(z.object({ form: z.string(), text: z.string() })),
});
export type Credential = z.infer<typeof credential>;

export const cardholder = z.object({
  id,
  kind: cardholderKind,
  number: z.string().nullable(),
  name: z.string(),
  /** Class of a student, department of staff. */
  unit: z.string().nullable(),
  status: cardholderStatus,
  photoId: id.nullable(),
  credentials: z.array(credential),
  groupIds: z.array(id),
  /** Whether a PIN is set; the PIN itself is never told. */
  hasPin: z.boolean(),
  lastSeen: z.object({ laneId: id, direction, at: instant, inside: z.boolean() }).optional(),
});
export type Cardholder = z.infer<typeof cardholder>;

const fields = {
  kind: cardholderKind,
  number: text(40).nullable(),
  name,
  unit: name.nullable(),
};
const groupIds = z.array(id).max(50);
export const cardholderInput = z.object({
  ...fields,
  number: fields.number.default(null),
  unit: fields.unit.default(null),
  groupIds: groupIds.default([]),
});
/** Groups as additions and removals: a whole list would undo what another has changed since it was shown. */
export const cardholderPatch = z
  .object({ ...fields, status: cardholderStatus, addGroupIds: groupIds, removeGroupIds: groupIds })
  .partial();

export const peopleQuery = z.object({
  /** Part of a name, number, class, or a card number in any printed form. */
  text: text(100, { least: 0 }).optional(),
  kind: cardholderKind.optional(),
  status: cardholderStatus.optional(),
  /** Members of this access group. */
  groupId: id.optional(),
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const people = z.object({
  people: z.array(cardholder),
  total: z.number().int(),
  next: z.string().optional(),
});

/** The credential that somebody else reported lost, where this card is that one, and why it is to have a new holder. */
const lost = z.object({ credentialId: id, reason }).optional();
/** Enrol what a reader showed (`key`), or what is printed on the card (`typed` in `form`). */
export const enrol = z.union([
  z.object({ key: z.string().min(3).max(200), form: z.string().max(20).optional(), lost }),
  z.object({ typed: z.string().trim().min(1).max(60), form: z.string().max(20), lost }),
]);
export const credentialPatch = z
  .object({
    status: credentialStatus,
    validFrom: instant.nullable(),
    validUntil: instant.nullable(),
  })
  .partial();

/** Null takes it away. With its last digit one higher (9 to 0), the same PIN opens under duress. */
export const pin = z.object({ pin: z.union([z.null(), z.string().regex(/^\d{4,8}$/)]) });

export const photoTypes = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const photoMaxBytes = 1_000_000;

export const peopleRoutes = {
  'people.list': {
    method: 'GET',
    path: '/people',
    allow: 'people.read',
    summary: 'Search cardholders',
    query: peopleQuery,
    response: people,
  },
  'people.get': {
    method: 'GET',
    path: '/people/:id',
    allow: 'people.read',
    summary: 'One cardholder',
    params: byId,
    response: cardholder,
  },
  'people.add': {
    method: 'POST',
    path: '/people',
    allow: 'people.manage',
    summary: 'Add a cardholder',
    body: cardholderInput,
    reason: 'optional',
    response: cardholder,
  },
  'people.change': {
    method: 'PATCH',
    path: '/people/:id',
    allow: 'people.manage',
    summary: 'Change, suspend or part with a cardholder',
    params: byId,
    body: cardholderPatch,
    reason: 'required',
    response: cardholder,
  },
  'people.set-photo': {
    method: 'PUT',
    path: '/people/:id/photo',
    allow: 'people.manage',
    summary: 'Set the photo; a reason is needed where it takes the place of another',
    params: byId,
    query: z.object({ reason: reason.optional() }),
    upload: { contentTypes: photoTypes, maxBytes: photoMaxBytes },
    response: cardholder,
  },
  'people.set-pin': {
    method: 'PUT',
    path: '/people/:id/pin',
    allow: 'pins.manage',
    summary: 'Set or take away a PIN',
    params: byId,
    body: pin,
    reason: 'required',
    response: cardholder,
    perMinute: 60,
  },
  'photos.get': {
    method: 'GET',
    path: '/photos/:id',
    allow: 'log.read',
    summary: 'A photo',
    params: byId,
    response: 'bytes',
  },
  'credentials.enrol': {
    method: 'POST',
    path: '/people/:id/credentials',
    allow: 'credentials.manage',
    summary: 'Enrol a card',
    params: byId,
    body: enrol,
    response: cardholder,
  },
  'credentials.change': {
    method: 'PATCH',
    path: '/credentials/:id',
    allow: 'credentials.manage',
    summary: 'Lost, suspended, found again, validity',
    params: byId,
    body: credentialPatch,
    reason: 'required',
    response: cardholder,
  },
  'credentials.preview': {
    method: 'GET',
    path: '/credentials/preview',
    allow: 'credentials.manage',
    summary: 'What a typed card number may be',
    query: z.object({ typed: z.string().max(60) }),
    response: z.array(z.object({ form: z.string(), key: z.string() })),
  },
} as const satisfies Record<string, Route>;
