/**
 * The one alarm that the log can't tell while it lasts: that the log itself takes no records. Shown beside those of
 * the table until the spill is replayed; then the table has it, with the time at which it began.
 */
import { type Alarm, type Alarms, storeAlarmId } from '../contract/alarms.ts';
import type { RecorderStatus } from '../events/recorder.ts';

/** `page` is the first page of the list. */
export function withStoreAlarm(page: Alarms, status: RecorderStatus): Alarms {
  if (status.mode === 'log') return page;
  const alarm: Alarm = {
    id: storeAlarmId,
    kind: 'store-fault',
    priority: 'critical',
    state: 'active',
    gateId: null,
    laneId: null,
    deviceId: null,
    readerId: null,
    raisedAt: status.since,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    repeats: 0,
  };
  return { ...page, alarms: [alarm, ...page.alarms], open: page.open + 1 };
}
