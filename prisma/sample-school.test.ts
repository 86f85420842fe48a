import { inflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHardware } from '../hardware/index.ts';
import type { Read } from '../hardware/ports.ts';
import { decide } from '../server/access/decide.ts';
import { type Directory, openDirectory } from '../server/access/directory.ts';
import { createDevices } from '../server/gates/devices.ts';
import { openStore } from '../tests/open-store.ts';
import { avatarPng } from './sample-avatar.ts';
import { localDate, sampleCalendar, schoolDayUntil } from './sample-calendar.ts';
import { writeSampleSchool } from './sample-school.ts';
import { sampleWords } from './sample-words.ts';

const timeZone = 'Asia/Shanghai';
/** A Wednesday in term, 07:30 in Shanghai. */
const morning = Date.UTC(2026, 9, 20, 23, 30);
const hour = 3_600_000;

let store: Awaited<ReturnType<typeof openStore>>;
let directory: Directory;
beforeAll(async () => {
  store = await openStore();
  await store.db.transaction((tx) =>
    tx.school.create({ data: { id: 'sample-school', name: 'Sample', timeZone, language: 'en' } }),
  );
  directory = await openDirectory(store.db.reader);
  store.events.project(directory.follow);
  await store.events.change(async (tx) => ({
    result: undefined,
    events: await writeSampleSchool(tx, { language: 'en', timeZone, now: morning }),
  }));
});
afterAll(() => store.close());

/** What happens when the first person of whom this holds shows their card at a reader. */
async function swipe(deviceId: string, where: object, at = morning, status = 'active') {
  const row = await store.db.reader.credential.findFirst({
    where: {
      status,
      key: { startsWith: 'em4100' },
      cardholder: where,
      ...(status === 'active' ? plain : {}),
    },
    orderBy: { id: 'asc' },
  });
  const reader = directory.place(deviceId, 0);
  const credential = row && { technology: 'em4100' as const, bits: 40, value: row.key.slice(-10) };
  if (!reader || !credential) throw new Error('no such reader or card');
  const facts = directory.facts(reader, credential, () => undefined);
  if (!facts) throw new Error('the reader stands at no lane');
  const read: Read = { deviceId, reader: 0, at, credential };
  const decision = decide(facts, read, at);
  return decision.grant ? 'granted' : decision.reason;
}
const plain = { validFrom: null, validUntil: null };

describe('the sample school', () => {
  it('has its people, cards and photos', async () => {
    const { reader } = store.db;
    expect(await reader.cardholder.count()).toBe(420);
    expect(await reader.credential.count({ where: { key: { startsWith: 'em4100:40:' } } })).toBe(420);
    expect(await reader.credential.count({ where: { key: { startsWith: 'text:' } } })).toBeGreaterThan(5);
    for (const status of ['lost', 'suspended']) {
      expect(await reader.credential.count({ where: { status } })).toBeGreaterThan(2);
    }
    expect(await reader.photo.count()).toBeGreaterThan(300);
    expect(directory.count()).toMatchObject({ cardholders: 420 });
    const events = await store.events.readAfter(0, 10_000);
    expect(events.filter(({ type }) => type === 'cardholder.added')).toHaveLength(420);
    expect(JSON.stringify(events)).not.toContain('Maplewood');
  });

  it('lets people through as a school would', async () => {
    const student = { kind: 'student', status: 'active' };
    const staff = { kind: 'staff' };
    expect(await swipe('card-main-in-in', student)).toBe('granted');
    expect(await swipe('card-main-in-in', student, morning + 2 * hour)).toBe('outside-schedule');
    expect(await swipe('card-main-out-out', student, morning + 9 * hour)).toBe('granted');
    expect(await swipe('card-back-in', student)).toBe('no-rule');
    expect(await swipe('card-side-in', student)).toBe('no-rule');
    expect(await swipe('card-side-in', staff)).toBe('granted');
    expect(await swipe('card-back-in', { kind: 'guard' }, morning - 5 * hour)).toBe('granted');
    expect(await swipe('card-main-in-in', student, morning, 'lost')).toBe('credential-lost');
    expect(await swipe('card-main-in-in', student, morning, 'suspended')).toBe('credential-suspended');
    expect(await swipe('card-main-in-in', { status: 'suspended' })).toBe('cardholder-suspended');
    expect(await swipe('card-main-in-in', { kind: 'student', status: 'left' })).toBe('cardholder-left');
    const nationalDay = Date.UTC(2026, 9, 1, 23, 30);
    expect(await swipe('card-main-in-in', student, nationalDay)).toBe('outside-schedule');
  });

  it('has responders who pass in lockdown', async () => {
    const exempt = directory.groups().filter(({ lockdownExempt }) => lockdownExempt);
    expect(exempt.map(({ name }) => name)).toEqual(['Responders']);
    expect(await store.db.reader.cardholderGroup.count({ where: { groupId: exempt[0]?.id } })).toBe(6);
  });

  it('stands on devices that the hardware takes', async () => {
    const hardware = openHardware({ clock: store.clock, random: () => 0.5 });
    await createDevices({ events: store.events, reader: store.db.reader, hardware }).configure();
    await store.clock.advanceAsync(500);
    const states = hardware.statuses().map(({ state }) => state);
    expect(states.length).toBe(12);
    expect(new Set(states)).toEqual(new Set(['online']));
    const closed = hardware.close();
    await store.clock.advanceAsync(5_000);
    await closed;
  });
});

describe('its calendar', () => {
  const { days } = sampleWords['zh-CN'];

  it('is the school year around the day, each day once', () => {
    const calendar = sampleCalendar('2026-11-24', days);
    const dates = calendar.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].toSorted());
    expect(new Set(calendar.map(({ kind }) => kind))).toEqual(new Set(['holiday', 'half-day', 'make-up']));
    expect(dates[0]?.slice(0, 7)).toBe('2026-09');
    expect(dates.at(-1)).toBe('2027-08-31');
    for (const { date, kind } of calendar.filter((each) => each.kind !== 'holiday')) {
      expect([date, [6, 0].includes(new Date(date).getUTCDay())]).toEqual([date, kind === 'make-up']);
    }
    expect(sampleCalendar('2027-03-01', days).map(({ date }) => date)).toContain('2026-10-01');
  });

  it('makes the day on which it is loaded a school day', () => {
    expect(sampleCalendar('2027-07-14', days).some(({ date }) => date === '2027-07-14')).toBe(false);
    const sunday = sampleCalendar('2026-11-29', days).find(({ date }) => date === '2026-11-29');
    expect(sunday).toMatchObject({ kind: 'make-up', followsWeekday: 2 });
    expect(localDate(Date.UTC(2026, 11, 31, 16), timeZone)).toBe('2027-01-01');
  });
});

describe('the nearest school day', () => {
  it('is the day itself, or the one before holidays, week-ends, half days and make-up days', () => {
    const until: Record<string, string> = {
      '2026-11-25': '2026-11-25',
      '2026-11-29': '2026-11-27',
      // A half day on the Friday of that week.
      '2026-11-14': '2026-11-12',
      '2026-10-10': '2026-10-09',
      '2026-10-05': '2026-09-30',
      '2027-07-31': '2027-07-01',
    };
    for (const [date, day] of Object.entries(until))
      expect([date, schoolDayUntil(date)]).toEqual([date, day]);
  });
  it('may lie in the school year before', () => {
    expect(schoolDayUntil('2024-09-01')).toBe('2024-07-04');
  });
});

it('names every person differently, in both languages', () => {
  for (const { name } of Object.values(sampleWords)) {
    const names = Array.from({ length: 600 }, (_, n) => name(n));
    expect(new Set(names).size).toBe(600);
    expect(names.join()).not.toContain('undefined');
  }
});

describe('a drawn face', () => {
  const number = 3;
  const file = (of: number) => Buffer.from(avatarPng(of));
  const chunkOf = (bytes: Buffer, type: string) => {
    const at = bytes.indexOf(type, 0, 'latin1');
    return bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4));
  };

  it('is a sound PNG file, small, and of a size that a lane screen can show', () => {
    const bytes = file(number);
    expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
    const header = chunkOf(bytes, 'IHDR');
    expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([288, 288]);
    expect(inflateSync(chunkOf(bytes, 'IDAT'))).toHaveLength(288 * 289);
    expect(bytes.length).toBeLessThan(12_000);
  });

  it('has a colour for every pixel, whatever hair and glasses', () => {
    for (let of = 0; of < 12; of++) {
      const colours = chunkOf(file(of), 'PLTE').length / 3;
      expect(colours).toBeLessThanOrEqual(256);
      const highest = inflateSync(chunkOf(file(of), 'IDAT')).reduce((a, b) => Math.max(a, b), 0);
      expect(highest, `face ${of}`).toBe(colours - 1);
    }
  });

  it('has edges in colours between those that meet', () => {
    const palette = chunkOf(file(number), 'PLTE').toString('hex').match(/.{6}/g) ?? [];
    expect(new Set(palette).size).toBeGreaterThan(60);
  });

  it('is the same every time, and another for another number', () => {
    expect(file(number)).toEqual(file(number));
    const first = Array.from({ length: 24 }, (_, of) => file(of).toString('base64'));
    expect(new Set(first).size).toBe(24);
  });
});
