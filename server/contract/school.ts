import { z } from 'zod';
import { feedback } from './feedback.ts';
import type { Route } from './route.ts';
import { name } from './text.ts';
import { language } from './words.ts';

export const timeZone = z.string().refine((zone) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}, 'not a known time zone, such as Asia/Shanghai');

/** So many wrong PINs within so many minutes lock for so many minutes. */
export const pinLimits = {
  pinTries: z.number().int().min(2).max(10),
  pinWithinMinutes: z.number().int().min(1).max(60),
  pinLockMinutes: z.number().int().min(1).max(60),
};

export const school = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  language,
  sample: z.boolean(),
  /** Absent: as usual. */
  feedback: feedback.optional(),
  ...pinLimits,
});
export type School = z.infer<typeof school>;

export const schoolPatch = z.object({ name, timeZone, language, feedback, ...pinLimits }).partial();

export const schoolRoutes = {
  'school.get': {
    method: 'GET',
    path: '/school',
    allow: 'session',
    summary: 'The school',
    response: school,
  },
  'school.change': {
    method: 'PATCH',
    path: '/school',
    allow: 'school.manage',
    summary: 'Change name, time zone, language, what readers show, and the limits of wrong PINs',
    body: schoolPatch,
    reason: 'required',
    response: school,
  },
} as const satisfies Record<string, Route>;
