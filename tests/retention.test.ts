/** What is kept of visitors is erased in time, and the log's chain stays whole. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import { eraseDue } from '../server/visits/retention.ts';
import { keepVisits } from '../server/visits/visit-keeper.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { addType, register } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await startCampus({ doors: false });
});
afterEach(() => campus.close());

const day = 86_400_000;
const number = '11010519491231002X';
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);

/** The clock set, as over a holiday that the server slept through, and the two jobs run. */
async function jobs(at: number): Promise<void> {
  const { db, events } = campus.app.campus;
  const parts = {
    reader: db.reader,
    questions: db.questions,
    events,
    clock: { now: () => at, after: () => () => {} },
  };
  await keepVisits({ ...parts, localAt: (instant) => ({ day: Math.floor(instant / day), minute: 0 }) });
  await eraseDue(parts);
}

it('photos first, then everything personal, of nobody who still comes, and says how much', async () => {
  const typeId = await addType(campus, { approvals: [], keepDays: 180, keepPhotoDays: 30 });
  const lasting = await addType(campus, {
    approvals: [],
    keepDays: 900,
    names: { 'zh-CN': '官员', en: 'Official' },
  });
  const paper = { name: 'Erasable Test', idKind: 'resident-id', idNumber: number, phone: '13800138000' };
  const guest = await register(campus, typeId, {
    ...paper,
    companions: ['Companion Test'],
    plate: '京A12345',
  });
  const { db } = campus.app.campus;
  await db.transaction(async (tx) => {
    const entry = { list: 'watch', name: 'Erasable Entry', reason: 'test', createdAt: 0 };
    await tx.screeningEntry.create({ data: { ...entry, id: 'off', removedAt: campus.clock.now() } });
    await tx.screeningEntry.create({ data: { ...entry, id: 'out', validUntil: campus.clock.now() } });
    await tx.screeningEntry.create({ data: { ...entry, id: 'on' } });
    await tx.visitHold.create({ data: { visitId: guest.visitId, entryId: 'off', how: 'name' } });
    await tx.visit.update({ where: { id: guest.visitId }, data: { department: 'Erasable Office' } });
    await tx.photo.create({ data: { id: 'photo', contentType: 'image/png', bytes: png } });
    await tx.visit.update({ where: { id: guest.visitId }, data: { photoId: 'photo' } });
  });
  const refused = await register(
    campus,
    await addType(campus, {
      names: { 'zh-CN': '亲戚', en: 'Relative' },
      approvals: ['guard'],
      keepDays: 180,
    }),
    { name: 'Erasable Relative' },
  );
  await (await campus.as('guard'))('visits.refuse', {
    params: { id: refused.visitId },
    body: { reason: 'said that Erasable Test sent them' },
  });
  const start = campus.clock.now();
  const shown = async () => (await campus.as('guard'))('visits.get', { params: { id: guest.visitId } });
  const inStore = async () => {
    const all = [
      await db.reader.visitor.findMany(),
      await db.reader.visit.findMany(),
      await db.reader.event.findMany({ select: { body: true, note: true } }),
    ];
    return JSON.stringify(all, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  };

  await jobs(start + 29 * day);
  expect(await shown()).toMatchObject({ state: 'closed', photoId: 'photo' });
  await jobs(start + 32 * day);
  expect(await shown()).toMatchObject({
    photoId: null,
    plate: '京A12345',
    visitor: { name: 'Erasable Test' },
  });
  expect(await db.reader.photo.count()).toBe(0);

  const again = await register(campus, lasting, paper);
  expect((await campus.events('visit.refused'))[0]?.note).toContain('Erasable');
  await jobs(start + 182 * day);
  const [word] = await campus.events('visit.refused');
  expect(word?.data).toMatchObject({ visitId: refused.visitId });
  expect(word?.note).toBeUndefined();
  expect(await db.reader.event.count({ where: { type: 'visit.refused', noteSalt: null } })).toBe(1);
  expect(await shown()).toMatchObject({ plate: null, companions: [], visitor: { name: 'Erasable Test' } });
  expect(again.visitId).not.toBe(guest.visitId);
  expect(await db.reader.visitHold.count()).toBe(0);
  expect(await db.reader.screeningEntry.count()).toBe(3);
  await jobs(start + 902 * day);
  expect((await db.reader.screeningEntry.findMany()).map(({ id }) => id)).toEqual(['on']);
  expect(await inStore()).not.toMatch(/Erasable|Companion|13800138000|A12345/);
  const visitor = { name: '', phone: null, idNumber: null };
  expect(await shown()).toMatchObject({ visitor });
  const told = await campus.events('visits.erased');
  expect(told.map(({ data }) => data)).toEqual([
    { visits: 0, visitors: 0, photos: 1 },
    { visits: 1, visitors: 0, photos: 0 },
    { visits: 1, visitors: 1, photos: 0 },
    { visits: 1, visitors: 1, photos: 0 },
  ]);
  await jobs(start + 903 * day);
  expect((await campus.events('visits.erased')).length).toBe(4);
  expect(verifyLog(campus.dataDir).code).toBe(0);
});
