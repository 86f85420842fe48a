/** Hosts invite: one visitor once, one again and again, or a group from a list. */
import { z } from 'zod';
import type { Route } from './route.ts';
import { name, text } from './text.ts';
import { addedVisit, invitation } from './visits.ts';
import { id, instant } from './words.ts';

const times = z.object({ expectedFrom: instant, expectedUntil: instant.optional() });

export const invitationSeries = invitation
  .omit({ expectedFrom: true, expectedUntil: true })
  .extend({ times: z.array(times).min(1).max(60) });

export const groupInvitation = times.extend({
  typeId: id,
  purpose: text(200).optional(),
  department: name.optional(),
  /** CSV; the first line names the columns: name, phone, organisation, plate, purpose, in English or Chinese. */
  list: z.string().min(1).max(60_000),
  /** Only says what would be wrong. */
  tryOut: z.boolean().default(false),
});

export const groupAnswer = z.object({
  /** Guests that were read; none is invited while there are faults. */
  guests: z.array(z.object({ line: z.number().int(), name: z.string() })),
  faults: z.array(
    z.object({
      line: z.number().int(),
      field: z.string().optional(),
      fault: z.enum(['no-name-column', 'too-many', 'no-csv', 'field']),
    }),
  ),
  added: z.array(addedVisit),
});

export const invitationRoutes = {
  'visits.invite': {
    method: 'POST',
    path: '/visits/invitations',
    allow: 'visits.host',
    summary: 'Invite a visitor',
    body: invitation,
    reason: 'optional',
    response: addedVisit,
  },
  'visits.invite-series': {
    method: 'POST',
    path: '/visits/invitations/series',
    allow: 'visits.host',
    summary: 'Invite a visitor several times; each time has a pass of its own',
    body: invitationSeries,
    reason: 'optional',
    response: z.array(addedVisit),
  },
  'visits.invite-group': {
    method: 'POST',
    path: '/visits/invitations/group',
    allow: 'visits.host',
    summary: 'Invite all guests of a list, or none where a line is wrong',
    body: groupInvitation,
    reason: 'optional',
    response: groupAnswer,
  },
} as const satisfies Record<string, Route>;
