/** Wrong PINs before the server's start, from the record: a restart gives nobody new tries. */
import type { LoggedEvent } from '../contract/events.ts';
import type { Reader } from '../db.ts';
import { queryEvents } from '../events/query.ts';
import type { PinLimits } from './facts.ts';
import { afterWrong, isLocked, type Tries } from './pin-tries.ts';

/** More than a pad takes in an hour; of what is older nothing counts any more. */
const most = 5_000;

/**
 * By subject, as `subjectOf` calls it.
 * @param now and `monotonic`: this moment by both clocks.
 */
export async function pastTries(
  reader: Reader,
  limits: PinLimits,
  { now, monotonic }: { now: number; monotonic: number },
): Promise<Map<string, Tries>> {
  const from = now - Math.max(limits.withinMs, limits.lockMs);
  const wrong = await queryEvents(reader, { reason: 'pin-wrong', from }, { limit: most });
  const locks = await queryEvents(reader, { type: 'pin.locked', from }, { limit: most });
  const laneIds = [...new Set(wrong.map((event) => String(laneOf(event))))];
  const grants: LoggedEvent[] = [];
  for (const laneId of laneIds)
    grants.push(...(await queryEvents(reader, { type: 'passage.granted', laneId, from }, { limit: most })));
  const tries = new Map<string, Tries>();
  // A clock that was set back meanwhile makes nothing older, nor anything last longer than it may.
  const past = (at: number) => monotonic - Math.max(0, now - at);
  for (const event of [...wrong, ...locks, ...grants].sort((a, b) => a.seq - b.seq)) {
    if (event.type === 'pin.locked') {
      const left = Math.min(limits.lockMs, event.data.until - now);
      tries.set(subjectOf(event.data), { wrong: [], lockedUntil: monotonic + left });
    } else if (event.type === 'passage.granted') {
      // Whoever passed with the card typed its PIN right. Nothing clears a reader's wrong ones but time.
      if (event.data.credentialId !== undefined) tries.delete(subjectOf(event.data));
    } else if (event.type === 'passage.denied') {
      const key = subjectOf(event.data);
      const held = tries.get(key);
      // The lock stands in the record before the refusal that made it.
      if (!isLocked(held, past(event.at))) tries.set(key, afterWrong(held, past(event.at), limits).tries);
    }
  }
  return tries;
}

/** Of a PIN alone the reader, of a PIN with a card that card: nobody locks out another by guessing. */
export function subjectOf({ readerId, credentialId }: { readerId: string; credentialId?: string }): string {
  return credentialId === undefined ? `reader ${readerId}` : `credential ${credentialId}`;
}

function laneOf({ data }: LoggedEvent): unknown {
  return 'laneId' in data ? data.laneId : undefined;
}
