/**
 * Where everybody is, in memory, for anti-passback.
 *
 * A grant counts from the moment of the decision, before it is recorded: of two reads of one card at two lanes
 * within milliseconds, the second must see the first. So whoever grants claims the passage in the same turn of the
 * event loop in which they decided. The claim stands until the passage's outcome:
 *
 * - `entered`, `assumed`: it becomes what is known.
 * - `not-entered`, `relay-fault`: nobody went through; all is as it was before.
 * - `relay-unknown`, `unobserved`: they may have gone through or not. Nothing is known of them at this zone any more,
 *   and where nothing is known anti-passback refuses nothing.
 *
 * A lane in posture `free` lets people through whom nobody counts: at its end nothing is known of anybody at its zone
 * any more, until they pass its border again. (While it lasts, nobody is asked; that is the directory's part.)
 *
 * A claim that could not be recorded, or whose lane did not open while the store was out of order, is released.
 */
import type { EventDataOf, LoggedEvent } from '../contract/events.ts';
import type { Direction, PassageOutcome } from '../contract/words.ts';
import type { ZonePassage } from './facts.ts';
import { afterPassage, type Standing } from './presence-state.ts';

export interface Claim extends ZonePassage {
  readonly cardholderId: string;
  readonly zoneId: string | undefined;
}

export interface Presence {
  /** The last passage over a zone's border, claimed ones included; undefined when nothing is known. */
  lastPassage(cardholderId: string, zoneId: string): ZonePassage | undefined;
  /** What is certain of a cardholder, claims left out. */
  standing(cardholderId: string): Standing | undefined;
  /** A passage that was granted just now. */
  claim(cardholderId: string, laneId: string, direction: Direction, at: number): Claim;
  /** As if it had never been claimed. Once its outcome is known it does nothing. */
  release(claim: Claim): void;
  /** For `EventLog.onCommitted`: binds claims to their records and settles them by their outcomes. */
  follow(events: readonly LoggedEvent[]): void;
}

/** A claim and, once it is recorded, the sequence number of its grant. */
type Held = Claim & { seq: number | undefined };

/** How sure an outcome makes us that they went through; undefined when they did not. */
export function certaintyOf(outcome: PassageOutcome): { certain: boolean } | undefined {
  if (outcome === 'not-entered' || outcome === 'relay-fault') return undefined;
  return { certain: outcome !== 'relay-unknown' && outcome !== 'unobserved' };
}

export function createPresence(
  zoneOfLane: (laneId: string) => string | undefined,
  known: Map<string, Standing> = new Map(),
  /** By zone, the sequence number below which nothing counts any more. */
  uncounted: Map<string, number> = new Map(),
): Presence {
  const claims = new Map<string, Held[]>();
  const recorded = new Map<number, Held>();

  function claim(cardholderId: string, laneId: string, direction: Direction, at: number): Held {
    const held: Held = { cardholderId, laneId, zoneId: zoneOfLane(laneId), direction, at, seq: undefined };
    claims.set(cardholderId, [...(claims.get(cardholderId) ?? []), held]);
    return held;
  }
  function drop(held: Held): void {
    if (held.seq !== undefined) recorded.delete(held.seq);
    const others = (claims.get(held.cardholderId) ?? []).filter((each) => each !== held);
    if (others.length === 0) claims.delete(held.cardholderId);
    else claims.set(held.cardholderId, others);
  }
  /** The oldest claim that this grant may be; a grant that nobody claimed here (a replayed one) claims now. */
  function bind(seq: number, at: number, data: EventDataOf<'passage.granted'>): void {
    const { cardholderId, laneId, direction } = data;
    const held =
      claims
        .get(cardholderId)
        ?.find((each) => each.seq === undefined && each.laneId === laneId && each.direction === direction) ??
      claim(cardholderId, laneId, direction, at);
    held.seq = seq;
    recorded.set(seq, held);
  }
  function settle(event: { seq: number; at: number; data: EventDataOf<'passage.outcome'> }): void {
    const { data, at } = event;
    const { laneId, direction } = data;
    // Without `of` the grant was recorded while the store took no records: the oldest that it may be.
    const held =
      data.of === undefined
        ? claims
            .get(data.cardholderId ?? '')
            ?.find((each) => each.laneId === laneId && each.direction === direction)
        : recorded.get(data.of);
    if (held) drop(held);
    const cardholderId = held?.cardholderId ?? data.cardholderId;
    const went = certaintyOf(data.outcome);
    if (cardholderId === undefined || !went) return;
    const seq = data.of ?? event.seq;
    const zoneId = held ? held.zoneId : zoneOfLane(laneId);
    known.set(
      cardholderId,
      afterPassage(known.get(cardholderId), { laneId, zoneId, direction, at, seq, ...went }),
    );
  }

  return {
    lastPassage(cardholderId, zoneId) {
      const from = uncounted.get(zoneId) ?? 0;
      const zone = known.get(cardholderId)?.zones.find((each) => each.zoneId === zoneId && each.seq >= from);
      const claimed = claims
        .get(cardholderId)
        ?.findLast((each) => each.zoneId === zoneId && (each.seq ?? from) >= from);
      // A claim that still waits for its outcome while a later passage has had its own is the older news.
      if (claimed && (claimed.seq === undefined || !zone || claimed.seq > zone.seq)) return claimed;
      return zone?.direction ? { direction: zone.direction, laneId: zone.laneId, at: zone.at } : undefined;
    },
    standing: (cardholderId) => known.get(cardholderId),
    claim,
    release(given) {
      const held = claims.get(given.cardholderId)?.find((each) => each === given);
      if (held) drop(held);
    },
    follow(events) {
      for (const event of events) {
        if (event.type === 'passage.granted') bind(event.seq, event.at, event.data);
        else if (event.type === 'passage.outcome') settle(event);
        else if (event.type === 'lane.posture-changed' && event.data.from === 'free') {
          const zoneId = zoneOfLane(event.data.laneId);
          if (zoneId !== undefined) uncounted.set(zoneId, event.seq);
        }
      }
    },
  };
}
