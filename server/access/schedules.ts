/** Schedules: named weekly windows, to the minute. */

import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import type { ScheduleDay, Window } from './facts.ts';

type Changes = Pick<EventLog, 'change'>;
type DayWindow = { day: ScheduleDay } & Window;

export interface ScheduleInput {
  name: string;
  /** Its windows hold on every weekday as written, whatever the school calendar says. */
  ignoresCalendar: boolean;
  windows: readonly DayWindow[];
}

/** RequestError `invalid-request` for windows that can't be, `conflict` when the name is taken. */
export async function addSchedule(log: Changes, input: ScheduleInput, by: By): Promise<{ id: string }> {
  checkWindows(input.windows);
  return log.change(async (tx) => {
    await refuseTakenName(tx, input.name);
    const { name, ignoresCalendar } = input;
    const { id } = await tx.schedule.create({ data: { id: randomUUID(), name, ignoresCalendar } });
    await writeWindows(tx, id, input.windows);
    return { result: { id }, events: [{ type: 'schedule.added', data: { scheduleId: id }, ...by }] };
  });
}

/** Windows given replace all there were. RequestError as `addSchedule`, and `not-found`. */
export async function changeSchedule(
  log: Changes,
  scheduleId: string,
  patch: Partial<ScheduleInput>,
  by: By,
): Promise<void> {
  if (patch.windows) checkWindows(patch.windows);
  return log.change(async (tx) => {
    const held = await tx.schedule.findUnique({ where: { id: scheduleId }, include: { windows: true } });
    if (!held) throw new RequestError('not-found', 'There is no such schedule.');
    const before = { ...held, windows: written(held.windows) };
    const { windows, ...rest } = patch;
    const wanted = { ...rest, ...(windows && { windows: written(windows) }) };
    const changed = changedFields<typeof before>(before, wanted);
    if (Object.keys(changed).length === 0) return { result: undefined, events: [] };
    const { name, ignoresCalendar } = changed;
    if (name !== undefined) await refuseTakenName(tx, name);
    await tx.schedule.update({ where: { id: scheduleId }, data: { name, ignoresCalendar } });
    if (windows && changed.windows) await writeWindows(tx, scheduleId, windows);
    return {
      result: undefined,
      events: [
        {
          type: 'schedule.changed',
          data: { scheduleId, ...toldChanges<typeof before>(before, changed) },
          ...by,
        },
      ],
    };
  });
}

/** RequestError `not-found`, or `conflict` while rules or lanes use it. */
export function removeSchedule(log: Changes, scheduleId: string, by: By): Promise<void> {
  return log.change(async (tx) => {
    const schedule = await tx.schedule.findUnique({ where: { id: scheduleId } });
    if (!schedule) throw new RequestError('not-found', 'There is no such schedule.');
    const rule = await tx.accessRule.findFirst({ where: { scheduleId }, include: { group: true } });
    if (rule) {
      const message = `A rule of group "${rule.group.name}" uses schedule "${schedule.name}". Remove its rules first.`;
      throw new RequestError('conflict', message, {
        why: 'schedule.has-rules',
        params: { name: schedule.name, group: rule.group.name },
      });
    }
    const lane = await tx.lane.findFirst({ where: { cardAloneScheduleId: scheduleId } });
    if (lane) {
      const message = `Lane "${lane.name}" uses schedule "${schedule.name}" for its PINs. Take it away there first.`;
      throw new RequestError('conflict', message, {
        why: 'schedule.has-lanes',
        params: { name: schedule.name, lane: lane.name },
      });
    }
    await tx.scheduleWindow.deleteMany({ where: { scheduleId } });
    await tx.schedule.delete({ where: { id: scheduleId } });
    return { result: undefined, events: [{ type: 'schedule.removed', data: { scheduleId }, ...by }] };
  });
}

/** What a window may be: begins on its day, at most a whole day long. */
function checkWindows(windows: readonly DayWindow[]): void {
  const fields = windows.flatMap(({ startMinute, endMinute }, index) => [
    ...(isMinute(startMinute, 1439)
      ? []
      : [{ path: `windows.${index}.startMinute`, message: 'A window begins between 0 and 1439.' }]),
    ...(isMinute(endMinute, 1440)
      ? []
      : [{ path: `windows.${index}.endMinute`, message: 'A window ends between 0 and 1440.' }]),
  ]);
  if (fields.length > 0) {
    throw new RequestError(
      'invalid-request',
      'A window of the schedule lies outside the day.',
      { why: 'schedule.outside-day' },
      fields,
    );
  }
}

function isMinute(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

/** As the record has them: alike whatever the order. */
function written(windows: readonly (Window & { day: string })[]): string[] {
  return windows.map(({ day, startMinute, endMinute }) => `${day} ${startMinute} ${endMinute}`).sort();
}

async function writeWindows(tx: Tx, scheduleId: string, windows: readonly DayWindow[]): Promise<void> {
  await tx.scheduleWindow.deleteMany({ where: { scheduleId } });
  await tx.scheduleWindow.createMany({
    data: windows.map(({ day, startMinute, endMinute }) => ({
      id: randomUUID(),
      scheduleId,
      day,
      startMinute,
      endMinute,
    })),
  });
}

async function refuseTakenName(tx: Tx, name: string): Promise<void> {
  if (await tx.schedule.findFirst({ where: { name } })) {
    throw new RequestError('conflict', `There is a schedule named "${name}" already.`, {
      why: 'schedule.name-taken',
      params: { name },
    });
  }
}
