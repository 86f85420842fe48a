/** Access groups and their members: who is let through together. */
import { randomUUID } from 'node:crypto';
import type { By, NewEvent } from '../contract/events.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';

type Changes = Pick<EventLog, 'change'>;

export interface AccessGroupInput {
  name: string;
  /** Its members pass a lane in posture `lockdown`. */
  lockdownExempt: boolean;
}

/** Gives the id of the new group. */
export function addAccessGroup(log: Changes, input: AccessGroupInput, by: By): Promise<{ id: string }> {
  return log.change(async (tx) => {
    await refuseTakenName(tx, input.name);
    const { id } = await tx.accessGroup.create({ data: { id: randomUUID(), ...pick(input) } });
    return { result: { id }, events: [{ type: 'access-group.added', data: { groupId: id }, ...by }] };
  });
}

/** RequestError `not-found`, or `conflict` when the name is taken. */
export function changeAccessGroup(
  log: Changes,
  groupId: string,
  patch: Partial<AccessGroupInput>,
  by: By,
): Promise<void> {
  return log.change(async (tx) => {
    const group = await existingGroup(tx, groupId);
    const changed = changedFields<AccessGroupInput>(group, patch);
    if (Object.keys(changed).length === 0) return { result: undefined, events: [] };
    if (changed.name !== undefined) await refuseTakenName(tx, changed.name);
    await tx.accessGroup.update({ where: { id: groupId }, data: changed });
    return {
      result: undefined,
      events: [
        {
          type: 'access-group.changed',
          data: { groupId, ...toldChanges<AccessGroupInput>(group, changed) },
          ...by,
        },
      ],
    };
  });
}

/** RequestError `not-found`, or `conflict` while it has members or rules. */
export function removeAccessGroup(log: Changes, groupId: string, by: By): Promise<void> {
  return log.change(async (tx) => {
    const { name } = await existingGroup(tx, groupId);
    const members = await tx.cardholderGroup.count({ where: { groupId } });
    if (members > 0) {
      const message = `Group "${name}" still has ${members} members. Take them out of the group first.`;
      throw new RequestError('conflict', message, {
        why: 'group.has-members',
        params: { name, count: members },
      });
    }
    if (await tx.accessRule.findFirst({ where: { groupId } })) {
      throw new RequestError('conflict', `Group "${name}" still has rules. Remove its rules first.`, {
        why: 'group.has-rules',
        params: { name },
      });
    }
    await tx.accessGroup.delete({ where: { id: groupId } });
    return { result: undefined, events: [{ type: 'access-group.removed', data: { groupId }, ...by }] };
  });
}

/** Those who are members already stay so. RequestError `not-found` when the group or one of the people is not there. */
export function addMembers(
  log: Changes,
  groupId: string,
  cardholderIds: readonly string[],
  by: By,
): Promise<{ added: number }> {
  return log.change(async (tx) => {
    await existingGroup(tx, groupId);
    const wanted = JSON.stringify(cardholderIds);
    const missing = await idsOf(
      tx,
      'SELECT value FROM json_each(?) WHERE value NOT IN (SELECT "id" FROM "Cardholder")',
      wanted,
    );
    if (missing.length > 0) {
      throw new RequestError('not-found', `There is no cardholder with the id ${missing[0]}.`);
    }
    const added = await idsOf(
      tx,
      `SELECT DISTINCT value FROM json_each(?)
       WHERE value NOT IN (SELECT "cardholderId" FROM "CardholderGroup" WHERE "groupId" = ?)`,
      wanted,
      groupId,
    );
    await tx.$executeRawUnsafe(
      'INSERT INTO "CardholderGroup" ("cardholderId", "groupId") SELECT value, ? FROM json_each(?)',
      groupId,
      JSON.stringify(added),
    );
    return { result: { added: added.length }, events: await membership(tx, groupId, added, 'in', by) };
  });
}

/** Who is no member stays none. RequestError `not-found` when there is no such group. */
export function removeMembers(
  log: Changes,
  groupId: string,
  cardholderIds: readonly string[],
  by: By,
): Promise<{ removed: number }> {
  return log.change(async (tx) => {
    await existingGroup(tx, groupId);
    const removed = await idsOf(
      tx,
      `SELECT "cardholderId" AS value FROM "CardholderGroup"
       WHERE "groupId" = ? AND "cardholderId" IN (SELECT value FROM json_each(?))`,
      groupId,
      JSON.stringify(cardholderIds),
    );
    await tx.$executeRawUnsafe(
      `DELETE FROM "CardholderGroup" WHERE "groupId" = ? AND "cardholderId" IN (SELECT value FROM json_each(?))`,
      groupId,
      JSON.stringify(removed),
    );
    return { result: { removed: removed.length }, events: await membership(tx, groupId, removed, 'out', by) };
  });
}

/** One event for the group, and one for each person: their own history says when what they may do changed. */
async function membership(
  tx: Tx,
  groupId: string,
  cardholderIds: readonly string[],
  went: 'in' | 'out',
  by: By,
): Promise<NewEvent[]> {
  if (cardholderIds.length === 0) return [];
  const rows = await tx.cardholder.findMany({
    where: { id: { in: [...cardholderIds] } },
    select: { id: true, groups: { select: { groupId: true } } },
  });
  const groupsNow = new Map(rows.map(({ id, groups }) => [id, groups.map((each) => each.groupId)]));
  const told = (cardholderId: string): NewEvent => {
    const others = (groupsNow.get(cardholderId) ?? []).filter((id) => id !== groupId);
    const [without, within] = [others.toSorted(), [...others, groupId].toSorted()];
    const changed = { groupIds: went === 'in' ? within : without };
    const data = toldChanges({ groupIds: went === 'in' ? without : within }, changed);
    return { type: 'cardholder.changed', data: { cardholderId, ...data }, ...by };
  };
  return [
    { type: 'access-group.changed', data: { groupId, fields: ['members'] }, ...by },
    ...cardholderIds.map(told),
  ];
}

async function idsOf(tx: Tx, sql: string, ...values: unknown[]): Promise<string[]> {
  const rows: { value: string }[] = await tx.$queryRawUnsafe(sql, ...values);
  return rows.map(({ value }) => value);
}

async function existingGroup(tx: Tx, groupId: string) {
  const group = await tx.accessGroup.findUnique({ where: { id: groupId } });
  if (!group) throw new RequestError('not-found', 'There is no such access group.');
  return group;
}

async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  if (await tx.accessGroup.findFirst({ where: { name } })) {
    throw new RequestError('conflict', `There is an access group named "${name}" already.`, {
      why: 'group.name-taken',
      params: { name },
    });
  }
}

const pick = ({ name, lockdownExempt }: AccessGroupInput): AccessGroupInput => ({ name, lockdownExempt });
