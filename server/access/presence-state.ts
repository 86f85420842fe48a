/**
 * Where one cardholder or visitor is, from their passages: pure. Zones lie within one another (campus, dormitory, library), so
 * each zone's border is counted for itself: who leaves the dormitory is still on the campus.
 */
import { z } from 'zod';
import { direction } from '../contract/words.ts';

export const zonePresence = z.object({
  zoneId: z.string(),
  /** The last passage over the border; null when it is not known whether the person went through. */
  direction: direction.nullable(),
  laneId: z.string(),
  at: z.number().int(),
  /** Of the grant: the order of passages, whatever the clock said. */
  seq: z.number().int(),
});
export type ZonePresence = z.infer<typeof zonePresence>;

export const standing = z.object({
  laneId: z.string(),
  direction,
  at: z.number().int(),
  seq: z.number().int(),
  zones: z.array(zonePresence),
});
/** Last seen at a lane, and the state of every zone they have been at the border of. */
export type Standing = z.infer<typeof standing>;

export interface Passed {
  readonly laneId: string;
  readonly zoneId: string | undefined;
  readonly direction: 'in' | 'out';
  readonly at: number;
  readonly seq: number;
  /** False when nothing told: they may have gone through or not. */
  readonly certain: boolean;
}

/** A passage older than what is known already changes nothing: the same event may come twice. */
export function afterPassage(before: Standing | undefined, passed: Passed): Standing {
  const { laneId, zoneId, direction, at, seq, certain } = passed;
  const zones = before?.zones ?? [];
  const known = zoneId === undefined ? undefined : zones.find((zone) => zone.zoneId === zoneId);
  const newer = zoneId !== undefined && (known === undefined || known.seq < seq);
  const seen = before && before.seq >= seq ? before : { laneId, direction, at, seq };
  return {
    laneId: seen.laneId,
    direction: seen.direction,
    at: seen.at,
    seq: seen.seq,
    zones: newer
      ? [
          ...zones.filter((zone) => zone !== known),
          { zoneId, direction: certain ? direction : null, laneId, at, seq },
        ]
      : zones,
  };
}

/** A visitor's passages at lanes of no zone are counted as over the border of this one: a pass has entries to count. */
export const noZone = '';

/** Known to have gone, by a person's word: outside of every zone. */
export function afterLeaving(before: Standing, at: number, seq: number): Standing {
  if (before.seq >= seq) return before;
  const zones = before.zones.map((zone): ZonePresence => ({ ...zone, direction: 'out', at, seq }));
  return { ...before, direction: 'out', at, seq, zones };
}

/** The zone they entered last and have not left; null when they are in none that is known of. */
export function zoneOf({ zones }: Standing): string | null {
  const inside = zones.filter((zone) => zone.direction === 'in');
  return (
    inside.reduce<ZonePresence | null>((last, zone) => (last && last.seq > zone.seq ? last : zone), null)
      ?.zoneId ?? null
  );
}
