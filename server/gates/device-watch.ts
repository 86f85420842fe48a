/**
 * Which devices the record calls off line: only a change is told, also across a restart of the server. A device that
 * comes and goes all the time would fill the log with it: after some losses it stays off line there, and its alarm
 * stays, until it has held for a while. Screens are told every state all the same.
 */
import type { DeviceStatus } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { EventLog } from '../events/port.ts';

export interface DeviceWatch {
  /** What this status has to be recorded as, if anything. `now`: monotonic milliseconds. */
  event(status: DeviceStatus, now: number): NewEvent | undefined;
  /** Those that have held long enough by now to be called on line again. */
  steady(now: number): NewEvent[];
  /** When `steady` is next to be asked; undefined while nobody waits for it. */
  due(): number | undefined;
  forget(deviceId: string): void;
}

/** Losses of one device that are recorded each: a plug that somebody moves about takes a few. */
export const lossesTold = 10;
const lossesWithinMs = 3_600_000;

/** After that many it is back when it has held for so long. */
export const steadyMs = 60_000;

/** @param offline devices whose last record says so. */
export function deviceWatch(offline: ReadonlySet<string>): DeviceWatch {
  const told = new Set(offline);
  const losses = new Map<string, number[]>();
  const steadyAt = new Map<string, number>();

  function online(deviceId: string): NewEvent {
    told.delete(deviceId);
    steadyAt.delete(deviceId);
    return { type: 'device.online', data: { deviceId } };
  }

  function lost(deviceId: string, now: number): number[] {
    return (losses.get(deviceId) ?? []).filter((at) => now - at < lossesWithinMs);
  }

  return {
    event({ deviceId, state, fault }, now) {
      // A device that comes on line for the first time is no news; one that can't be reached is.
      if (state === 'online') {
        if (!told.has(deviceId) || steadyAt.has(deviceId)) return undefined;
        if (lost(deviceId, now).length < lossesTold) return online(deviceId);
        steadyAt.set(deviceId, now + steadyMs);
        return undefined;
      }
      steadyAt.delete(deviceId);
      if (state !== 'offline' || told.has(deviceId)) return undefined;
      told.add(deviceId);
      losses.set(deviceId, [...lost(deviceId, now), now]);
      return { type: 'device.offline', data: { deviceId, fault: fault?.code ?? 'io' } };
    },
    steady: (now) => [...steadyAt].flatMap(([deviceId, at]) => (at <= now ? [online(deviceId)] : [])),
    due: () => (steadyAt.size === 0 ? undefined : Math.min(...steadyAt.values())),
    forget(deviceId) {
      told.delete(deviceId);
      losses.delete(deviceId);
      steadyAt.delete(deviceId);
    },
  };
}

const page = 1_000;
const types = [
  'device.offline',
  'device.online',
  'device.removed',
  'lane.removed',
  'lane.forced',
  'lane.held',
  'lane.held-warning',
  'lane.secured',
] as const;

/** What the log last said of devices and lanes, so that an alarm which ran before a restart can end after it. */
export async function lastTold(log: Pick<EventLog, 'readAfter'>) {
  const offline = new Set<string>();
  const alarms = new Map<string, 'forced' | 'held' | 'held-warning'>();
  for (let after = 0; ; ) {
    const events = await log.readAfter(after, page, types);
    for (const event of events) {
      after = event.seq;
      if (event.type === 'device.offline') offline.add(event.data.deviceId);
      else if (event.type === 'device.online') offline.delete(event.data.deviceId);
      else if (event.type === 'device.removed') offline.delete(event.data.deviceId);
      else if (event.type === 'lane.forced') alarms.set(event.data.laneId, 'forced');
      else if (event.type === 'lane.held') alarms.set(event.data.laneId, 'held');
      else if (event.type === 'lane.held-warning') alarms.set(event.data.laneId, 'held-warning');
      else if (event.type === 'lane.secured' || event.type === 'lane.removed')
        alarms.delete(event.data.laneId);
    }
    if (events.length < page) return { offline, alarms };
  }
}
