/** Use cases: one visitor invited several times, or a group from a list; all of it or nothing. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By, NewEvent } from '../contract/events.ts';
import type { groupAnswer, groupInvitation, invitationSeries } from '../contract/invitations.ts';
import { formFaults, tidyForm } from '../contract/visit-form.ts';
import type { addedVisit, VisitForm } from '../contract/visits.ts';
import type { Reader } from '../db.ts';
import { type AddVisitDeps, addVisitIn } from './add-visit.ts';
import { type GuestFault, readGuests } from './group-list.ts';
import { picturedBy } from './visit-pictures.ts';
import { getVisit } from './visit-view.ts';
import { getVisitorType } from './visitor-types.ts';

type Added = z.input<typeof addedVisit>;
interface Wanted {
  form: VisitForm;
  from: number;
  until: number | undefined;
}

/** Throws not-found, invalid-request. */
export function inviteSeries(
  deps: AddVisitDeps,
  { times, ...form }: z.output<typeof invitationSeries>,
  by: By,
): Promise<Added[]> {
  const wanted = times.map(({ expectedFrom, expectedUntil }) => ({
    form,
    from: expectedFrom,
    until: expectedUntil,
  }));
  return inviteAll(deps, wanted, by);
}

/** Throws not-found, invalid-request for what is wrong of all guests; what is wrong of one is in the answer. */
export async function inviteGroup(
  deps: AddVisitDeps & { reader: Reader },
  { list, tryOut, expectedFrom, expectedUntil, ...same }: z.output<typeof groupInvitation>,
  by: By,
): Promise<z.input<typeof groupAnswer>> {
  const read = readGuests(list);
  const type = await getVisitorType(deps.reader, same.typeId);
  const today = deps.dateAt(deps.now());
  const guests = read.guests.map(({ line, guest }) => ({
    line,
    form: { companions: [], ...same, ...guest },
  }));
  const faults = [
    ...read.faults,
    ...guests.flatMap(({ line, form }) =>
      formFaults(tidyForm(form), type, 'invited', today, picturedBy({})).map(
        ({ path }): GuestFault => ({ line, field: path, fault: 'field' }),
      ),
    ),
  ];
  const told = guests.map(({ line, form }) => ({ line, name: form.name }));
  if (tryOut || faults.length > 0) return { guests: told, faults, added: [] };
  const wanted = guests.map(({ form }) => ({ form, from: expectedFrom, until: expectedUntil }));
  return { guests: told, faults, added: await inviteAll(deps, wanted, by) };
}

function inviteAll(deps: AddVisitDeps, wanted: readonly Wanted[], by: By): Promise<Added[]> {
  const now = deps.now();
  const seriesId = randomUUID();
  return deps.events.change(async (tx) => {
    const result: Added[] = [];
    const events: NewEvent[] = [];
    for (const { form, from, until } of wanted) {
      const announced = {
        form: { ...form, hostId: by.actorId },
        source: 'invited',
        from,
        until,
        now,
      } as const;
      const added = await addVisitIn(tx, deps, { ...announced, seriesId }, by);
      events.push(...added.events);
      result.push({ visit: await getVisit(tx, deps, added.visitId), link: added.link });
    }
    return { result, events };
  });
}
