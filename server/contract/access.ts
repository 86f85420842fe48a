import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { name } from './text.ts';
import { dateOnly, denyReason, direction, grantFlag, id, instant, minuteOfDay } from './words.ts';

export const accessGroup = z.object({ id, name, lockdownExempt: z.boolean(), members: z.number().int() });
export const accessGroupInput = z.object({ name, lockdownExempt: z.boolean().default(false) });

export const accessGroupMembers = z.object({ cardholderIds: z.array(id).min(1).max(500) });

export const ruleDirection = z.enum(['in', 'out', 'both']);
export const accessRule = z.object({ id, groupId: id, laneId: id, direction: ruleDirection, scheduleId: id });
export const accessRuleInput = accessRule.omit({ id: true });

/** `1` is Monday. */
export const scheduleDay = z.enum(['1', '2', '3', '4', '5', '6', '7', 'holiday', 'half-day']);
/** To the minute, end excluded; an end not after its start runs into the next day. */
export const scheduleWindow = z.object({
  day: scheduleDay,
  startMinute: minuteOfDay,
  endMinute: minuteOfDay,
});
export const schedule = z.object({
  id,
  name,
  ignoresCalendar: z.boolean(),
  windows: z.array(scheduleWindow).max(200),
});
export type Schedule = z.infer<typeof schedule>;
export const scheduleInput = schedule.omit({ id: true });

export const calendarDay = z.object({
  date: dateOnly,
  kind: z.enum(['holiday', 'half-day', 'make-up']),
  followsWeekday: z.number().int().min(1).max(7).nullable(),
  name,
});
export type CalendarDay = z.infer<typeof calendarDay>;

export const access = z.object({
  groups: z.array(accessGroup),
  rules: z.array(accessRule),
  schedules: z.array(schedule),
  calendar: z.array(calendarDay),
});

const asked = {
  readerId: id,
  at: z.coerce.number().pipe(instant).optional(),
  /** Sequence number of the record that is asked about: anti-passback counts what came before it. */
  before: z.coerce.number().int().positive().optional(),
};
/**
 * "Why was this refused?": ask about an enrolled card, a visitor's pass, or any card by its number, at a reader
 * at a moment.
 */
export const explainQuery = z.union([
  z.object({ ...asked, credentialId: id }),
  z.object({ ...asked, passId: id }),
  z.object({ ...asked, key: z.string().min(1).max(200) }),
]);
export const explanation = z.object({
  at: instant,
  result: z.enum(['granted', 'denied']),
  reason: denyReason.optional(),
  flags: z.array(grantFlag),
  direction,
  laneId: id,
  cardholder: z.object({ id, name: z.string() }).optional(),
  pass: z.object({ id, number: z.number().int(), visitId: id }).optional(),
  /** Every rule in its order; `decided` marks the one that settled it. */
  steps: z.array(
    z.object({
      rule: denyReason,
      verdict: z.enum(['passed', 'decided', 'skipped', 'not-reached']),
      facts: z.record(z.string(), z.unknown()),
    }),
  ),
});
export type Explanation = z.infer<typeof explanation>;

export const accessRoutes = {
  'access.get': {
    method: 'GET',
    path: '/access',
    allow: 'access.read',
    summary: 'Access groups, rules, schedules, calendar',
    response: access,
  },
  'access.add-group': {
    method: 'POST',
    path: '/access/groups',
    allow: 'access.manage',
    summary: 'Add an access group',
    body: accessGroupInput,
    reason: 'optional',
    response: accessGroup,
  },
  'access.change-group': {
    method: 'PATCH',
    path: '/access/groups/:id',
    allow: 'access.manage',
    summary: 'Change an access group',
    params: byId,
    // Not the input's: a default there would overwrite what is not named here.
    body: accessGroup.pick({ name: true, lockdownExempt: true }).partial(),
    reason: 'required',
    response: accessGroup,
  },
  'access.remove-group': {
    method: 'DELETE',
    path: '/access/groups/:id',
    allow: 'access.manage',
    summary: 'Remove a group that has no members and no rules',
    params: byId,
    reason: 'required',
  },
  'access.add-members': {
    method: 'POST',
    path: '/access/groups/:id/members',
    allow: 'access.manage',
    summary: 'Take people into a group',
    params: byId,
    body: accessGroupMembers,
    reason: 'optional',
    response: accessGroup,
  },
  'access.remove-members': {
    method: 'DELETE',
    path: '/access/groups/:id/members',
    allow: 'access.manage',
    summary: 'Take people out of a group',
    params: byId,
    body: accessGroupMembers,
    reason: 'required',
    response: accessGroup,
  },
  'access.add-rule': {
    method: 'POST',
    path: '/access/rules',
    allow: 'access.manage',
    summary: 'Let a group through a lane on a schedule',
    body: accessRuleInput,
    reason: 'optional',
    response: accessRule,
  },
  'access.remove-rule': {
    method: 'DELETE',
    path: '/access/rules/:id',
    allow: 'access.manage',
    summary: 'Remove a rule',
    params: byId,
    reason: 'required',
  },
  'access.add-schedule': {
    method: 'POST',
    path: '/access/schedules',
    allow: 'access.manage',
    summary: 'Add a schedule',
    body: scheduleInput,
    reason: 'optional',
    response: schedule,
  },
  'access.change-schedule': {
    method: 'PUT',
    path: '/access/schedules/:id',
    allow: 'access.manage',
    summary: 'Replace a schedule',
    params: byId,
    body: scheduleInput,
    reason: 'required',
    response: schedule,
  },
  'access.remove-schedule': {
    method: 'DELETE',
    path: '/access/schedules/:id',
    allow: 'access.manage',
    summary: 'Remove a schedule that no rule uses',
    params: byId,
    reason: 'required',
  },
  'access.set-day': {
    method: 'PUT',
    path: '/access/calendar',
    allow: 'access.manage',
    summary: 'Set a day of the school calendar',
    body: calendarDay,
    reason: 'required',
    response: calendarDay,
  },
  'access.remove-day': {
    method: 'DELETE',
    path: '/access/calendar/:date',
    allow: 'access.manage',
    summary: 'Make a day ordinary again',
    params: z.object({ date: z.iso.date() }),
    reason: 'required',
  },
  'access.explain': {
    method: 'GET',
    path: '/access/explain',
    allow: 'log.explain',
    summary: 'Why a card or a pass would be granted or refused',
    query: explainQuery,
    response: explanation,
  },
} as const satisfies Record<string, Route>;
