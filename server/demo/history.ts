/**
 * The record of a day that nobody saw: its plan goes through the same directory and rules as real swipes do, and
 * what it came to is appended to the log, at the times at which it would have happened.
 */
import { parseCredentialKey } from '../../hardware/credential.ts';
import { catalog } from '../../hardware/index.ts';
import { decide } from '../access/decide.ts';
import type { Directory } from '../access/directory.ts';
import type { LaneFact, ZonePassage } from '../access/facts.ts';
import { passageEvent } from '../access/passage.ts';
import type { NewEvent } from '../contract/events.ts';
import type { EventLog } from '../events/port.ts';
import { type Act, type DemoDoor, type DemoWay, seeded } from './plan.ts';

/** An event and when it happened; an outcome also knows its grant, whose sequence number it will carry. */
export interface PastEvent {
  at: number;
  event: NewEvent;
  of?: PastEvent;
}

export interface HistoryParts {
  directory: Pick<Directory, 'place' | 'facts'>;
  /** Models of the relay boards, by device. */
  models: ReadonlyMap<string, string>;
  seed: number;
}

/** Ascending. `midnight` is the instant at which the day of the plan began. */
export function pastDay(acts: readonly Act[], midnight: number, parts: HistoryParts): PastEvent[] {
  const { directory, models } = parts;
  const random = seeded(parts.seed);
  const past: PastEvent[] = [];
  const passages = new Map<string, ZonePassage>();
  const offlineUntil = new Map<string, number>();
  const put = (at: number, event: NewEvent, of?: PastEvent) => {
    const entry = { at, event: { ...event, at }, ...(of ? { of } : {}) };
    past.push(entry);
    return entry;
  };
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));

  /** The time at which somebody went through, if they did. */
  function swipe(
    at: number,
    { reader: { deviceId, number }, key }: DemoWay,
    surely = false,
  ): number | undefined {
    const reader = directory.place(deviceId, number);
    const credential = parseCredentialKey(key);
    if (!reader || !credential || at < (offlineUntil.get(deviceId) ?? 0)) return undefined;
    const facts = directory.facts(reader, credential, (id, zone) => passages.get(`${zone} ${id}`));
    if (!facts) return undefined;
    const read = { deviceId, reader: number, at, credential };
    const decision = decide(facts, read, at);
    const event = passageEvent(facts, read, decision, at);
    const granted = put(at, event);
    if (event.type !== 'passage.granted') return undefined;
    const { lane } = facts;
    const { gateId, laneId, readerId, direction, cardholderId } = event.data;
    const goes = surely || !lane.dps || random() < 0.98;
    const took = lane.dps ? (goes ? between(400, 1_200) : lane.notEnteredMs) : between(15, 60);
    const outcome = lane.dps ? (goes ? 'entered' : 'not-entered') : 'assumed';
    const data = {
      gateId,
      laneId,
      readerId,
      direction,
      cardholderId,
      outcome,
      relay: relayOf(lane),
    } as const;
    put(at + took, { type: 'passage.outcome', data }, granted);
    if (goes && lane.zone) passages.set(`${lane.zone.id} ${cardholderId}`, { direction, laneId, at });
    return goes ? at + took : undefined;
  }
  function relayOf({ output }: LaneFact): 'confirmed' | 'sent' {
    const board = output && catalog.find(({ id }) => id === models.get(output.deviceId));
    return board?.confirms ? 'confirmed' : 'sent';
  }
  function held(openedAt: number, { gateId, laneId, heldWarningMs, heldAlarmMs }: DemoDoor): void {
    const where = { gateId, laneId };
    if (heldWarningMs > 0 && heldWarningMs < heldAlarmMs) {
      put(openedAt + heldWarningMs, {
        type: 'lane.held-warning',
        data: { ...where, openForMs: heldWarningMs },
      });
    }
    put(openedAt + heldAlarmMs, { type: 'lane.held', data: { ...where, openForMs: heldAlarmMs } });
    const closedAt = openedAt + heldAlarmMs + between(8_000, 25_000);
    put(closedAt, { type: 'lane.secured', data: { ...where, after: 'held' } });
  }
  function perform(act: Act, at: number): void {
    if (act.kind === 'swipe' || act.kind === 'stranger') swipe(at, act.way);
    else if (act.kind === 'unplug') {
      const backAt = at + between(25_000, 40_000);
      offlineUntil.set(act.deviceId, backAt);
      put(at, { type: 'device.offline', data: { deviceId: act.deviceId, fault: 'unplugged' } });
      put(backAt, { type: 'device.online', data: { deviceId: act.deviceId } });
    } else {
      const { door } = act;
      const where = { gateId: door.gateId, laneId: door.laneId };
      if (act.kind === 'button')
        put(at, { type: 'lane.rex', data: { ...where, releases: door.rexReleases } });
      else if (act.kind === 'force') {
        put(at, { type: 'lane.forced', data: where });
        put(at + between(8_000, 20_000), { type: 'lane.secured', data: { ...where, after: 'forced' } });
      } else {
        const openedAt = swipe(at, act.way, true);
        if (openedAt !== undefined) held(openedAt, door);
      }
    }
  }

  for (const act of acts) perform(act, midnight + Math.round(act.minute * 60_000));
  return past.toSorted((a, b) => a.at - b.at);
}

export interface WriteHistoryParts {
  events: Pick<EventLog, 'change' | 'head'>;
  skipTo(instant: number): void;
  /** Resolves when what follows from the record so far has been drawn from it. */
  settled(): Promise<void>;
}

/** What somebody is alarmed by: the record pauses there, so that the alarm has the time of its cause. */
const alarming = new Set(['lane.forced', 'lane.held', 'lane.secured', 'device.offline', 'device.online']);
const pauses = ({ event }: PastEvent) =>
  alarming.has(event.type) || (event.type === 'passage.outcome' && event.data.outcome === 'not-entered');

/** Resolves when all of it stands in the log and every follower has caught up. */
export async function writeHistory(past: readonly PastEvent[], parts: WriteHistoryParts): Promise<void> {
  const { events, skipTo, settled } = parts;
  const seqs = new Map<PastEvent, number>();
  let part: PastEvent[] = [];
  for (const [index, each] of past.entries()) {
    part.push(each);
    if (!pauses(each) && index < past.length - 1) continue;
    const chunk = part;
    part = [];
    skipTo(each.at);
    await events.change(async () => {
      // Changes run alone, so these rows follow the head as it stands now.
      const { seq } = events.head();
      for (const [place, entry] of chunk.entries()) seqs.set(entry, seq + place + 1);
      return { result: undefined, events: chunk.map((entry) => numbered(entry, seqs)) };
    });
    if (pauses(each)) await settled();
  }
  await settled();
}

function numbered({ event, of }: PastEvent, seqs: ReadonlyMap<PastEvent, number>): NewEvent {
  const seq = of && seqs.get(of);
  if (event.type !== 'passage.outcome' || seq === undefined) return event;
  return { ...event, data: { ...event.data, of: seq } };
}
