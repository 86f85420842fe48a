import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { lines, name } from './text.ts';
import { approver, fieldUse, passColour, visitField } from './visit-words.ts';
import { id, minuteOfDay } from './words.ts';

const days = z.number().int().min(1).max(3650);

export const visitorType = z.object({
  id,
  names: z.object({ 'zh-CN': name, en: name }),
  colour: passColour,
  /** Those that are not named are not asked. */
  fields: z.partialRecord(visitField, fieldUse),
  /** All of these words open its passes. */
  approvals: z.array(approver).max(3),
  /** So long a visitor waits for the host alone; then the guard decides. */
  waitMinutes: z.number().int().min(1).max(240),
  /** Minute of the day at which visits that are over are closed. */
  closeMinute: minuteOfDay.max(1439),
  /** Lanes that its passes open; null for every lane. */
  laneIds: z.array(id).max(200).nullable(),
  stayMinutes: z
    .number()
    .int()
    .min(5)
    .max(30 * 1440),
  manyEntries: z.boolean(),
  /** Lets in by the code that changes every half minute alone, not by a picture or a badge; out by either. */
  liveCode: z.boolean(),
  escort: z.boolean(),
  /** Of who collects a child; a kiosk takes the first that is offered. */
  guardians: z.boolean(),
  /** What the visitor reads and agrees to. */
  notice: lines(4000).nullable(),
  noticeVersion: z.number().int(),
  keepDays: days,
  keepPhotoDays: days,
  position: z.number().int(),
  /** False: no longer offered. */
  offered: z.boolean(),
});
export type VisitorType = z.infer<typeof visitorType>;

const typeFields = visitorType.omit({ id: true, noticeVersion: true });
export const visitorTypePatch = typeFields.partial();
export const visitorTypeInput = typeFields.extend({
  colour: passColour.default('blue'),
  fields: visitorType.shape.fields.default({}),
  approvals: visitorType.shape.approvals.default(['host']),
  waitMinutes: visitorType.shape.waitMinutes.default(5),
  closeMinute: visitorType.shape.closeMinute.default(1380),
  laneIds: visitorType.shape.laneIds.default(null),
  stayMinutes: visitorType.shape.stayMinutes.default(240),
  manyEntries: z.boolean().default(false),
  liveCode: z.boolean().default(false),
  escort: z.boolean().default(false),
  guardians: z.boolean().default(false),
  notice: visitorType.shape.notice.default(null),
  keepDays: days.default(180),
  keepPhotoDays: days.default(30),
  position: z.number().int().default(0),
  offered: z.boolean().default(true),
});

export const visitorTypeRoutes = {
  'visitor-types.list': {
    method: 'GET',
    path: '/visitor-types',
    allow: 'session',
    summary: 'Kinds of visitors',
    response: z.array(visitorType),
  },
  'visitor-types.add': {
    method: 'POST',
    path: '/visitor-types',
    allow: 'visits.manage',
    summary: 'Add a kind of visitor',
    body: visitorTypeInput,
    reason: 'optional',
    response: visitorType,
  },
  'visitor-types.change': {
    method: 'PATCH',
    path: '/visitor-types/:id',
    allow: 'visits.manage',
    summary: 'Change a kind of visitor',
    params: byId,
    body: visitorTypePatch,
    reason: 'required',
    response: visitorType,
  },
} as const satisfies Record<string, Route>;
