/** Who may pass where and when, as screens show it. */
import type { z } from 'zod';
import {
  type accessGroup,
  type accessRule,
  type access as accessSchema,
  calendarDay,
  ruleDirection,
  type Schedule,
  scheduleDay,
} from '../contract/access.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';

type AccessGroup = z.output<typeof accessGroup>;
type AccessRule = z.output<typeof accessRule>;

const byName = [{ name: 'asc' }, { id: 'asc' }] as const;
const asc = 'asc' as const;
const byStart = { windows: { orderBy: [{ day: asc }, { startMinute: asc }] } };
const withCount = { _count: { select: { members: true } } } as const;

export async function readAccess(reader: Reader): Promise<z.output<typeof accessSchema>> {
  const [groups, rules, schedules, calendar] = await Promise.all([
    reader.accessGroup.findMany({ include: withCount, orderBy: [...byName] }),
    reader.accessRule.findMany({ orderBy: { id: 'asc' } }),
    reader.schedule.findMany({ include: byStart, orderBy: [...byName] }),
    reader.calendarDay.findMany({ orderBy: { date: 'asc' } }),
  ]);
  return {
    groups: groups.map(groupOf),
    rules: rules.map(ruleOf),
    schedules: schedules.map(scheduleOf),
    calendar: calendar.map((row) => calendarDay.parse(row)),
  };
}

/** Throws not-found. */
export async function readAccessGroup(reader: Reader, id: string): Promise<AccessGroup> {
  const row = await reader.accessGroup.findUnique({ where: { id }, include: withCount });
  if (!row) throw new RequestError('not-found', 'There is no such access group.');
  return groupOf(row);
}

/** Throws not-found. */
export async function readSchedule(reader: Reader, id: string): Promise<Schedule> {
  const row = await reader.schedule.findUnique({ where: { id }, include: byStart });
  if (!row) throw new RequestError('not-found', 'There is no such schedule.');
  return scheduleOf(row);
}

function groupOf(row: {
  id: string;
  name: string;
  lockdownExempt: boolean;
  _count: { members: number };
}): AccessGroup {
  return { id: row.id, name: row.name, lockdownExempt: row.lockdownExempt, members: row._count.members };
}

function ruleOf(row: {
  id: string;
  groupId: string;
  laneId: string;
  direction: string;
  scheduleId: string;
}): AccessRule {
  const { id, groupId, laneId, scheduleId } = row;
  return { id, groupId, laneId, direction: ruleDirection.parse(row.direction), scheduleId };
}

function scheduleOf(row: {
  id: string;
  name: string;
  ignoresCalendar: boolean;
  windows: { day: string; startMinute: number; endMinute: number }[];
}): Schedule {
  return {
    id: row.id,
    name: row.name,
    ignoresCalendar: row.ignoresCalendar,
    windows: row.windows.map(({ day, startMinute, endMinute }) => ({
      day: scheduleDay.parse(day),
      startMinute,
      endMinute,
    })),
  };
}
