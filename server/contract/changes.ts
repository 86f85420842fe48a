/** Old and new values in the events of changes. */
import { z } from 'zod';

const code = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const value = z.union([code, z.array(code)]);
/** Old and new value by field; of an object its members, `options.radix`. Null: none. */
const oldAndNew = z.object({ from: value, to: value });
export type Changes = Record<string, z.infer<typeof oldAndNew>>;

/**
 * Of a change, these fields with their old and new values: codes, numbers, ids and booleans. Names, numbers of people and
 * free words are never named here, so they are dropped before anything is recorded; `fields` tells that they changed.
 */
export const changes = (...names: string[]) =>
  z
    .object(Object.fromEntries(names.map((name) => [name, oldAndNew.optional()])))
    .transform(orNothing)
    .optional();
/** As `changes`, for names that are not known beforehand. */
export const anyChanges = z.record(z.string(), oldAndNew).transform(orNothing).optional();

function orNothing<C extends object>(given: C): C | undefined {
  return Object.keys(given).length > 0 ? given : undefined;
}
