/** What people are told of a visit over the socket, and what the clock does with it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VisitNotice } from '../server/contract/visits.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, liveSocket } from './live-socket.ts';
import { ids } from './small-school.ts';
import { addType, codeOf, register, scanned } from './visits.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await startCampus({
    readerModel: { model: 'text-line', options: {} },
    readerOutModel: 'text-line',
    doors: false,
  });
});
afterEach(() => campus.close());

const hour = 3_600_000;
const types = async () =>
  (await campus.events()).map(({ type }) => type).filter((type) => type.startsWith('visit.'));

/** Lets time pass in looks of half a minute, each finished before the next. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 30_000) {
    await campus.clock.advanceAsync(Math.min(left, 30_000));
    await campus.app.campus.settled();
  }
}

async function newsOf(role: 'host' | 'guard') {
  const socket = liveSocket(campus.url, cookieHeader(await campus.browserCookies(role)));
  const heard: VisitNotice[] = [];
  const waiting: (() => void)[] = [];
  socket.on('visits:news', (notice: VisitNotice) => {
    heard.push(notice);
    for (const wake of waiting.splice(0)) wake();
  });
  await connected(socket);
  expect(await socket.emitWithAck('visits:watch')).toEqual({ ok: true });
  return {
    close: () => socket.disconnect(),
    async next(what: string): Promise<VisitNotice> {
      for (;;) {
        const found = heard.find((notice) => notice.what === what);
        if (found) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    heard,
  };
}

it('tells the host of their own visitors and the guard of all, and goes to the guard when nobody answers', async () => {
  const typeId = await addType(campus, { waitMinutes: 5 });
  const host = await campus.as('host');
  const { account } = await host('session.get');
  const [forHost, forGuard] = [await newsOf('host'), await newsOf('guard')];
  const other = await register(campus, typeId, { name: 'Of nobody' });
  const guest = await register(campus, typeId, { hostId: account.id });
  expect((await forHost.next('visit.added')).visitId).toBe(guest.visitId);
  expect((await forGuard.next('visit.added')).visitId).toBe(other.visitId);
  const guard = await campus.as('guard');
  const params = { id: guest.visitId };
  await expect(guard('visits.approve', { params, body: {} })).rejects.toMatchObject({
    problem: { why: 'visit.say-why' },
  });
  await pass(5 * 60_000);
  expect((await forHost.next('visit.lapsed')).visitId).toBe(guest.visitId);
  expect((await guard('visits.approve', { params, body: {} })).state).toBe('approved');
  await forGuard.next('visit.approved');
  expect(new Set(forHost.heard.map(({ visitId }) => visitId))).toEqual(new Set([guest.visitId]));
  forHost.close();
  forGuard.close();
});

it('reminds the host of who is still inside, then alarms the guard, then closes the visit as unseen', async () => {
  const typeId = await addType(campus, { approvals: [], stayMinutes: 60, closeMinute: 23 * 60 });
  const guest = await register(campus, typeId);
  const token = await codeOf(campus, guest);
  await campus.swipe(scanned(token));
  await pass(hour);
  expect(await types()).toContain('visit.overdue');
  expect(await types()).not.toContain('visit.long-overdue');
  const guard = await campus.as('guard');
  const params = { id: guest.visitId };
  expect(await guard('visits.get', { params })).toMatchObject({ state: 'inside', overdue: true });
  await pass(15 * 60_000);
  const { alarms } = await guard('alarms.list');
  expect(alarms).toMatchObject([{ kind: 'visitor-overdue', priority: 'medium' }]);
  // From a quarter to nine in the morning to eleven in the evening.
  await campus.clock.advanceAsync(14 * hour + 15 * 60_000);
  await pass(60_000);
  expect(await guard('visits.get', { params })).toMatchObject({ state: 'closed', unseenOut: true });
  expect(campus.app.campus.presence.standing(guest.passId)).toMatchObject({ direction: 'out' });
  expect((await types()).slice(-2)).toEqual(['visit.signed-out', 'visit.closed']);
  const counted = (await types()).filter((type) => type === 'visit.overdue' || type === 'visit.long-overdue');
  expect(counted).toEqual(['visit.overdue', 'visit.long-overdue']);

  // Inside all along: the pass opens the way out, once it is seen, and no way in.
  expect((await guard('visits.find', { body: { token } })).visit?.id).toBe(guest.visitId);
  await campus.swipe(scanned(token));
  expect((await campus.events('passage.denied')).at(-1)?.data).toMatchObject({ reason: 'pass-expired' });
  await campus.swipe(scanned(token), ids.readerOut);
  const left = campus.clock.now();
  expect((await campus.events('passage.granted')).at(-1)?.data).toMatchObject({ direction: 'out' });
  await campus.clock.advanceAsync(2_000);
  await campus.app.campus.settled();
  const seen = await guard('visits.get', { params });
  expect(seen).toMatchObject({ state: 'closed', unseenOut: false });
  expect(seen.leftAt).toBeGreaterThanOrEqual(left);
});

it('counts as inside, with an alarm, whoever is refused just while the lane lets them in, and lets them out', async () => {
  const guard = await campus.as('guard');
  const guest = await register(campus, await addType(campus, { approvals: [] }));
  const params = { id: guest.visitId };
  const code = await codeOf(campus, guest);
  await campus.swipe(scanned(code));
  const refused = await guard('visits.refuse', { params, body: { reason: 'Not today.' } });
  expect(refused.state).toBe('refused');
  await campus.clock.advanceAsync(20_000);
  await campus.app.campus.settled();
  expect((await guard('visits.get', { params })).state).toBe('inside');
  expect((await guard('alarms.list')).alarms).toMatchObject([
    { kind: 'visitor-uncleared', priority: 'high' },
  ]);
  await campus.swipe(scanned(code), ids.readerOut);
  await campus.clock.advanceAsync(20_000);
  await campus.app.campus.settled();
  expect((await guard('visits.get', { params })).state).toBe('left');
});

it('takes a guard’s word for the departure of who was closed as unseen', async () => {
  const typeId = await addType(campus, { approvals: [], stayMinutes: 60, closeMinute: 23 * 60 });
  const guest = await register(campus, typeId);
  await campus.swipe(scanned(await codeOf(campus, guest)));
  await campus.clock.advanceAsync(15.5 * hour);
  await pass(60_000);
  const guard = await campus.as('guard');
  const params = { id: guest.visitId };
  expect(await guard('visits.get', { params })).toMatchObject({ state: 'closed', unseenOut: true });
  const gone = await guard('visits.sign-out', { params, body: {} });
  expect(gone).toMatchObject({ state: 'closed', unseenOut: false, leftAt: campus.clock.now() });
  await expect(guard('visits.sign-out', { params, body: {} })).rejects.toMatchObject({
    problem: { why: 'visit.not-inside' },
  });
});

it('closes who has left quietly, and takes the receipts of host and guard', async () => {
  const host = await campus.as('host');
  const guard = await campus.as('guard');
  const { account } = await host('session.get');
  const typeId = await addType(campus, { approvals: [], stayMinutes: 60 });
  const guest = await register(campus, typeId, { hostId: account.id, items: '1 laptop' });
  const params = { id: guest.visitId };
  const code = await codeOf(campus, guest);
  const receipt = (which: 'met' | 'parted') => host('visits.receipt', { params, body: { receipt: which } });
  await expect(receipt('met')).rejects.toMatchObject({ problem: { why: 'visit.not-inside' } });
  await campus.swipe(scanned(code));
  await campus.clock.advanceAsync(20_000);
  await campus.app.campus.settled();
  await expect(receipt('parted')).rejects.toMatchObject({ problem: { why: 'visit.not-met' } });
  const { metAt } = await receipt('met');
  await receipt('parted');
  const items = { params, body: { receipt: 'items' } } as const;
  await expect(host('visits.receipt', items)).rejects.toMatchObject({ problem: { code: 'not-allowed' } });
  const seen = await guard('visits.receipt', items);
  expect([seen.metAt, seen.partedAt, seen.itemsAt]).toEqual(Array(3).fill(campus.clock.now()));
  await campus.clock.advanceAsync(1_000);
  expect((await receipt('met')).metAt).toBe(metAt);
  await campus.clock.advanceAsync(2_000);
  await campus.swipe(scanned(code), ids.readerOut);
  await campus.clock.advanceAsync(2_000);
  await campus.app.campus.settled();
  await campus.clock.advanceAsync(16 * hour);
  await pass(60_000);
  expect(await guard('visits.get', { params })).toMatchObject({ state: 'closed', unseenOut: false });
  expect(await types()).not.toContain('visit.signed-out');
  await campus.swipe(scanned(code));
  expect((await campus.events('passage.denied'))[0]?.data).toMatchObject({ reason: 'pass-expired' });
});
