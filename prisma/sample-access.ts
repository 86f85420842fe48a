/** Who passes where and when at the sample school. */
import type { NewEvent } from '../server/contract/events.ts';
import type { Tx } from '../server/db.ts';
import { localDate, sampleCalendar } from './sample-calendar.ts';
import { type SampleLane, sampleLanes, sampleWays } from './sample-campus.ts';
import type { SampleWords } from './sample-words.ts';

export type SampleGroup = keyof SampleWords['groups'];
type Schedule = keyof SampleWords['schedules'];
type Window = [days: string, from: string, to: string];

const windows: Record<Schedule, Window[]> = {
  students: [
    ['12345', '06:30', '08:20'],
    ['12345', '11:30', '14:10'],
    ['12345', '16:00', '18:30'],
    ['half-day', '06:30', '08:20'],
    ['half-day', '11:30', '13:00'],
  ],
  staff: [
    ['12345', '06:00', '21:00'],
    ['6', '08:00', '17:00'],
    ['half-day', '06:00', '18:00'],
  ],
  contractors: [
    ['12345', '05:30', '09:00'],
    ['12345', '13:30', '16:30'],
    ['half-day', '05:30', '09:00'],
  ],
  always: [['1234567', '00:00', '24:00']],
};

const rules: [SampleGroup, Schedule, readonly SampleLane[]][] = [
  ['students', 'students', ['main-in', 'main-out', 'main-both']],
  ['staff', 'staff', sampleLanes],
  ['guards', 'always', sampleLanes],
  ['responders', 'always', sampleLanes],
  ['contractors', 'contractors', ['back']],
];

export async function writeAccess(
  tx: Tx,
  words: SampleWords,
  { now, timeZone }: { now: number; timeZone: string },
): Promise<NewEvent[]> {
  const groups = Object.entries(words.groups).map(([id, name]) => ({
    id: `group-${id}`,
    name,
    lockdownExempt: id === 'responders',
  }));
  const schedules = Object.entries(words.schedules).map(([id, name]) => ({
    id: `schedule-${id}`,
    name,
    ignoresCalendar: id === 'always',
  }));
  const spans = Object.entries(windows).flatMap(([id, list]) =>
    list.flatMap(([days, from, to]) =>
      (days === 'half-day' ? [days] : [...days]).map((day) => ({
        scheduleId: `schedule-${id}`,
        day,
        startMinute: minuteOf(from),
        endMinute: minuteOf(to),
      })),
    ),
  );
  const ruleRows = rules.flatMap(([group, schedule, lanes]) =>
    lanes.map((laneId) => ({
      id: `rule-${group}-${laneId}`,
      groupId: `group-${group}`,
      laneId,
      direction: sampleWays[laneId].length === 2 ? 'both' : (sampleWays[laneId][0] ?? 'both'),
      scheduleId: `schedule-${schedule}`,
    })),
  );
  const calendar = sampleCalendar(localDate(now, timeZone), words.days);

  await tx.accessGroup.createMany({ data: groups });
  await tx.schedule.createMany({ data: schedules });
  await tx.scheduleWindow.createMany({ data: spans.map((span, n) => ({ id: `window-${n + 1}`, ...span })) });
  await tx.accessRule.createMany({ data: ruleRows });
  await tx.calendarDay.createMany({ data: calendar });
  return [
    ...groups.map(({ id }): NewEvent => ({ type: 'access-group.added', data: { groupId: id } })),
    ...schedules.map(({ id }): NewEvent => ({ type: 'schedule.added', data: { scheduleId: id } })),
    ...ruleRows.map(
      ({ id, groupId, laneId }): NewEvent => ({
        type: 'access-rule.added',
        data: { ruleId: id, groupId, laneId },
      }),
    ),
    { type: 'calendar.changed', data: { dates: calendar.map(({ date }) => date) } },
  ];
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
