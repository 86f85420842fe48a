/** Counts its calls; whether this one is beyond `most` within `ms`. */
export function countWithin(ms: number, most: number, clock: { monotonic(): number }): () => boolean {
  let since = clock.monotonic();
  let count = 0;
  return () => {
    if (clock.monotonic() - since >= ms) {
      since = clock.monotonic();
      count = 0;
    }
    count += 1;
    return count > most;
  };
}
