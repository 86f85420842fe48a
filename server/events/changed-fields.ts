/** What a change really changes: the event names these fields, and a change of nothing is no event. */
import type { Changes } from '../contract/changes.ts';

/** Fields of `patch` that are given and differ from `before`; lists by their members in order. */
export function changedFields<T extends object>(before: T, patch: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(patch).filter(([name, value]) => {
      if (value === undefined) return false;
      return JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name]);
    }),
  ) as Partial<T>;
}

/**
 * For the event: which fields changed, and their old and new values, of objects member by member (`options.radix`).
 * Hand it anything: the shape of the event's type keeps those values that may stand in the record.
 */
export function toldChanges<T extends object>(
  before: T,
  changed: Partial<T>,
): { fields: string[]; changes: Changes } {
  const fields = Object.keys(changed);
  const old = leaves(Object.fromEntries(fields.map((name) => [name, before[name as keyof T]])));
  const now = leaves(changed);
  const changes: Changes = {};
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(name) ?? null, now.get(name) ?? null];
    if (JSON.stringify(from) !== JSON.stringify(to)) changes[name] = { from, to };
  }
  return { fields, changes };
}

type Value = Changes[string]['from'];

function leaves(object: object, path = ''): Map<string, Value> {
  return new Map(
    Object.entries(object).flatMap(([name, value]): [string, Value][] => {
      const inside = typeof value === 'object' && value !== null && !Array.isArray(value);
      return inside ? [...leaves(value, `${path}${name}.`)] : [[path + name, value as Value]];
    }),
  );
}
