/** Schedules: named weekly windows, to the minute. */
import { randomUUID } from 'node:crypto';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
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
export async function addSchedule(
  log: Changes,
  input: ScheduleInput,
  actorId: string,
): Promise<{ id: string }> {
  checkWindows(input.windows);
  return log.change(async (tx) => {
    await refuseTakenName(tx, input.name);
    const { name, ignoresCalendar } = input;
    const { id } = await tx.schedule.create({ data: { id: randomUUID(), name, ignoresCalendar } });
    await writeWindows(tx, id, input.windows);
    return { result: { id }, events: [{ type: 'schedule.added', data: { scheduleId: id }, actorId }] };
  });
}

/** Windows given replace all there were. RequestError as `addSchedule`, and `not-found`. */
export async function changeSchedule(
  log: Changes,
  scheduleId: string,
  patch: Partial<ScheduleInput>,
  actorId: string,
): Promise<void> {
  if (patch.windows) checkWindows(patch.windows);
  return log.change(async (tx) => {
    const held = await tx.schedule.findUnique({ where: { id: scheduleId }, include: { windows: true } });
    if (!held) throw new RequestError('not-found', 'There is no such schedule.');
    const name = patch.name ?? held.name;
    const ignoresCalendar = patch.ignoresCalendar ?? held.ignoresCalendar;
    const fields = [
      ...(name === held.name ? [] : ['name']),
      ...(ignoresCalendar === held.ignoresCalendar ? [] : ['ignoresCalendar']),
      ...(!patch.windows || sameWindows(patch.windows, held.windows) ? [] : ['windows']),
    ];
    if (fields.length === 0) return { result: undefined, events: [] };
    if (fields.includes('name')) await refuseTakenName(tx, name);
    await tx.schedule.update({ where: { id: scheduleId }, data: { name, ignoresCalendar } });
    if (patch.windows && fields.includes('windows')) await writeWindows(tx, scheduleId, patch.windows);
    return {
      result: undefined,
      events: [{ type: 'schedule.changed', data: { scheduleId, fields }, actorId }],
    };
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
    throw new RequestError('invalid-request', 'A window of the schedule lies outside the day.', fields);
  }
}

function isMinute(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function sameWindows(
  a: readonly (Window & { day: string })[],
  b: readonly (Window & { day: string })[],
): boolean {
  const written = (windows: typeof a) =>
    windows.map(({ day, startMinute, endMinute }) => `${day} ${startMinute} ${endMinute}`).sort();
  return JSON.stringify(written(a)) === JSON.stringify(written(b));
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
    throw new RequestError('conflict', `There is a schedule named "${name}" already.`);
  }
}
