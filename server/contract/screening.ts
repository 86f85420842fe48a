/** People who are not to come in, or of whom somebody must know first. */
import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { name, text } from './text.ts';
import { idKind } from './visit-words.ts';
import { visit } from './visits.ts';
import { id, instant } from './words.ts';

/** `deny` is not let in but by an override · `watch` is let in by a guard, once the responder knows. */
export const screeningList = z.enum(['deny', 'watch']);
/** What agreed with the entry, the surest first. */
export const screeningMatch = z.enum(['id-number', 'phone', 'name', 'close-name']);

export const screeningInput = z.object({
  list: screeningList,
  name,
  aliases: z.array(name).max(20).default([]),
  idKind: idKind.optional(),
  idNumber: text(40).optional(),
  phone: text(30).optional(),
  /** For the guard and the responder alone. */
  reason: text(300),
  /** The account to call. */
  responderId: id.nullable().default(null),
  /** Compared with nobody from then on; null for always. */
  validUntil: instant.nullable().default(null),
});

export const screeningEntry = z.object({
  id,
  list: screeningList,
  name: z.string(),
  aliases: z.array(z.string()),
  idKind: idKind.nullable(),
  /** Its ends. */
  idNumber: z.string().nullable(),
  phone: z.string().nullable(),
  reason: z.string(),
  responder: z.object({ id, name: z.string() }).nullable(),
  validUntil: instant.nullable(),
  createdAt: instant,
});
export type ScreeningEntry = z.infer<typeof screeningEntry>;

/** Whom a held visitor may be. */
export const hold = z.object({ entry: screeningEntry, how: screeningMatch });

export const screeningRoutes = {
  'screening.list': {
    method: 'GET',
    path: '/screening',
    allow: 'visits.screen',
    summary: 'The deny list and the watch list',
    response: z.array(screeningEntry),
  },
  'screening.try': {
    method: 'POST',
    path: '/screening/tries',
    allow: 'visits.screen',
    summary: 'Whom a visitor of this name would be taken for; nothing is kept of it',
    body: z.object({ name }),
    response: z.array(hold),
  },
  'screening.add': {
    method: 'POST',
    path: '/screening',
    allow: 'visits.manage',
    summary: 'Put somebody on a list; visits that are open are compared with it at once',
    body: z.object({ entry: screeningInput }),
    reason: 'optional',
    response: screeningEntry,
  },
  'screening.remove': {
    method: 'DELETE',
    path: '/screening/:id',
    allow: 'visits.manage',
    summary: 'Take somebody off a list',
    params: byId,
    reason: 'required',
  },
  'visits.holds': {
    method: 'GET',
    path: '/visits/:id/holds',
    allow: 'visits.host',
    summary:
      'Whom a held visitor may be, and why that matters: for guards, and for the responder of the entry',
    params: byId,
    response: z.array(hold),
  },
  'visits.screen': {
    method: 'POST',
    path: '/visits/:id/screening',
    allow: 'visits.screen',
    summary: 'Decide about a held visitor; of the deny list only with the right to override it',
    params: byId,
    body: z.object({ outcome: z.enum(['admit', 'escort', 'refuse']) }),
    reason: 'required',
    response: visit,
  },
} as const satisfies Record<string, Route>;
