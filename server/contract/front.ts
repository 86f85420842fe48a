import { z } from 'zod';
import { password, session, username } from './accounts.ts';
import type { Route } from './route.ts';
import { school, timeZone } from './school.ts';
import { name } from './text.ts';
import { language } from './words.ts';

/** What every page may know before anyone has signed in. */
export const front = z.object({
  /** Absent until the school is set up. */
  school: school.pick({ name: true, language: true, timeZone: true, sample: true }).optional(),
  /** This server runs on simulated readers with made-up traffic. */
  demo: z.boolean(),
  version: z.string(),
  now: z.number(),
});
export type Front = z.infer<typeof front>;

export const setUp = z.object({
  /** From the one-time link that the server printed. */
  token: z.string().min(1).max(200),
  schoolName: name,
  timeZone,
  language,
  administrator: z.object({ name, username, password }),
  start: z.enum(['sample', 'empty']),
});

/** For a monitor: the server answers and its store can be read. Otherwise 503. */
export const health = z.object({ status: z.literal('ok'), version: z.string() });

export const frontRoutes = {
  'health.get': {
    method: 'GET',
    path: '/health',
    allow: 'public',
    summary: 'Whether the server is well',
    response: health,
  },
  'front.get': {
    method: 'GET',
    path: '/front',
    allow: 'public',
    summary: 'What every page may know',
    response: front,
  },
  'setup.check': {
    method: 'GET',
    path: '/setup',
    allow: 'public',
    summary: 'Whether a set-up link is good',
    perMinute: 20,
    query: z.object({ token: z.string().max(200) }),
    response: z.object({ valid: z.boolean() }),
  },
  'setup.run': {
    method: 'POST',
    path: '/setup',
    allow: 'public',
    summary: 'Name the school, make the first administrator, sign in',
    perMinute: 10,
    body: setUp,
    response: session,
  },
} as const satisfies Record<string, Route>;
