/** What a change really changes: the event names these fields, and a change of nothing is no event. */

/** Fields of `patch` that are given and differ from `before`; lists by their members in order. */
export function changedFields<T extends object>(before: T, patch: Partial<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(patch).filter(([name, value]) => {
      if (value === undefined) return false;
      return JSON.stringify(value) !== JSON.stringify((before as Record<string, unknown>)[name]);
    }),
  ) as Partial<T>;
}
