/** A reader that refuses without end: the log stays short, the school is told, and whoever may pass passes. */
import { afterEach, expect, it } from 'vitest';
import type { DeviceStatus } from '../server/contract/devices.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { ids, tag } from './small-school.ts';

let campus: TestCampus;
afterEach(() => campus?.close());

const minute = 60_000;
const guess = (n: number) => campus.swipe(tag(100_000 + n));
const statusOf = async (deviceId: string): Promise<DeviceStatus | undefined> => {
  const admin = await campus.as('administrator');
  return (await admin('devices.list')).find(({ id }) => id === deviceId)?.status;
};
const openAlarms = async () => {
  await campus.app.campus.settled();
  const admin = await campus.as('administrator');
  const { alarms } = await admin('alarms.list', { query: {} });
  return alarms.map(({ kind, state, deviceId }) => `${kind} ${state} ${deviceId}`);
};

it('numbers that are tried out are counted, told as an alarm, and delay no grant; then all is as before', async () => {
  campus = await startCampus({ doors: false });
  const began = campus.clock.now();
  const pushed: (DeviceStatus['flood'] | undefined)[] = [];
  campus.app.campus.devices.onStatus(({ flood }) => pushed.push(flood));
  for (let n = 0; n < 200; n += 1) await guess(n);
  await campus.swipe('ok');
  await campus.swipe('lost');

  const own = await campus.events('passage.denied', 'passage.granted');
  expect(own).toHaveLength(62);
  expect(own.at(-2)).toMatchObject({ type: 'passage.granted', data: { cardholderId: 'person-ok' } });
  expect(own.at(-1)).toMatchObject({ type: 'passage.denied', data: { reason: 'credential-lost' } });
  expect(campus.app.campus.hardware.simulated(ids.relay)?.channels?.()).toEqual([true]);
  expect(await openAlarms()).toEqual([`reader-flood active ${ids.readerIn}`]);
  expect((await statusOf(ids.readerIn))?.flood).toEqual({ since: began, counted: 0 });

  await campus.clock.advanceAsync(minute);
  await campus.app.campus.settled();
  const where = { readerId: 'reader-in', laneId: ids.lane, direction: 'in', deviceId: ids.readerIn };
  expect(await campus.events('reader.refusals-counted')).toMatchObject([
    { data: { ...where, count: 140, firstAt: began, lastAt: began } },
  ]);
  expect((await statusOf(ids.readerIn))?.flood?.counted).toBe(140);

  await campus.clock.advanceAsync(minute);
  expect(await openAlarms()).toEqual([`reader-flood cleared ${ids.readerIn}`]);
  expect(await campus.events('reader.flood-ended')).toMatchObject([{ data: where }]);
  expect(pushed).toEqual([{ since: began, counted: 0 }, { since: began, counted: 140 }, undefined]);
  await guess(1000);
  expect((await campus.events('passage.denied')).at(-1)?.data).toMatchObject({
    reason: 'unknown-credential',
  });
});

it('a flood that runs when the server stops is counted until then, and ends after the next start', async () => {
  campus = await startCampus({ doors: false });
  for (let n = 0; n < 100; n += 1) await guess(n);
  await campus.restart();
  expect(await campus.events('reader.refusals-counted')).toMatchObject([{ data: { count: 40 } }]);
  expect((await statusOf(ids.readerIn))?.flood).toMatchObject({ counted: 0 });
  expect(await openAlarms()).toEqual([`reader-flood active ${ids.readerIn}`]);
  await campus.clock.advanceAsync(minute);
  expect(await openAlarms()).toEqual([`reader-flood cleared ${ids.readerIn}`]);
  expect((await statusOf(ids.readerIn))?.flood).toBeUndefined();
});

it('one tag at one reader over and over takes no row from another reader', async () => {
  campus = await startCampus({ doors: false });
  for (let n = 0; n < 30; n += 1) {
    await campus.swipe('unknown');
    await campus.clock.advanceAsync(1_000);
  }
  await campus.swipe('unknown', ids.readerOut);
  expect(await campus.events('passage.denied')).toHaveLength(11);
  await campus.clock.advanceAsync(minute);
  await campus.app.campus.settled();
  expect(await campus.events('reader.refusals-counted')).toMatchObject([{ data: { count: 20 } }]);
  expect(await openAlarms()).toEqual([]);
});
