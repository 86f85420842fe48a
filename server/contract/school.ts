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

export const school = z.object({
  id: z.string(),
  name: z.string(),
  timeZone: z.string(),
  language,
  sample: z.boolean(),
  /** Absent: as usual. */
  feedback: feedback.optional(),
});
export type School = z.infer<typeof school>;

export const schoolPatch = z.object({ name, timeZone, language, feedback }).partial();

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
    summary: 'Change name, time zone, language, and what readers show',
    body: schoolPatch,
    reason: 'required',
    response: school,
  },
} as const satisfies Record<string, Route>;
