import { z } from 'zod';
import { byId, type Route } from './route.ts';
import { visitState } from './visit-words.ts';
import { visitorType } from './visitor-types.ts';
import { visit } from './visits.ts';
import { instant } from './words.ts';

/** Where the visitor's phone finds the pass. What stands behind the `#` stays in the browser: no log, no referrer has it. */
export const passPath = (link: string): string => `/pass/#${link}`;

/** What the pass page shows. Of the visitor no more than they know; of the host the name. */
export const passPage = z.object({
  school: z.string(),
  timeZone: z.string(),
  now: instant,
  visitor: z.string(),
  type: visitorType.pick({ names: true, colour: true, escort: true }),
  host: z.string().nullable(),
  department: z.string().nullable(),
  state: visitState,
  /** All words that the visit needs were given. */
  cleared: z.boolean(),
  revoked: z.boolean(),
  manyEntries: z.boolean(),
  /** The code changes every half minute, and a picture of it lets nobody in. */
  liveCode: z.boolean(),
  /** Those that it opens; null for every one. */
  lanes: z.array(z.object({ gate: z.string(), lane: z.string() })).nullable(),
  number: z.number().int(),
  validFrom: instant,
  validUntil: instant,
  /** The text of the QR code; absent while it would open nothing. */
  token: z.string().optional(),
  /** Ask again then: the code is another one. Absent where it stays. */
  renewAt: instant.optional(),
});
export type PassPage = z.infer<typeof passPage>;

export const passRoutes = {
  'passes.revoke': {
    method: 'DELETE',
    path: '/passes/:id',
    allow: 'visits.admit',
    summary: 'Take a pass back',
    params: byId,
    reason: 'required',
    response: visit,
  },
  'passes.page': {
    method: 'POST',
    path: '/passes/page',
    allow: 'public',
    summary: 'What the pass page shows to who holds its link',
    // A group of visitors comes from one address, and each telephone asks a few times a minute.
    perMinute: 600,
    body: z.object({ link: z.string().min(1).max(100) }),
    response: passPage,
  },
  'passes.rotate-key': {
    method: 'POST',
    path: '/passes/keys',
    allow: 'visits.manage',
    summary: 'Sign passes with a new key from now on',
    /** The former key has come into other hands: passes signed with it open nothing from now on. */
    body: z.object({ compromised: z.boolean().default(false) }),
    reason: 'required',
    response: z.object({ keyId: z.number().int() }),
  },
} as const satisfies Record<string, Route>;
