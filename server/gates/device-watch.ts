/**
 * Which devices the record calls off line: only a change is told, also across a restart of the server, and damped
 * (`damper.ts`). Screens are told every state all the same.
 */
import type { DeviceStatus } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import { pastEvents } from '../events/past-events.ts';
import type { EventLog } from '../events/port.ts';
import { damper } from './damper.ts';

export interface DeviceWatch {
  /** What this status has to be recorded as, if anything. `now`: monotonic milliseconds. */
  event(status: DeviceStatus, now: number): NewEvent | undefined;
  /** Those that have held long enough by now to be called on line again. */
  steady(now: number): NewEvent[];
  /** When `steady` is next to be asked; undefined while nobody waits for it. */
  due(): number | undefined;
  forget(deviceId: string): void;
}

/** @param offline devices whose last record says so. */
export function deviceWatch(offline: ReadonlySet<string>): DeviceWatch {
  const damped = damper(offline);
  const online = (deviceId: string): NewEvent => ({ type: 'device.online', data: { deviceId } });
  return {
    event({ deviceId, state, fault }, now) {
      if (state !== 'online' && state !== 'offline') {
        damped.doubt(deviceId);
        return undefined;
      }
      // A device that comes on line for the first time is no news; one that can't be reached is.
      const news = damped.turn(deviceId, state === 'offline', now);
      if (news === 'ended') return online(deviceId);
      return news && { type: 'device.offline', data: { deviceId, fault: fault?.code ?? 'io' } };
    },
    steady: (now) => damped.steady(now).map(online),
    due: damped.due,
    forget: damped.forget,
  };
}

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
  for await (const event of pastEvents(log, types)) {
    if (event.type === 'device.offline') offline.add(event.data.deviceId);
    else if (event.type === 'device.online') offline.delete(event.data.deviceId);
    else if (event.type === 'device.removed') offline.delete(event.data.deviceId);
    else if (event.type === 'lane.forced') alarms.set(event.data.laneId, 'forced');
    else if (event.type === 'lane.held') alarms.set(event.data.laneId, 'held');
    else if (event.type === 'lane.held-warning') alarms.set(event.data.laneId, 'held-warning');
    else alarms.delete(event.data.laneId);
  }
  return { offline, alarms };
}
