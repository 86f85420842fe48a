import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../tests/open-store.ts';
import { addAccessGroup, addMembers, changeAccessGroup, removeMembers } from './access-groups.ts';
import { addAccessRule, removeAccessRule } from './access-rules.ts';
import { removeCalendarDays, setCalendarDays } from './calendar.ts';
import { addSchedule, changeSchedule } from './schedules.ts';

const actor = 'account-1';
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

/** Types and data of all that was recorded, and that the actor stands in each. */
async function recorded(): Promise<unknown[]> {
  const events = await store.events.readAfter(0, 100);
  expect(events.every(({ actorId }) => actorId === actor)).toBe(true);
  return events.map(({ type, data }) => [type, data]);
}
const refused = (code: string) => expect.objectContaining({ name: 'RequestError', code });
const windows = [{ day: '1' as const, startMinute: 390, endMinute: 1080 }];
const schedule = { name: 'Mondays', ignoresCalendar: false, windows };

describe('access groups', () => {
  it('are added and changed, and each change is recorded with its fields', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, actor);
    await changeAccessGroup(store.events, id, { lockdownExempt: true }, actor);
    await changeAccessGroup(store.events, id, { name: 'Staff', lockdownExempt: true }, actor);
    expect(await recorded()).toEqual([
      ['access-group.added', { groupId: id }],
      ['access-group.changed', { groupId: id, fields: ['lockdownExempt'] }],
    ]);
    expect(await store.db.reader.accessGroup.findUnique({ where: { id } })).toMatchObject({
      lockdownExempt: true,
    });
  });

  it('keep their names apart', async () => {
    const staff = { name: 'Staff', lockdownExempt: false };
    const { id } = await addAccessGroup(store.events, { name: 'Students', lockdownExempt: false }, actor);
    await addAccessGroup(store.events, staff, actor);
    await expect(addAccessGroup(store.events, staff, actor)).rejects.toEqual(refused('conflict'));
    await expect(changeAccessGroup(store.events, id, staff, actor)).rejects.toEqual(refused('conflict'));
    await expect(changeAccessGroup(store.events, 'none', staff, actor)).rejects.toEqual(refused('not-found'));
  });

  it('take members in and let them go, once each', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, actor);
    expect(await addMembers(store.events, id, ['p1', 'p2', 'p1'], actor)).toEqual({ added: 2 });
    expect(await addMembers(store.events, id, ['p2'], actor)).toEqual({ added: 0 });
    expect(await removeMembers(store.events, id, ['p1', 'p3'], actor)).toEqual({ removed: 1 });
    expect(await recorded()).toEqual([
      ['access-group.added', { groupId: id }],
      ['access-group.changed', { groupId: id, fields: ['members'] }],
      ['cardholder.changed', { cardholderId: 'p1', fields: ['groupIds'] }],
      ['cardholder.changed', { cardholderId: 'p2', fields: ['groupIds'] }],
      ['access-group.changed', { groupId: id, fields: ['members'] }],
      ['cardholder.changed', { cardholderId: 'p1', fields: ['groupIds'] }],
    ]);
    const members = await store.db.reader.cardholderGroup.findMany();
    expect(members).toEqual([{ cardholderId: 'p2', groupId: id }]);
  });

  it('keep everything as it was when one of the people is not there', async () => {
    const { id } = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, actor);
    await expect(addMembers(store.events, id, ['p1', 'nobody'], actor)).rejects.toEqual(refused('not-found'));
    expect(await store.db.reader.cardholderGroup.count()).toBe(0);
    expect(await recorded()).toHaveLength(1);
  });
});

describe('access rules', () => {
  it('are added once, and removed', async () => {
    const group = await addAccessGroup(store.events, { name: 'Staff', lockdownExempt: false }, actor);
    const { id: scheduleId } = await addSchedule(store.events, schedule, actor);
    const rule = { groupId: group.id, laneId: 'l1', direction: 'both' as const, scheduleId };
    const { id } = await addAccessRule(store.events, rule, actor);
    await expect(addAccessRule(store.events, rule, actor)).rejects.toEqual(refused('conflict'));
    for (const wrong of [{ groupId: 'x' }, { laneId: 'x' }, { scheduleId: 'x' }]) {
      await expect(addAccessRule(store.events, { ...rule, ...wrong }, actor)).rejects.toEqual(
        refused('not-found'),
      );
    }
    await removeAccessRule(store.events, id, actor);
    await expect(removeAccessRule(store.events, id, actor)).rejects.toEqual(refused('not-found'));
    const named = { ruleId: id, groupId: group.id, laneId: 'l1' };
    expect((await recorded()).slice(2)).toEqual([
      ['access-rule.added', named],
      ['access-rule.removed', named],
    ]);
  });
});

describe('schedules', () => {
  it('keep their windows, and record what was changed', async () => {
    const { id } = await addSchedule(store.events, schedule, actor);
    const night = [{ day: '5' as const, startMinute: 1320, endMinute: 360 }];
    await changeSchedule(store.events, id, { name: 'Nights', windows: night }, actor);
    await changeSchedule(store.events, id, { windows: night }, actor);
    expect(await recorded()).toEqual([
      ['schedule.added', { scheduleId: id }],
      ['schedule.changed', { scheduleId: id, fields: ['name', 'windows'] }],
    ]);
    expect(await store.db.reader.scheduleWindow.findMany()).toMatchObject([{ scheduleId: id, ...night[0] }]);
  });

  it('refuse windows outside the day, and taken names', async () => {
    const wrong = { ...schedule, windows: [{ day: '1' as const, startMinute: 1440, endMinute: 1441 }] };
    await expect(addSchedule(store.events, wrong, actor)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: 'windows.0.startMinute' }, { path: 'windows.0.endMinute' }],
    });
    await addSchedule(store.events, schedule, actor);
    await expect(addSchedule(store.events, schedule, actor)).rejects.toEqual(refused('conflict'));
    await expect(changeSchedule(store.events, 'none', {}, actor)).rejects.toEqual(refused('not-found'));
  });
});

describe('the school calendar', () => {
  const day = { date: '2026-10-01', kind: 'holiday' as const, followsWeekday: null, name: 'Holiday' };

  it('is set, set otherwise and made ordinary again', async () => {
    await setCalendarDays(store.events, [day, { ...day, date: '2026-10-02' }], actor);
    await setCalendarDays(store.events, [{ ...day, kind: 'make-up', followsWeekday: 4 }], actor);
    await removeCalendarDays(store.events, ['2026-10-02'], actor);
    expect(await recorded()).toEqual([
      ['calendar.changed', { dates: ['2026-10-01', '2026-10-02'] }],
      ['calendar.changed', { dates: ['2026-10-01'] }],
      ['calendar.changed', { dates: ['2026-10-02'] }],
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
    await expect(setCalendarDays(store.events, wrong, actor)).rejects.toMatchObject({
      code: 'invalid-request',
      fields: [{ path: '0.date' }, { path: '2.date' }, { path: '3.followsWeekday' }],
    });
    await expect(removeCalendarDays(store.events, ['2026-10-01'], actor)).rejects.toEqual(
      refused('not-found'),
    );
    expect(await recorded()).toEqual([]);
  });
});
