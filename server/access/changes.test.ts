import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../tests/open-store.ts';
import {
  addAccessGroup,
  addMembers,
  changeAccessGroup,
  removeAccessGroup,
  removeMembers,
} from './access-groups.ts';
import { addAccessRule, removeAccessRule } from './access-rules.ts';
import { removeCalendarDays, setCalendarDays } from './calendar.ts';
import { addSchedule, changeSchedule, removeSchedule } from './schedules.ts';

const by = { actorId: 'account-1', note: 'as agreed' };
let store: Awaited<ReturnType<typeof openStore>>;
beforeEach(async () => {
  store = await openStore();
  await store.db.transaction(async (tx) => {
    await tx.gate.create({ data: { id: 'g1', name: 'South gate' } });
    await tx.lane.create({ data: { id: 'l1', gateId: 'g1', name: 'Lane 1' } });
    await tx.cardholder.createMany({
      data: ['p1', 'p2', 'p3'].map((id) => ({ id, kind: 'student', name: `Student ${id}` })),
    });
  });
});
afterEach(() => store.close());

/** Types and data of all that was recorded, and that who and why stand in each. */
async function recorded(): Promise<unknown[]> {
  const events = await store.events.readAfter(0, 100);
  expect(events.every(({ actorId, note }) => actorId === by.actorId && note === by.note)).toBe(true);
  return events.map(({ type, data }) => [type, data]);
}
const refused = (code: string) => expect.objectContaining({ name: 'RequestError', code });
const windows = [{ day: '1' as const, startMinute: 390, endMinute: 1080 }];
const schedule = { name: 'Mondays', ignoresCalendar: false, windows };

describe('access groups', () => {
  it('are added and changed, and each change is recorded with its fields', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, by);
    await changeAccessGroup(store.events, id, { lockdownExempt: true }, by);
    await changeAccessGroup(store.events, id, { name: 'Staff', lockdownExempt: true }, by);
    expect(await recorded()).toEqual([
      ['access-group.added', { groupId: id }],
      [
        'access-group.changed',
        { groupId: id, fields: ['lockdownExempt'], changes: { lockdownExempt: { from: false, to: true } } },
      ],
    ]);
    expect(await store.db.reader.accessGroup.findUnique({ where: { id } })).toMatchObject({
      lockdownExempt: true,
    });
  });

  it('keep their names apart', async () => {
    const staff = { name: 'Staff', lockdownExempt: false };
    const { id } = await addAccessGroup(store.events, { name: 'Students', lockdownExempt: false }, by);
    await addAccessGroup(store.events, staff, by);
    await expect(addAccessGroup(store.events, staff, by)).rejects.toEqual(refused('conflict'));
    await expect(changeAccessGroup(store.events, id, staff, by)).rejects.toEqual(refused('conflict'));
    await expect(changeAccessGroup(store.events, 'none', staff, by)).rejects.toEqual(refused('not-found'));
  });

  it('take members in and let them go, once each', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, by);
    expect(await addMembers(store.events, id, ['p1', 'p2', 'p1'], by)).toEqual({ added: 2 });
    expect(await addMembers(store.events, id, ['p2'], by)).toEqual({ added: 0 });
    expect(await removeMembers(store.events, id, ['p1', 'p3'], by)).toEqual({ removed: 1 });
    expect(await recorded()).toEqual([
      ['access-group.added', { groupId: id }],
      ['access-group.changed', { groupId: id, fields: ['members'] }],
      [
        'cardholder.changed',
        { cardholderId: 'p1', fields: ['groupIds'], changes: { groupIds: { from: [], to: [id] } } },
      ],
      [
        'cardholder.changed',
        { cardholderId: 'p2', fields: ['groupIds'], changes: { groupIds: { from: [], to: [id] } } },
      ],
      ['access-group.changed', { groupId: id, fields: ['members'] }],
      [
        'cardholder.changed',
        { cardholderId: 'p1', fields: ['groupIds'], changes: { groupIds: { from: [id], to: [] } } },
      ],
    ]);
    const members = await store.db.reader.cardholderGroup.findMany();
    expect(members).toEqual([{ cardholderId: 'p2', groupId: id }]);
  });

  it('keep everything as it was when one of the people is not there', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, by);
    await expect(addMembers(store.events, id, ['p1', 'nobody'], by)).rejects.toEqual(refused('not-found'));
    expect(await store.db.reader.cardholderGroup.count()).toBe(0);
    expect(await recorded()).toHaveLength(1);
  });
});

describe('access rules', () => {
  it('are added once, and removed', async () => {
    const group = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, by);
    const { id: scheduleId } = await addSchedule(store.events, schedule, by);
    const rule = { groupId: group.id, laneId: 'l1', direction: 'both' as const, scheduleId };
    const { id } = await addAccessRule(store.events, rule, by);
    await expect(addAccessRule(store.events, rule, by)).rejects.toEqual(refused('conflict'));
    for (const wrong of [{ groupId: 'x' }, { laneId: 'x' }, { scheduleId: 'x' }]) {
      await expect(addAccessRule(store.events, { ...rule, ...wrong }, by)).rejects.toEqual(
        refused('not-found'),
      );
    }
    await removeAccessRule(store.events, id, by);
    await expect(removeAccessRule(store.events, id, by)).rejects.toEqual(refused('not-found'));
    const named = { ruleId: id, groupId: group.id, laneId: 'l1' };
    expect((await recorded()).slice(2)).toEqual([
      ['access-rule.added', named],
      ['access-rule.removed', named],
    ]);
  });
});

describe('what is still in use', () => {
  /** The sentence of a refusal. */
  const sentence = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => error.message,
    );

  it('can not be removed: a group with members or rules, a schedule with rules', async () => {
    const group = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, by);
    const hours = await addSchedule(store.events, schedule, by);
    const input = { groupId: group.id, laneId: 'l1', direction: 'in', scheduleId: hours.id } as const;
    const rule = await addAccessRule(store.events, input, by);
    await addMembers(store.events, group.id, ['p1', 'p2'], by);
    expect(await sentence(removeSchedule(store.events, hours.id, by))).toBe(
      'A rule of group "Staff" uses schedule "Mondays". Remove its rules first.',
    );
    expect(await sentence(removeAccessGroup(store.events, group.id, by))).toBe(
      'Group "Staff" still has 2 members. Take them out of the group first.',
    );
    await removeMembers(store.events, group.id, ['p1', 'p2'], by);
    expect(await sentence(removeAccessGroup(store.events, group.id, by))).toBe(
      'Group "Staff" still has rules. Remove its rules first.',
    );
    await removeAccessRule(store.events, rule.id, by);
    await removeAccessGroup(store.events, group.id, by);
    await removeSchedule(store.events, hours.id, by);
    expect((await recorded()).slice(-2)).toEqual([
      ['access-group.removed', { groupId: group.id }],
      ['schedule.removed', { scheduleId: hours.id }],
    ]);
    expect(await store.db.reader.scheduleWindow.count()).toBe(0);
    await expect(removeAccessGroup(store.events, group.id, by)).rejects.toEqual(refused('not-found'));
    await expect(removeSchedule(store.events, hours.id, by)).rejects.toEqual(refused('not-found'));
  });
});

describe('schedules', () => {
  it('keep their windows, and record what was changed', async () => {
    const { id } = await addSchedule(store.events, schedule, by);
    const night = [{ day: '5' as const, startMinute: 1320, endMinute: 360 }];
    await changeSchedule(store.events, id, { name: 'Nights', windows: night }, by);
    await changeSchedule(store.events, id, { windows: night }, by);
    expect(await recorded()).toEqual([
      ['schedule.added', { scheduleId: id }],
      [
        'schedule.changed',
        {
          scheduleId: id,
          fields: ['name', 'windows'],
          changes: { windows: { from: ['1 390 1080'], to: ['5 1320 360'] } },
        },
      ],
    ]);
    expect(await store.db.reader.scheduleWindow.findMany()).toMatchObject([{ scheduleId: id, ...night[0] }]);
  });

  it('refuse windows outside the day, and taken names', async () => {
    const wrong = { ...schedule, windows: [{ day: '1' as const, startMinute: 1440, endMinute: 1441 }] };
    await expect(addSchedule(store.events, wrong, by)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'windows.0.startMinute' }, { path: 'windows.0.endMinute' }],
    });
    await addSchedule(store.events, schedule, by);
    await expect(addSchedule(store.events, schedule, by)).rejects.toEqual(refused('conflict'));
    await expect(changeSchedule(store.events, 'none', {}, by)).rejects.toEqual(refused('not-found'));
  });
});

describe('the school calendar', () => {
  const day = { date: '2026-10-01', kind: 'holiday' as const, followsWeekday: null, name: 'Holiday' };

  it('is set, set otherwise and made ordinary again', async () => {
    await setCalendarDays(store.events, [day, { ...day, date: '2026-10-02' }], by);
    await setCalendarDays(store.events, [{ ...day, kind: 'make-up', followsWeekday: 4 }], by);
    await removeCalendarDays(store.events, ['2026-10-02'], by);
    expect(await recorded()).toEqual([
      [
        'calendar.changed',
        {
          dates: ['2026-10-01', '2026-10-02'],
          changes: {
            '2026-10-01': { from: null, to: 'holiday' },
            '2026-10-02': { from: null, to: 'holiday' },
          },
        },
      ],
      [
        'calendar.changed',
        {
          dates: ['2026-10-01'],
          changes: {
            '2026-10-01': { from: 'holiday', to: 'make-up' },
            '2026-10-01.followsWeekday': { from: null, to: 4 },
          },
        },
      ],
      [
        'calendar.changed',
        { dates: ['2026-10-02'], changes: { '2026-10-02': { from: 'holiday', to: null } } },
      ],
    ]);
    expect(await store.db.reader.calendarDay.findMany()).toEqual([
      { date: '2026-10-01', kind: 'make-up', followsWeekday: 4, name: 'Holiday' },
    ]);
  });

  it('refuses dates that are none, dates given twice, and make-up days that follow nothing', async () => {
    const wrong = [
      { ...day, date: '2026-02-30' },
      day,
      day,
      { ...day, date: '2026-10-09', kind: 'make-up' as const },
    ];
    await expect(setCalendarDays(store.events, wrong, by)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: '0.date' }, { path: '2.date' }, { path: '3.followsWeekday' }],
    });
    await expect(removeCalendarDays(store.events, ['2026-10-01'], by)).rejects.toEqual(refused('not-found'));
    expect(await recorded()).toEqual([]);
  });
});
