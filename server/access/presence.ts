/**
 * Where everybody is, in memory, for anti-passback and for what a visitor's pass has been used for. A holder is a
 * cardholder by their id, or a visitor by the pass's.
 *
 * A grant counts from the moment of the decision, before it is recorded: of two reads of one card at two lanes
 * within milliseconds, the second must see the first. So whoever grants claims the passage in the same turn of the
 * event loop in which they decided. The claim stands until the passage's outcome:
 *
 * - `entered`, `assumed`: it becomes what is known.
 * - `not-entered`, `relay-fault`: nobody went through; all is as it was before.
 * - `relay-unknown`, `unobserved`: they may have gone through or not. Nothing is known of them at this zone any more,
 *   and where nothing is known anti-passback refuses nothing. A pass that may have let somebody in has been used.
 *
 * A lane in posture `free` lets people through whom nobody counts: at its end nothing is known of anybody at its zone
 * any more, until they pass its border again. (While it lasts, nobody is asked; that is the directory's part.)
 *
 * A claim that could not be recorded, or whose lane did not open while the store was out of order, is released.
 */
import type { EventDataOf, LoggedEvent } from '../contract/events.ts';
import type { Direction, PassageOutcome } from '../contract/words.ts';
import type { Crossed, ZonePassage } from './facts.ts';
import { afterLeaving, afterPassage, noZone, type Passed, type Standing } from './presence-state.ts';

export interface Claim extends ZonePassage {
  readonly holderId: string;
  readonly zoneId: string | undefined;
}

/** Who passes, as their events name them. */
export interface Holder {
  cardholderId?: string | undefined;
  passId?: string | undefined;
}

export interface Presence {
  /** The last passage over a zone's border, claimed ones included; undefined when nothing is known. */
  lastPassage(holderId: string, zoneId: string): ZonePassage | undefined;
  /** The last time that they crossed it, or may have; undefined when they surely never did. */
  crossed(holderId: string, zoneId: string): Crossed | undefined;
  /** What is certain of a holder, claims left out. */
  standing(holderId: string): Standing | undefined;
  /** A passage that was granted just now. */
  claim(holder: Holder, laneId: string, direction: Direction, at: number): Claim;
  /** As if it had never been claimed. Once its outcome is known it does nothing. */
  release(claim: Claim): void;
  /** For `EventLog.onCommitted`: binds claims to their records and settles them by their outcomes. */
  follow(events: readonly LoggedEvent[]): void;
}

/** A claim and, once it is recorded, the sequence number of its grant. */
type Held = Claim & { seq: number | undefined };

/** By what a holder is known here; undefined when an event names none. */
export function holderOf({ cardholderId, passId }: Holder): string | undefined {
  return cardholderId ?? passId;
}

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

  const borderOf = (laneId: string, { passId }: Holder) =>
    zoneOfLane(laneId) ?? (passId === undefined ? undefined : noZone);

  function claim(holder: Holder, laneId: string, direction: Direction, at: number): Held {
    const holderId = holderOf(holder) ?? '';
    const zoneId = borderOf(laneId, holder);
    const held: Held = { holderId, laneId, zoneId, direction, at, seq: undefined };
    claims.set(holderId, [...(claims.get(holderId) ?? []), held]);
    return held;
  }
  function drop(held: Held): void {
    if (held.seq !== undefined) recorded.delete(held.seq);
    const others = (claims.get(held.holderId) ?? []).filter((each) => each !== held);
    if (others.length === 0) claims.delete(held.holderId);
    else claims.set(held.holderId, others);
  }
  /** The oldest claim that this grant may be; a grant that nobody claimed here (a replayed one) claims now. */
  function bind(seq: number, at: number, data: EventDataOf<'passage.granted'>): void {
    const { laneId, direction } = data;
    const held =
      claims
        .get(holderOf(data) ?? '')
        ?.find((each) => each.seq === undefined && each.laneId === laneId && each.direction === direction) ??
      claim(data, laneId, direction, at);
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
            .get(holderOf(data) ?? '')
            ?.find((each) => each.laneId === laneId && each.direction === direction)
        : recorded.get(data.of);
    if (held) drop(held);
    const holderId = held?.holderId ?? holderOf(data);
    const went = certaintyOf(data.outcome);
    if (holderId === undefined || !went) return;
    const seq = data.of ?? event.seq;
    const zoneId = held ? held.zoneId : borderOf(laneId, data);
    pass(holderId, { laneId, zoneId, direction, at, seq, ...went });
  }
  function pass(holderId: string, passed: Passed): void {
    known.set(holderId, afterPassage(known.get(holderId), passed));
  }
  function follow(event: LoggedEvent): void {
    const { type, data, at, seq } = event;
    if (type === 'passage.granted') bind(seq, at, data);
    else if (type === 'passage.outcome') settle(event);
    else if (type === 'visit.admitted') {
      const { passId, laneId } = data;
      pass(passId, { laneId, zoneId: borderOf(laneId, data), direction: 'in', at, seq, certain: true });
    } else if (type === 'visit.signed-out') {
      const standing = known.get(data.passId);
      if (standing) known.set(data.passId, afterLeaving(standing, at, seq));
    } else if (type === 'lane.posture-changed' && data.from === 'free') {
      const zoneId = zoneOfLane(data.laneId);
      if (zoneId !== undefined) uncounted.set(zoneId, seq);
    }
  }
  /** The newest claim since `from`. */
  function claimed(holderId: string, zoneId: string, from: number): Held | undefined {
    return claims.get(holderId)?.findLast((each) => each.zoneId === zoneId && (each.seq ?? from) >= from);
  }

  return {
    lastPassage(holderId, zoneId) {
      const from = uncounted.get(zoneId) ?? 0;
      const zone = known.get(holderId)?.zones.find((each) => each.zoneId === zoneId && each.seq >= from);
      const claim = claimed(holderId, zoneId, from);
      // A claim that still waits for its outcome while a later passage has had its own is the older news.
      if (claim && (claim.seq === undefined || !zone || claim.seq > zone.seq)) return claim;
      return zone?.direction ? { direction: zone.direction, laneId: zone.laneId, at: zone.at } : undefined;
    },
    crossed(holderId, zoneId) {
      return (
        claimed(holderId, zoneId, 0) ?? known.get(holderId)?.zones.find((each) => each.zoneId === zoneId)
      );
    },
    standing: (holderId) => known.get(holderId),
    claim,
    release(given) {
      const held = claims.get(given.holderId)?.find((each) => each === given);
      if (held) drop(held);
    },
    follow(events) {
      for (const event of events) follow(event);
    },
  };
}
