/** Access groups and their members: who is let through together. */
import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../contract/events.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

type Changes = Pick<EventLog, 'change'>;

export interface AccessGroupInput {
  name: string;
  /** Its members pass a lane in posture `lockdown`. */
  lockdownExempt: boolean;
}

/** Gives the id of the new group. */
export function addAccessGroup(
  log: Changes,
  input: AccessGroupInput,
  actorId: string,
): Promise<{ id: string }> {
  return log.change(async (tx) => {
    await refuseTakenName(tx, input.name);
    const { id } = await tx.accessGroup.create({ data: { id: randomUUID(), ...pick(input) } });
    return { result: { id }, events: [{ type: 'access-group.added', data: { groupId: id }, actorId }] };
  });
}

/** RequestError `not-found`, or `conflict` when the name is taken. */
export function changeAccessGroup(
  log: Changes,
  groupId: string,
  patch: Partial<AccessGroupInput>,
  actorId: string,
): Promise<void> {
  return log.change(async (tx) => {
    const group = await existingGroup(tx, groupId);
    const wanted = {
      name: patch.name ?? group.name,
      lockdownExempt: patch.lockdownExempt ?? group.lockdownExempt,
    };
    const fields = (['name', 'lockdownExempt'] as const).filter((field) => wanted[field] !== group[field]);
    if (fields.length === 0) return { result: undefined, events: [] };
    if (fields.includes('name')) await refuseTakenName(tx, wanted.name);
    await tx.accessGroup.update({ where: { id: groupId }, data: wanted });
    return {
      result: undefined,
      events: [{ type: 'access-group.changed', data: { groupId, fields }, actorId }],
    };
  });
}

/** Those who are members already stay so. RequestError `not-found` when the group or one of the people is not there. */
export function addMembers(
  log: Changes,
  groupId: string,
  cardholderIds: readonly string[],
  actorId: string,
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
    return { result: { added: added.length }, events: membership(groupId, added, actorId) };
  });
}

/** Who is no member stays none. RequestError `not-found` when there is no such group. */
export function removeMembers(
  log: Changes,
  groupId: string,
  cardholderIds: readonly string[],
  actorId: string,
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
    return { result: { removed: removed.length }, events: membership(groupId, removed, actorId) };
  });
}

/** One event for the group, and one for each person: their own history says when what they may do changed. */
function membership(groupId: string, cardholderIds: readonly string[], actorId: string): NewEvent[] {
  if (cardholderIds.length === 0) return [];
  return [
    { type: 'access-group.changed', data: { groupId, fields: ['members'] }, actorId },
    ...cardholderIds.map(
      (cardholderId): NewEvent => ({
        type: 'cardholder.changed',
        data: { cardholderId, fields: ['groupIds'] },
        actorId,
      }),
    ),
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
    throw new RequestError('conflict', `There is an access group named "${name}" already.`);
  }
}

const pick = ({ name, lockdownExempt }: AccessGroupInput): AccessGroupInput => ({ name, lockdownExempt });
