/** Visits counted, and as a file. */
import { z } from 'zod';
import type { Route } from './route.ts';
import { visitState } from './visit-words.ts';
import { id, instant, language } from './words.ts';

const period = z.object({
  from: z.coerce.number().int(),
  /** Exclusive. */
  to: z.coerce.number().int(),
  typeId: id.optional(),
  hostId: id.optional(),
  /** As it is now. */
  state: visitState.optional(),
});

const counted = z.number().int();

/** Of visits whose visitors came in within the period, but for `announced`, which counts all that were expected then. */
export const visitReport = z.object({
  announced: counted,
  came: counted,
  /** `YYYY-MM-DD` in the school's time zone, ascending; days without a visitor are left out. */
  days: z.array(z.object({ date: z.iso.date(), count: counted })),
  types: z.array(z.object({ typeId: id, count: counted })),
  /** The most visited first, at most 20; null for visits to nobody. */
  hosts: z.array(z.object({ host: z.object({ id, name: z.string() }).nullable(), count: counted })),
  /** The most frequent first, at most 20. */
  purposes: z.array(z.object({ purpose: z.string(), count: counted })),
  /** By how long they stayed: up to so many minutes, and null for longer. Without those who are still inside. */
  durations: z.array(z.object({ upToMinutes: z.number().int().nullable(), count: counted })),
});
export type VisitReport = z.infer<typeof visitReport>;

export const visitExport = z.object({
  from: instant,
  to: instant,
  typeId: id.optional(),
  hostId: id.optional(),
  state: visitState.optional(),
  format: z.enum(['csv', 'xlsx']),
  language,
  /** With whole identity numbers, for who may see them; else with their ends. */
  idNumbers: z.boolean().default(false),
});

export const visitReportRoutes = {
  'visits.report': {
    method: 'GET',
    path: '/visits/report',
    allow: 'visits.report',
    summary: 'Visits by day, kind, host, purpose and duration',
    query: period,
    response: visitReport,
  },
  'visits.export': {
    method: 'POST',
    path: '/visits/exports',
    allow: 'visits.report',
    summary: 'Visits of a period as a file; recorded each time',
    body: visitExport,
    reason: 'optional',
    response: 'bytes',
  },
} as const satisfies Record<string, Route>;
