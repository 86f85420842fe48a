/** The badge on a printer of the school's own: at the guard's hand, and at the kiosk that has one. */
import { z } from 'zod';
import { submissionKey } from './kiosk-visits.ts';
import { byId, type Route } from './route.ts';
import { printOutcome } from './visit-words.ts';
import { id } from './words.ts';

/**
 * Where it has `begun`, some of the badge may be on paper, and the rest may follow once the printer can: nothing is ever
 * printed again by itself.
 */
export const printing = z.object({
  outcome: printOutcome,
  begun: z.boolean(),
});

export const badgeRoutes = {
  'visits.print-badge': {
    method: 'POST',
    path: '/visits/:id/badges',
    allow: 'visits.admit',
    summary: 'Print the badge of a visitor who may come in',
    params: byId,
    body: z.object({ deviceId: id }),
    response: printing,
  },
  'kiosk.print-badge': {
    method: 'POST',
    path: '/kiosk/visits/:key/badges',
    allow: 'kiosk.use',
    summary: 'Print the badge of a visit that was registered or announced here, at the printer of this kiosk',
    perMinute: 10,
    params: z.object({ key: submissionKey }),
    /** `no-printer`: the kiosk's own browser prints. */
    response: printing.extend({ outcome: printOutcome.or(z.literal('no-printer')) }),
  },
} as const satisfies Record<string, Route>;
