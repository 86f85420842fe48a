/** Which devices the record calls off line: only a change is told, also across a restart of the server. */
import type { DeviceStatus } from '../../hardware/ports.ts';
import type { NewEvent } from '../contract/events.ts';
import type { EventLog } from '../events/port.ts';

export interface DeviceWatch {
  /** What this status has to be recorded as, if anything. */
  event(status: DeviceStatus): NewEvent | undefined;
  forget(deviceId: string): void;
}

/** @param offline devices whose last record says so. */
export function deviceWatch(offline: ReadonlySet<string>): DeviceWatch {
  const told = new Set(offline);
  return {
    event({ deviceId, state, fault }) {
      // A device that comes on line for the first time is no news; one that can't be reached is.
      if (state === 'online' && told.delete(deviceId)) return { type: 'device.online', data: { deviceId } };
      if (state !== 'offline' || told.has(deviceId)) return undefined;
      told.add(deviceId);
      return { type: 'device.offline', data: { deviceId, fault: fault?.code ?? 'io' } };
    },
    forget: (deviceId) => void told.delete(deviceId),
  };
}

const page = 1_000;
const types = [
  'device.offline',
  'device.online',
  'device.removed',
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
      else if (event.type === 'lane.secured') alarms.delete(event.data.laneId);
    }
    if (events.length < page) return { offline, alarms };
  }
}
