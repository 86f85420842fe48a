/** Use cases: adding a cardholder, and changing, suspending or parting with one. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import type { Cardholder, cardholderInput, cardholderPatch } from '../contract/people.ts';
import { searchText } from '../contract/search-text.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { getCardholder } from './cardholder-view.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}

/** Throws conflict when the number is someone's already, invalid-request for a group that is not there. */
export function addCardholder(
  { events }: Deps,
  { groupIds, ...person }: z.output<typeof cardholderInput>,
  by: By,
): Promise<Cardholder> {
  return events.change(async (tx) => {
    const id = randomUUID();
    await checkNumber(tx, id, person.number);
    await checkGroups(tx, groupIds);
    await tx.cardholder.create({ data: { id, ...person, search: searchText(person) } });
    await addGroups(tx, id, [...new Set(groupIds)]);
    return {
      result: await getCardholder(tx, id),
      events: [{ type: 'cardholder.added', data: { cardholderId: id }, ...by }],
    };
  });
}

/**
 * Credentials stay with who is suspended or has left: they are known, and refused for their own reason. The words
 * in `reason` go into the record. Throws not-found, conflict, invalid-request.
 */
export function changeCardholder(
  { events }: Deps,
  id: string,
  { addGroupIds = [], removeGroupIds = [], ...patch }: z.output<typeof cardholderPatch>,
  by: By,
): Promise<Cardholder> {
  return events.change(async (tx) => {
    const before = await getCardholder(tx, id);
    const left = before.groupIds.filter((groupId) => removeGroupIds.includes(groupId));
    const joined = [...new Set(addGroupIds)].filter((groupId) => !before.groupIds.includes(groupId));
    const stayed = before.groupIds.filter((groupId) => !left.includes(groupId));
    const groupIds = [...stayed, ...joined].toSorted();
    const changed = changedFields<Cardholder>(before, { ...patch, groupIds });
    if (Object.keys(changed).length === 0) return { result: before, events: [] };
    const { kind, number, name, unit, status } = changed;
    await checkNumber(tx, id, number ?? null);
    await checkGroups(tx, joined);
    const search = searchText({ ...before, ...changed });
    await tx.cardholder.update({ where: { id }, data: { kind, number, name, unit, status, search } });
    await tx.cardholderGroup.deleteMany({ where: { cardholderId: id, groupId: { in: left } } });
    await addGroups(tx, id, joined);
    return {
      result: await getCardholder(tx, id),
      events: [
        {
          type: 'cardholder.changed',
          data: { cardholderId: id, ...toldChanges(before, changed), ...(status ? { status } : {}) },
          ...by,
        },
      ],
    };
  });
}

async function checkNumber(tx: Tx, id: string, number: string | null): Promise<void> {
  if (number === null) return;
  const holder = await tx.cardholder.findUnique({ where: { number } });
  if (!holder || holder.id === id) return;
  const message = `The number ${number} already belongs to ${holder.name}.`;
  throw new RequestError(
    'conflict',
    message,
    { why: 'cardholder.number-taken', params: { number, name: holder.name } },
    [{ path: 'number', message }],
  );
}

async function checkGroups(tx: Tx, groupIds: readonly string[]): Promise<void> {
  const wanted = [...new Set(groupIds)];
  const found = await tx.accessGroup.count({ where: { id: { in: wanted } } });
  if (found === wanted.length) return;
  const message = 'There is no such access group.';
  throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [{ path: 'groupIds', message }]);
}

async function addGroups(tx: Tx, cardholderId: string, groupIds: readonly string[]): Promise<void> {
  const rows = groupIds.map((groupId) => ({ cardholderId, groupId }));
  if (rows.length > 0) await tx.cardholderGroup.createMany({ data: rows });
}
