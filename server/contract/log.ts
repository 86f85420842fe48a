import { z } from 'zod';
import { type EventType, eventData, loggedEvent } from './events.ts';
import type { Route } from './route.ts';
import { cardholderKind, denyReason, direction, id } from './words.ts';

/** What became of it, for the filter: granted and denied passages, alarms, changes by people, the system's own. */
export const resultKind = z.enum(['granted', 'denied', 'outcome', 'alarm', 'change', 'system']);
export type ResultKind = z.infer<typeof resultKind>;

export const logFilter = z.object({
  gateId: id.optional(),
  laneId: id.optional(),
  direction: direction.optional(),
  result: resultKind.optional(),
  reason: denyReason.optional(),
  cardholderId: id.optional(),
  type: z.enum(Object.keys(eventData) as [EventType, ...EventType[]]).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
});
export type LogFilter = z.infer<typeof logFilter>;

/** An event with the words a person needs to read it: looked up at the moment of reading, not stored in it. */
export const logRow = z.object({
  event: loggedEvent,
  cardholder: z
    .object({
      id,
      name: z.string(),
      unit: z.string().nullable(),
      kind: cardholderKind,
      number: z.string().nullable(),
      photoId: id.nullable(),
    })
    .optional(),
  /** Of a visit that is not over. */
  visitor: z.object({ name: z.string() }).optional(),
  gate: z.string().optional(),
  lane: z.string().optional(),
  device: z.string().optional(),
  actor: z.string().optional(),
  /** By id, the names of other things that the event tells of; none of what is gone. */
  names: z.record(z.string(), z.string()).optional(),
});
export type LogRow = z.infer<typeof logRow>;

export const logQuery = logFilter.extend({
  /** Older than this sequence number. */
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
/** Newest first. `now` is the server's clock as it answers, by which the rows can be told fresh from old. */
export const logPage = z.object({
  rows: z.array(logRow),
  next: z.number().int().optional(),
  head: z.number().int(),
  now: z.number(),
});

/** Which kind of result a type belongs to. */
export function resultOf(type: EventType): ResultKind {
  if (type === 'passage.granted' || type === 'lane.opened') return 'granted';
  if (type === 'passage.denied' || type === 'reader.refusals-counted') return 'denied';
  if (type === 'passage.outcome' || type === 'lane.release-outcome' || type === 'lane.rex') return 'outcome';
  if (
    /^(alarm\.|lane\.(forced|held|hold-failed|secured)|relay\.|printer\.|device\.o|store\.|clock\.|reader\.(flood|o|tamper|power|key-(lost|refused))|pin\.(locked|duress))/.test(
      type,
    )
  )
    return 'alarm';
  if (type.startsWith('system.')) return 'system';
  return 'change';
}

export const logRoutes = {
  'log.list': {
    method: 'GET',
    path: '/log',
    allow: 'log.read',
    summary: 'Past events, newest first',
    query: logQuery,
    response: logPage,
  },
} as const satisfies Record<string, Route>;
