/** A lockdown that is ordered while the disk is full: in force at once, over a restart, and on record in the end. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import { ApiError, type Client } from '../server/contract/client.ts';
import type { Posture } from '../server/contract/words.ts';
import { fillDisk, limitPages, makeSpace, untilRecovered } from './full-disk.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { connected, cookieHeader, liveSocket } from './live-socket.ts';
import { ids } from './small-school.ts';

/** A disk does not get room by a restart of the server, but a page limit ends with its connection. */
const disk = vi.hoisted(() => ({ full: false }));
vi.mock('../server/db.ts', async (original) => {
  const real = await original<typeof import('../server/db.ts')>();
  return {
    ...real,
    async openDatabase(...args: Parameters<typeof real.openDatabase>) {
      const db = await real.openDatabase(...args);
      if (disk.full) await limitPages(db, 1);
      return db;
    },
  };
});

let campus: TestCampus;
let admin: Client;
let guard: Client;
/** The last event before the disk was full. */
let last: number;
beforeEach(async () => {
  campus = await startCampus({ doors: false });
  await campus.clock.advanceAsync(2000);
  [admin, guard] = [await campus.as('administrator'), await campus.as('guard')];
  last = await fillDisk(campus.app.campus);
  disk.full = true;
});
afterEach(async () => {
  disk.full = false;
  await campus.close();
});

const inside = () => campus.app.campus;
const order = (posture: Posture, reason: string) =>
  admin('lanes.posture', { params: { id: ids.lane }, body: { posture, reason } });
const relayOn = () => inside().hardware.simulated(ids.relay)?.channels?.()[0];
async function restart(): Promise<void> {
  await campus.restart();
  [admin, guard] = [await campus.as('administrator'), await campus.as('guard')];
}
const row = async () => (await inside().db.reader.lane.findUnique({ where: { id: ids.lane } }))?.posture;
/** Where people and swipes look for it. */
async function inForce(): Promise<unknown[]> {
  const { lanes, states } = await guard('campus.get');
  return [
    inside().directory.lane(ids.lane)?.posture,
    lanes.find(({ id }) => id === ids.lane)?.posture,
    states.find(({ laneId }) => laneId === ids.lane)?.posture,
  ];
}
const everywhere = (posture: Posture) => [posture, posture, posture];
async function roomAgain(): Promise<void> {
  disk.full = false;
  await makeSpace(inside());
}
/** The postures on record, each from what to what, and whether it had waited. */
const recorded = async () =>
  (await campus.events('lane.posture-changed')).map(({ data, spilled, note }) => [
    'from' in data && data.from,
    'to' in data && data.to,
    spilled ?? false,
    note,
  ]);
const lastDenied = async () => (await campus.events('passage.denied')).at(-1)?.data;

it('is in force at once: for a card, at the relay, on the screens; record and row follow when there is room', async () => {
  const watching = liveSocket(campus.url, cookieHeader(await campus.browserCookies('guard')));
  const told: Posture[] = [];
  watching.on('states:lanes', (states) => told.push(...states.map(({ posture }) => posture)));
  await connected(watching);
  expect(await watching.emitWithAck('states:watch')).toEqual({ ok: true });

  expect((await order('lockdown', 'stranger at the gate')).posture).toBe('lockdown');
  expect(await inForce()).toEqual(everywhere('lockdown'));
  await campus.swipe('ok');
  expect(relayOn()).toBe(false);

  expect((await order('free', 'evacuation')).posture).toBe('free');
  await inside().lanes.settled();
  expect(relayOn()).toBe(true);
  expect((await order('lockdown', 'all out, nobody in')).posture).toBe('lockdown');
  await inside().lanes.settled();
  expect(relayOn()).toBe(false);
  // What is in force already is no second order.
  await order('lockdown', 'all out, nobody in');
  await vi.waitUntil(() => told.at(-1) === 'lockdown' && told.includes('free'));
  watching.close();
  expect(await row()).toBe('controlled');
  expect(inside().events.head().seq).toBe(last);

  await roomAgain();
  await untilRecovered(campus);
  expect(await recorded()).toEqual([
    ['controlled', 'lockdown', true, 'stranger at the gate'],
    ['lockdown', 'free', true, 'evacuation'],
    ['free', 'lockdown', true, 'all out, nobody in'],
  ]);
  expect(await row()).toBe('lockdown');
  expect(await inForce()).toEqual(everywhere('lockdown'));
  expect(await lastDenied()).toMatchObject({ reason: 'lane-lockdown', cardholderId: 'person-ok' });
  await order('controlled', 'over');
  expect((await recorded()).at(-1)).toEqual(['lockdown', 'controlled', false, 'over']);
  expect(await row()).toBe('controlled');
  expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
});

it('stays in force when the lane is read again before its row has followed', async () => {
  await order('lockdown', 'a drill');
  await roomAgain();
  // The store takes changes again, the recorder has not yet tried.
  await admin('lanes.change', { params: { id: ids.lane }, body: { pulseMs: 900, reason: 'too short' } });
  expect(inside().recorder.status().mode).toBe('spill');
  expect(await row()).toBe('controlled');
  expect(await inForce()).toEqual(everywhere('lockdown'));
  expect(inside().directory.lane(ids.lane)?.pulseMs).toBe(900);
  // Behind the one that waits, not before it.
  await order('disabled', 'broken as well');
  expect(await row()).toBe('controlled');
  await untilRecovered(campus);
  expect((await recorded()).map(([, to]) => to)).toEqual(['lockdown', 'disabled']);
  expect(await row()).toBe('disabled');
  expect(await inForce()).toEqual(everywhere('disabled'));
});

it('outlives a restart while the disk is still full, and is on record once when there is room', async () => {
  await order('free', 'evacuation');
  await order('lockdown', 'all out, nobody in');
  await restart();
  expect(inside().recorder.status().mode).toBe('spill');
  expect(await row()).toBe('controlled');
  expect(await inForce()).toEqual(everywhere('lockdown'));
  await campus.swipe('ok');
  expect(relayOn()).toBe(false);
  await order('free', 'all clear');
  await inside().lanes.settled();
  await restart();
  await campus.clock.advanceAsync(2000);
  await inside().lanes.settled();
  expect(await inForce()).toEqual(everywhere('free'));
  expect(relayOn()).toBe(true);

  await roomAgain();
  await untilRecovered(campus);
  await restart();
  expect(await inForce()).toEqual(everywhere('free'));
  expect(await row()).toBe('free');
  expect((await recorded()).map(([from, to]) => `${from} ${to}`)).toEqual([
    'controlled free',
    'free lockdown',
    'lockdown free',
  ]);
  expect(await lastDenied()).toMatchObject({ reason: 'lane-lockdown' });
  expect(await campus.events('store.recovered')).toHaveLength(1);
  expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
});

it('is what the lane comes up with after a restart that finds room', async () => {
  await order('lockdown', 'stranger at the gate');
  await campus.stop();
  disk.full = false;
  await restart();
  expect(await inForce()).toEqual(everywhere('lockdown'));
  expect(await row()).toBe('lockdown');
  expect(await recorded()).toEqual([['controlled', 'lockdown', true, 'stranger at the gate']]);
});

it('is refused where not even the spill takes it, and nothing has changed', async () => {
  const { recorder } = inside();
  for (let length = 1_000_000; length > 10; length /= 10) {
    const event = { type: 'system.stopped', data: {}, note: 'x'.repeat(length) } as const;
    for (let full = false; !full; ) await recorder.record(event).catch(() => (full = true));
  }
  const refused = await order('lockdown', 'stranger at the gate').catch((error: unknown) => error);
  expect(refused instanceof ApiError && refused.code).toBe('store-unavailable');
  expect(await inForce()).toEqual(everywhere('controlled'));
  await campus.swipe('ok');
  expect(relayOn()).toBe(false);
});
