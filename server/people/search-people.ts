/**
 * Use case: finding people by a part of their name, number or class, or by a card number in any printed form.
 * Sorted by name; a page goes on after the last person of the one before it, whoever was added meanwhile.
 */
import type { z } from 'zod';
import { parseCredentialKey } from '../../hardware/credential.ts';
import type { peopleQuery, people as peopleSchema } from '../contract/people.ts';
import { foldedText } from '../contract/search-text.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import { viewCardholders } from './cardholder-view.ts';
import { previewTyped } from './printed-forms.ts';
import { sameTags } from './same-tag.ts';

interface Condition {
  sql: string;
  values: (string | number)[];
}

/** `next` is the `after` of the following page: the last person's id. Throws invalid-request for another's. */
export async function searchPeople(
  reader: Reader,
  { text, kind, status, groupId, after, limit }: z.output<typeof peopleQuery>,
): Promise<z.output<typeof peopleSchema>> {
  const conditions: Condition[] = [];
  if (kind !== undefined) conditions.push({ sql: '"kind" = ?', values: [kind] });
  if (status !== undefined) conditions.push({ sql: '"status" = ?', values: [status] });
  if (groupId !== undefined) {
    const sql = '"id" IN (SELECT "cardholderId" FROM "CardholderGroup" WHERE "groupId" = ?)';
    conditions.push({ sql, values: [groupId] });
  }
  if (text !== undefined && text !== '') conditions.push(await textCondition(reader, text.normalize('NFKC')));
  const all = joined(conditions);
  const page = joined(
    after === undefined ? conditions : [...conditions, await afterCondition(reader, after)],
  );
  const [counted, found] = await Promise.all([
    reader.$queryRawUnsafe<{ total: bigint | number }[]>(
      `SELECT COUNT(*) AS "total" FROM "Cardholder" ${all.sql}`,
      ...all.values,
    ),
    reader.$queryRawUnsafe<{ id: string }[]>(
      `SELECT "id" FROM "Cardholder" ${page.sql} ORDER BY "name", "id" LIMIT ?`,
      ...page.values,
      limit + 1,
    ),
  ]);
  const ids = found.slice(0, limit).map(({ id }) => id);
  const last = found.length > limit ? ids.at(-1) : undefined;
  return {
    people: await viewCardholders(reader, ids),
    total: Number(counted[0]?.total ?? 0),
    ...(last === undefined ? {} : { next: last }),
  };
}

function joined(conditions: Condition[]): Condition {
  if (conditions.length === 0) return { sql: '', values: [] };
  return {
    sql: `WHERE ${conditions.map(({ sql }) => `(${sql})`).join(' AND ')}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

async function textCondition(reader: Reader, text: string): Promise<Condition> {
  const part = `%${foldedText(text).replace(/[\\%_]/g, '\\$&')}%`;
  const holders = await holdersOf(reader, text);
  const cards = holders.length === 0 ? [] : [`"id" IN (${holders.map(() => '?').join(', ')})`];
  const sql = [`"search" LIKE ? ESCAPE '\\'`, ...cards].join(' OR ');
  return { sql, values: [part, ...holders] };
}

/** Most holders that one card number may lead to; a number that fits more is no help. */
const mostHolders = 200;

async function holdersOf(reader: Reader, text: string): Promise<string[]> {
  const keys = [text, ...previewTyped(text).map(({ key }) => key)];
  const credentials = keys.flatMap((key) => parseCredentialKey(key) ?? []);
  const tags = await Promise.all(credentials.map((credential) => sameTags(reader, credential)));
  const raw = text.toUpperCase();
  const wiegand = /^[0-9A-F]{4,32}$/.test(raw)
    ? await reader.credential.findMany({ where: { key: { startsWith: 'wiegand:', endsWith: `:${raw}` } } })
    : [];
  const holders = [...tags.flat(), ...wiegand].map(({ cardholderId }) => cardholderId);
  return [...new Set(holders)].slice(0, mostHolders);
}

async function afterCondition(reader: Reader, id: string): Promise<Condition> {
  const last = await reader.cardholder.findUnique({ where: { id }, select: { name: true } });
  if (last) return { sql: '("name", "id") > (?, ?)', values: [last.name, id] };
  const message = 'This page has no beginning: the person it should follow is not there.';
  throw new RequestError('invalid-request', message, { why: 'choice.gone' }, [{ path: 'after', message }]);
}
