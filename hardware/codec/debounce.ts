/** Keys remembered at once: more tags than this are never in one field. */
const maxKeys = 64;

/**
 * Passes a key once while it keeps being repeated. A tag held to a reader is sent about every 65 ms; it passes
 * again when it has been away for `holdMs`, each repeat starting that time anew. Other keys pass at once.
 *
 * @returns whether a key seen at `at` is news. `at` is monotonic milliseconds; should it go back all the same,
 * the key passes rather than being held until the clock has caught up.
 */
export function repeatFilter(holdMs = 300): (key: string, at: number) => boolean {
  const seen = new Map<string, number>();
  const held = (last: number, at: number) => at >= last && at - last < holdMs;

  return (key, at) => {
    const last = seen.get(key);
    // Set anew at the end, so that the map's order is the order of last sight.
    seen.delete(key);
    seen.set(key, at);
    for (const [other, when] of seen) {
      if (seen.size <= maxKeys && held(when, at)) break;
      seen.delete(other);
    }
    return last === undefined || !held(last, at);
  };
}
