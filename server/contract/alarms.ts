import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { alarmKind, alarmPriority, id, instant } from './words.ts';

/** The id of the alarm that the store takes no records, while it lasts: no row has it, so nobody can acknowledge it. */
export const storeAlarmId = 'store';

export const alarm = z.object({
  id,
  kind: alarmKind,
  priority: alarmPriority,
  state: z.enum(['active', 'cleared']),
  gateId: id.nullable(),
  laneId: id.nullable(),
  deviceId: id.nullable(),
  readerId: id.nullable(),
  raisedAt: instant,
  clearedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  /** Name of the account. */
  acknowledgedBy: z.string().nullable(),
  repeats: z.number().int(),
});
export type Alarm = z.infer<typeof alarm>;

export const alarmsQuery = z.object({
  /** `open`: active or not yet acknowledged. */
  show: z.enum(['open', 'all']).default('open'),
  before: z.coerce.number().int().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(100),
});
/** Newest first; `next` is the `before` of the following page. `open` counts all open ones. */
export const alarms = z.object({
  alarms: z.array(alarm),
  open: z.number().int(),
  next: z.number().int().optional(),
});
export type Alarms = z.infer<typeof alarms>;

export const alarmRoutes = {
  'alarms.list': {
    method: 'GET',
    path: '/alarms',
    allow: 'alarms.read',
    summary: 'Alarms',
    query: alarmsQuery,
    response: alarms,
  },
  'alarms.acknowledge': {
    method: 'POST',
    path: '/alarms/:id/acknowledge',
    allow: 'alarms.acknowledge',
    summary: 'Acknowledge an alarm',
    params: byId,
    response: alarm,
  },
} as const satisfies Record<string, Route>;
