import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore, testSchool } from '../../tests/open-store.ts';
import type { NewEvent } from '../contract/events.ts';
import type { Tx } from '../db.ts';
import { type Directory, openDirectory } from './directory.ts';

type Store = Awaited<ReturnType<typeof openStore>>;
let store: Store;
let directory: Directory;

beforeEach(async () => {
  store = await openStore();
  await store.db.transaction(fill);
  directory = await openDirectory(store.db.reader);
  store.events.project(directory.follow);
});
afterEach(() => store.close());

async function fill(tx: Tx): Promise<void> {
  await tx.school.create({
    data: { id: testSchool, name: 'Sample school', timeZone: 'Asia/Shanghai', language: 'en' },
  });
  await tx.gate.create({ data: { id: 'g1', name: 'South gate' } });
  await tx.zone.create({ data: { id: 'z1', name: 'Campus', apbMode: 'hard' } });
  await tx.lane.create({ data: { id: 'l1', gateId: 'g1', name: 'Lane 1', zoneId: 'z1' } });
  await tx.device.create({ data: { id: 'd1', name: 'Reader board', model: 'sim', addressKind: 'sim' } });
  await tx.reader.create({ data: { id: 'r1', name: 'Outside', deviceId: 'd1', number: 0, laneId: 'l1' } });
  await tx.reader.create({ data: { id: 'desk', name: 'Desk', deviceId: 'd1', number: 1 } });
  await tx.schedule.create({
    data: {
      id: 's1',
      name: 'Mondays',
      windows: { create: [{ id: 'w1', day: '1', startMinute: 390, endMinute: 1080 }] },
    },
  });
  await tx.calendarDay.create({ data: { date: '2026-10-01', kind: 'holiday', name: 'Holiday' } });
  await tx.accessGroup.create({ data: { id: 'students', name: 'Students' } });
  await tx.accessGroup.create({ data: { id: 'responders', name: 'Responders', lockdownExempt: true } });
  await tx.accessRule.create({
    data: { id: 'rule1', groupId: 'students', laneId: 'l1', direction: 'in', scheduleId: 's1' },
  });
  await tx.cardholder.create({
    data: {
      id: 'p1',
      kind: 'student',
      name: 'Student "One"',
      unit: '三年级 1 班',
      groups: { create: { groupId: 'students' } },
      credentials: { create: { id: 'c1', key: 'em4100:40:0A12345678', validUntil: 1_900_000_000_000n } },
    },
  });
}

const change = (work: (tx: Tx) => Promise<unknown>, ...events: NewEvent[]) =>
  store.events.change(async (tx) => {
    await work(tx);
    return { result: undefined, events };
  });

function facts(number = 0, value = '0A12345678') {
  const reader = directory.place('d1', number);
  if (!reader) throw new Error('no such reader');
  return directory.facts(reader, { technology: 'em4100', bits: value.length * 4, value }, () => undefined);
}
function known(value?: string) {
  const found = facts(0, value)?.found;
  if (found?.kind !== 'known') throw new Error(`the credential is ${found?.kind}`);
  return found;
}

describe('what was loaded', () => {
  it('has all that a decision needs', () => {
    expect(facts()).toMatchObject({
      reader: { id: 'r1', direction: 'in' },
      lane: {
        id: 'l1',
        posture: 'controlled',
        zone: { id: 'z1', apbMode: 'hard' },
        dps: undefined,
        rexReleases: true,
      },
      school: { timeZone: { name: 'Asia/Shanghai' } },
      found: {
        credential: { id: 'c1', status: 'active', validFrom: null, validUntil: 1_900_000_000_000 },
        cardholder: { id: 'p1', name: 'Student "One"', unit: '三年级 1 班', status: 'active' },
        groups: [{ id: 'students', lockdownExempt: false }],
        rules: [
          { id: 'rule1', schedule: { id: 's1', windows: { 1: [{ startMinute: 390, endMinute: 1080 }] } } },
        ],
      },
    });
    expect(directory.school()?.calendar.size).toBe(1);
    expect(directory.count()).toEqual({ cardholders: 1, credentials: 1 });
    expect(directory.person('p1')?.name).toBe('Student "One"');
    expect(directory.lanes().map(({ name }) => name)).toEqual(['Lane 1']);
  });

  it('asks for the last passage over the border of the lane’s zone', () => {
    const reader = directory.place('d1', 0);
    const asked: string[] = [];
    if (reader) {
      directory.facts(reader, { technology: 'em4100', bits: 40, value: '0A12345678' }, (...ids) => {
        asked.push(...ids);
        return undefined;
      });
    }
    expect(asked).toEqual(['p1', 'z1']);
  });

  it('knows strangers, desks and readers that nobody set up', () => {
    expect(facts(0, '0000000000')?.found).toEqual({ kind: 'unknown' });
    expect(facts(1)).toBeUndefined();
    expect(directory.place('d1', 7)).toBeUndefined();
    expect(directory.place('d2', 0)).toBeUndefined();
  });
});

describe('following the log', () => {
  it('sees a card lost, and a cardholder gone', async () => {
    const credential = { credentialId: 'c1', cardholderId: 'p1' };
    await change((tx) => tx.credential.update({ where: { id: 'c1' }, data: { status: 'lost' } }), {
      type: 'credential.changed',
      data: { ...credential, fields: ['status'] },
    });
    expect(known().credential.status).toBe('lost');
    await change((tx) => tx.cardholder.update({ where: { id: 'p1' }, data: { status: 'left' } }), {
      type: 'cardholder.changed',
      data: { cardholderId: 'p1', fields: ['status'] },
    });
    expect(known().cardholder.status).toBe('left');
  });

  it('sees a new person with a new card in one change', async () => {
    await change(
      (tx) =>
        tx.cardholder.create({
          data: {
            id: 'p2',
            kind: 'staff',
            name: 'Staff Two',
            credentials: { create: { id: 'c2', key: 'em4100:24:ABCDEF' } },
          },
        }),
      { type: 'cardholder.added', data: { cardholderId: 'p2' } },
      { type: 'credential.enrolled', data: { credentialId: 'c2', cardholderId: 'p2' } },
    );
    expect(known('1111ABCDEF')).toMatchObject({
      form: 'enrolled-shorter',
      cardholder: { id: 'p2' },
      rules: [],
    });
  });

  it('sees posture, zone and the place of readers', async () => {
    const where = { gateId: 'g1', laneId: 'l1' };
    await change((tx) => tx.lane.update({ where: { id: 'l1' }, data: { posture: 'lockdown' } }), {
      type: 'lane.posture-changed',
      data: { ...where, from: 'controlled', to: 'lockdown' },
    });
    expect(facts()?.lane.posture).toBe('lockdown');
    await change((tx) => tx.zone.update({ where: { id: 'z1' }, data: { apbMode: 'timed', apbMinutes: 5 } }), {
      type: 'zone.changed',
      data: { zoneId: 'z1', fields: ['apbMode', 'apbMinutes'] },
    });
    expect(facts()?.lane.zone).toMatchObject({ apbMode: 'timed', apbMinutes: 5 });
    await change((tx) => tx.reader.update({ where: { id: 'r1' }, data: { number: 3, direction: 'out' } }), {
      type: 'reader.changed',
      data: { readerId: 'r1', fields: ['number', 'direction'] },
    });
    expect(directory.place('d1', 0)).toBeUndefined();
    expect(facts(3)).toMatchObject({ reader: { direction: 'out' }, found: { rules: [] } });
    await change(
      async (tx) => {
        await tx.reader.deleteMany({ where: { deviceId: 'd1' } });
        await tx.device.delete({ where: { id: 'd1' } });
      },
      { type: 'device.removed', data: { deviceId: 'd1' } },
    );
    expect(directory.readers()).toEqual([]);
    expect(directory.place('d1', 3)).toBeUndefined();
  });

  it('forgets what is removed', async () => {
    await change((tx) => tx.accessRule.deleteMany(), {
      type: 'access-rule.removed',
      data: { ruleId: 'rule1', groupId: 'students', laneId: 'l1' },
    });
    await change((tx) => tx.accessGroup.delete({ where: { id: 'responders' } }), {
      type: 'access-group.removed',
      data: { groupId: 'responders' },
    });
    await change(
      async (tx) => {
        await tx.scheduleWindow.deleteMany({ where: { scheduleId: 's1' } });
        await tx.schedule.delete({ where: { id: 's1' } });
      },
      { type: 'schedule.removed', data: { scheduleId: 's1' } },
    );
    await change((tx) => tx.reader.deleteMany(), {
      type: 'reader.removed',
      data: { readerId: 'r1' },
    });
    await change((tx) => tx.lane.delete({ where: { id: 'l1' } }), {
      type: 'lane.removed',
      data: { gateId: 'g1', laneId: 'l1' },
    });
    await change((tx) => tx.zone.delete({ where: { id: 'z1' } }), {
      type: 'zone.removed',
      data: { zoneId: 'z1' },
    });
    await change(
      async (tx) => {
        await tx.lane.deleteMany({ where: { gateId: 'g1' } });
        await tx.gate.delete({ where: { id: 'g1' } });
      },
      { type: 'gate.removed', data: { gateId: 'g1' } },
    );
    expect(directory.group('responders')).toBeUndefined();
    expect(directory.schedule('s1')).toBeUndefined();
    expect(directory.lane('l1')).toBeUndefined();
    expect(directory.zone('z1')).toBeUndefined();
    expect(directory.gate('g1')).toBeUndefined();
  });

  it('sees groups, rules, schedules and the calendar', async () => {
    await change((tx) => tx.cardholderGroup.create({ data: { cardholderId: 'p1', groupId: 'responders' } }), {
      type: 'access-group.changed',
      data: { groupId: 'responders', fields: ['members'] },
    });
    expect(known().groups.map(({ id }) => id)).toEqual(['responders', 'students']);
    await change((tx) => tx.cardholderGroup.deleteMany({ where: { groupId: 'responders' } }), {
      type: 'access-group.changed',
      data: { groupId: 'responders', fields: ['members'] },
    });
    expect(known().groups.map(({ id }) => id)).toEqual(['students']);
    await change(
      (tx) =>
        tx.schedule.update({
          where: { id: 's1' },
          data: { ignoresCalendar: true, windows: { deleteMany: {} } },
        }),
      {
        type: 'schedule.changed',
        data: { scheduleId: 's1', fields: ['ignoresCalendar', 'windows'] },
      },
    );
    expect(known().rules[0]?.schedule).toMatchObject({ ignoresCalendar: true, windows: { 1: [] } });
    await change((tx) => tx.accessRule.delete({ where: { id: 'rule1' } }), {
      type: 'access-rule.removed',
      data: { ruleId: 'rule1', groupId: 'students', laneId: 'l1' },
    });
    expect(known().rules).toEqual([]);
    await change((tx) => tx.calendarDay.deleteMany(), {
      type: 'calendar.changed',
      data: { dates: ['2026-10-01'] },
    });
    expect(directory.school()?.calendar.size).toBe(0);
  });

  it('sees another time zone, and a whole school that was set up', async () => {
    await change(
      (tx) => tx.school.update({ where: { id: testSchool }, data: { timeZone: 'Europe/London' } }),
      {
        type: 'school.changed',
        data: { fields: ['timeZone'] },
      },
    );
    expect(facts()?.school.timeZone.name).toBe('Europe/London');
    await change((tx) => tx.gate.create({ data: { id: 'g2', name: 'North gate' } }), {
      type: 'school.set-up',
      data: { schoolId: testSchool, sample: true },
    });
    expect(directory.gates().map(({ id }) => id)).toEqual(['g2', 'g1']);
    expect(known().cardholder.id).toBe('p1');
  });

  it('takes thousands of people at once', async () => {
    const many = Array.from({ length: 3_000 }, (_, i) => `bulk-${i}`);
    await change(
      (tx) => tx.cardholder.createMany({ data: many.map((id) => ({ id, kind: 'student', name: id })) }),
      ...many.map((cardholderId): NewEvent => ({ type: 'cardholder.added', data: { cardholderId } })),
    );
    expect(directory.count().cardholders).toBe(3_001);
    expect(directory.person('bulk-2999')?.name).toBe('bulk-2999');
  });
});
