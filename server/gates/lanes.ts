/**
 * The lanes at work: releases by grant, hand and exit button, door switches, postures, and what becomes of it all.
 * Opened before the hardware is configured, so that it hears of each input and device from the beginning.
 */
import type { ReaderPlace, ReaderStatus } from '../../hardware/osdp-ports.ts';
import type {
  Cancel,
  Clock,
  DeviceStatus,
  Hardware,
  InputChange,
  RelayResult,
} from '../../hardware/ports.ts';
import type { LoggedEvent, NewEvent } from '../contract/events.ts';
import { type Lane, type LaneState, releaseWithinMs } from '../contract/gates.ts';
import type { Posture } from '../contract/words.ts';
import type { Reader } from '../db.ts';
import type { EventLog } from '../events/port.ts';
import type { Log } from '../log.ts';
import { deviceWatch, lastTold } from './device-watch.ts';
import { dpsOf, type InputPlace, inputKey, outputOf, readLanes, rexOf, sameOutput } from './lane-rows.ts';
import { postures } from './postures.ts';
import { type BoardPlace, isBelieved, outsideChannel, type ReaderStates } from './reader-states.ts';
import { type ReleaseCause, type WatchedLane, watchLane } from './watched-lane.ts';

export interface Lanes {
  /**
   * Moves the lane's relay unless it is too late, and records in time what became of it. Rejects never; no such
   * lane is a fault.
   */
  release(laneId: string, cause: ReleaseCause): Promise<RelayResult>;
  /** As it is set up, in the posture that is in force. */
  lane(laneId: string): Lane | undefined;
  /** This posture is in force from now on, whatever the lane's row says: the relay and who looks on follow at once. */
  obey(laneId: string, posture: Posture): void;
  states(): LaneState[];
  /** Told of each lane whose state has changed. */
  onState(listener: (state: LaneState) => void): Cancel;
  /** Reads again how the lanes are set up. The log's own changes are followed without it. */
  refresh(): Promise<void>;
  /** Resolves when all that was to be recorded and switched until now has been. */
  settled(): Promise<void>;
  /**
   * Resolves when each release has its outcome recorded. Close the hardware first: it still tells of late answers,
   * of doors, and of relays that can't be switched off.
   */
  close(): Promise<void>;
}

export interface LanesParts {
  events: Pick<EventLog, 'project' | 'readAfter'>;
  reader: Reader;
  hardware: Pick<Hardware, 'on' | 'pulse' | 'hold' | 'statuses'>;
  /** How readers on buses are; without it there are none. */
  readers?: Pick<ReaderStates, 'onStatus' | 'onReady' | 'secure'>;
  /** By lane, postures that are in force and not yet in the lanes' rows. */
  ordered(): ReadonlyMap<string, Posture>;
  /** The recorder: also takes records that the store can't. */
  record(event: NewEvent): Promise<unknown>;
  clock: Clock;
  log: Log;
}

const followed: ReadonlySet<string> = new Set([
  'lane.added',
  'lane.changed',
  'lane.removed',
  'lane.posture-changed',
  'school.set-up',
]);

export async function openLanes(parts: LanesParts): Promise<Lanes> {
  const { events, reader, hardware, ordered, clock, log } = parts;
  const watched = new Map<string, WatchedLane>();
  const listeners = new Set<{ tell: (state: LaneState) => void }>();
  const pending = new Set<Promise<unknown>>();
  /** The last word of each input, for a board that comes back unchanged tells nothing. */
  const inputs = new Map<string, boolean>();

  const { offline, alarms } = await lastTold(events);
  const devices = deviceWatch(offline);
  let cancelSteady: Cancel = () => {};

  function track<T>(work: Promise<T>): Promise<T> {
    const tracked: Promise<unknown> = work.then(
      () => pending.delete(tracked),
      () => pending.delete(tracked),
    );
    pending.add(tracked);
    return work;
  }

  async function settled(): Promise<void> {
    while (pending.size > 0) await Promise.all(pending);
  }

  /** Resolves to whether it could be recorded. */
  function record(event: NewEvent): Promise<boolean> {
    return track(
      parts.record(event).then(
        () => true,
        (error: unknown) => {
          log.error({ err: error, type: event.type }, 'what happened at a lane could not be recorded');
          return false;
        },
      ),
    );
  }

  function tell(state: LaneState): void {
    for (const { tell: listener } of [...listeners]) {
      try {
        listener(state);
      } catch (error) {
        log.error({ err: error }, 'a listener of the lane states failed');
      }
    }
  }

  const believed = (lane: Lane, place: BoardPlace) => isBelieved(lane, place, parts.readers);
  const held = postures({ hardware, believed, record, log });

  async function refresh(): Promise<void> {
    const before = ordered();
    const read = await readLanes(reader);
    // An order whose row came to be meanwhile may still be missing in what was read.
    const now = ordered();
    const rows = read.map((lane) => ({
      ...lane,
      posture: now.get(lane.id) ?? before.get(lane.id) ?? lane.posture,
    }));
    for (const lane of rows) {
      const known = watched.get(lane.id);
      if (known) known.change(lane);
      else add(lane);
      feed(lane);
    }
    for (const [id, each] of watched) {
      if (rows.some((lane) => lane.id === id)) continue;
      each.close();
      watched.delete(id);
    }
    void track(held.apply(rows));
  }

  function obey(laneId: string, posture: Posture): void {
    const each = watched.get(laneId);
    if (!each || each.lane().posture === posture) return;
    each.change({ ...each.lane(), posture });
    void track(held.apply([...watched.values()].map((other) => other.lane())));
  }

  function add(lane: Lane): void {
    const alarm = alarms.get(lane.id);
    watched.set(
      lane.id,
      watchLane({ lane, alarm, clock, record: (event) => void record(event), onState: tell }),
    );
  }

  /** A button that is known to be released is pressed next time. */
  function feed(lane: Lane): void {
    const known = (at: InputPlace | undefined) =>
      at && believed(lane, at) ? inputs.get(inputKey(at)) : undefined;
    const [open, pressed] = [known(dpsOf(lane)), known(rexOf(lane))];
    if (open !== undefined) watched.get(lane.id)?.door(open);
    if (pressed !== undefined) watched.get(lane.id)?.pressed(pressed);
  }

  function hearInput({ active, ...place }: InputChange): void {
    const key = inputKey(place);
    inputs.set(key, active);
    for (const each of watched.values()) {
      const lane = each.lane();
      if (!believed(lane, place)) continue;
      const [dps, rex] = [dpsOf(lane), rexOf(lane)];
      if (dps && inputKey(dps) === key) each.door(active);
      if (rex && inputKey(rex) === key && each.pressed(active)) void track(requestToExit(each));
    }
  }

  function hearStatus(status: DeviceStatus): void {
    const { deviceId, state } = status;
    const event = devices.event(status, clock.monotonic());
    if (event) void record({ ...event, at: clock.now() });
    watchSteady();
    const there = [...watched.values()].map((each) => each.lane());
    follow({ deviceId }, state === 'online', there);
    held.heard({ deviceId }, state);
    if (state === 'online') void track(held.apply(there));
  }

  function hearReader(
    { deviceId, reader, state, secure }: ReaderStatus,
    before: ReaderStatus | undefined,
  ): void {
    if (state === before?.state && secure === before.secure) return;
    const there = [...watched.values()].map((each) => each.lane());
    follow({ deviceId, reader }, state === 'online', there);
  }

  function hearReady(place: ReaderPlace, ready: boolean): void {
    held.heard(place, ready ? 'online' : 'offline');
    if (ready) void track(held.apply([...watched.values()].map((each) => each.lane())));
  }

  /** The doors whose switch is there. */
  function follow(at: Omit<InputPlace, 'input'>, online: boolean, lanes: readonly Lane[]): void {
    for (const lane of lanes) {
      const dps = dpsOf(lane);
      if (dps?.deviceId !== at.deviceId || dps.reader !== at.reader) continue;
      if (online) feed(lane);
      else watched.get(lane.id)?.door(undefined);
    }
  }

  function watchSteady(): void {
    cancelSteady();
    const due = devices.due();
    if (due === undefined) return;
    cancelSteady = clock.after(Math.max(0, due - clock.monotonic()), () => {
      for (const event of devices.steady(clock.monotonic())) void record({ ...event, at: clock.now() });
      watchSteady();
    });
  }

  /**
   * The record stands before the relay here too. A way out that must never depend on a computer has its button
   * wired to the lock itself, and `rexReleases` off: then the press only covers the opening that follows.
   */
  async function requestToExit(each: WatchedLane): Promise<void> {
    const { id: laneId, gateId, posture, rexReleases, outputDeviceId } = each.lane();
    const releases = rexReleases && outputDeviceId !== null && posture !== 'disabled';
    const notAfter = clock.monotonic() + releaseWithinMs;
    const recorded = record({ type: 'lane.rex', data: { gateId, laneId, releases }, at: clock.now() });
    await each.release({ kind: 'rex', notAfter }, async () => {
      if (!(await recorded)) return { outcome: 'fault', detail: 'the request could not be recorded' };
      return releases ? pulse(each.lane(), notAfter) : { outcome: 'sent' };
    });
  }

  async function pulse(lane: Lane, notAfter: number): Promise<RelayResult> {
    const output = outputOf(lane);
    if (!output) return { outcome: 'fault', detail: 'the lane has no relay' };
    if (!believed(lane, output)) return outsideChannel;
    return hardware.pulse(output, lane.pulseMs, { notAfter });
  }

  const cancels = [
    hardware.on('input', hearInput),
    hardware.on('status', hearStatus),
    ...(parts.readers ? [parts.readers.onStatus(hearReader), parts.readers.onReady(hearReady)] : []),
    hardware.on('relay-stuck', ({ output, at }) => {
      const lane = [...watched.values()].map((each) => each.lane()).find((each) => sameOutput(each, output));
      const where = lane ? { gateId: lane.gateId, laneId: lane.id } : {};
      void record({ type: 'relay.stuck', data: { ...output, ...where }, at });
    }),
    events.project(async (committed: LoggedEvent[]) => {
      for (const event of committed) {
        if (event.type !== 'device.removed') continue;
        devices.forget(event.data.deviceId);
        held.heard({ deviceId: event.data.deviceId }, 'offline');
      }
      if (committed.some(({ type }) => followed.has(type))) await refresh();
    }),
  ];
  await refresh();
  hardware.statuses().forEach(hearStatus);

  return {
    release: async (laneId, cause) => {
      const each = watched.get(laneId);
      if (!each) return { outcome: 'fault', detail: `there is no lane ${laneId}` };
      return track(each.release(cause, () => pulse(each.lane(), cause.notAfter)));
    },
    lane: (laneId) => watched.get(laneId)?.lane(),
    obey,
    states: () => [...watched.values()].map((each) => each.state()),
    onState(listener) {
      const entry = { tell: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
    refresh,
    settled,
    async close() {
      for (const cancel of cancels) cancel();
      cancelSteady();
      // What the relays answered belongs to the outcomes.
      await settled();
      for (const each of watched.values()) each.close();
      await settled();
    },
  };
}
