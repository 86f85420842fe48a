/** A full disk while the gates are in use: people still pass, nothing is lost, and everyone who must know is told. */
import { afterEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import { ApiError } from '../server/contract/client.ts';
import type { LoggedEvent } from '../server/contract/events.ts';
import { fillDisk, makeSpace, untilRecovered } from './full-disk.ts';
import { type CampusOptions, startCampus, type TestCampus } from './harness.ts';
import { ids } from './small-school.ts';

let campus: TestCampus;
afterEach(() => campus?.close());

const start = async (options?: CampusOptions) => {
  campus = await startCampus({ doors: false, ...options });
  await campus.swipe('other');
  await campus.clock.advanceAsync(2000);
  await campus.app.campus.settled();
};

const relayOn = () => campus.app.campus.hardware.simulated(ids.relay)?.channels?.()[0];
const status = () => campus.app.campus.recorder.status();
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof ApiError ? error.code : Promise.reject(error)),
  );

/** One word for each event, in order. */
async function storyAfter(seq: number): Promise<string[]> {
  const events = await campus.events();
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  return events.filter((event) => event.seq > seq).map(word);
}

function word(event: LoggedEvent): string {
  return [event.spilled ? '*' : '', event.type, detail(event)].join('').trim();
}

function detail({ type, data }: LoggedEvent): string {
  if (type === 'passage.granted') return ` ${data.flags.join()}`;
  if (type === 'passage.denied') return ` ${data.reason}`;
  return type === 'passage.outcome' ? ` ${data.outcome}` : '';
}

describe('while the disk is full', () => {
  it('known people pass and their records wait; later they stand in the log, once, in order and marked', async () => {
    await start();
    const admin = await campus.as('administrator');
    const last = await fillDisk(campus.app.campus);
    const began = campus.clock.now();

    await campus.swipe('ok');
    expect(relayOn()).toBe(true);
    expect(status()).toMatchObject({ mode: 'spill', code: 'full', since: began });
    await campus.clock.advanceAsync(2000);
    expect(relayOn()).toBe(false);
    await campus.swipe('lost');
    await campus.swipe('unknown');
    const opened = await admin('lanes.open', { params: { id: ids.lane }, body: { reason: 'parents’ day' } });
    expect(opened).toEqual({ relay: 'sent' });
    expect(relayOn()).toBe(true);
    await campus.app.campus.settled();
    // Retries that fail lose nothing.
    await campus.clock.advanceAsync(60_000);
    expect(status().mode).toBe('spill');
    expect(campus.app.campus.events.head().seq).toBe(last);

    await makeSpace(campus.app.campus);
    await untilRecovered(campus);
    await campus.swipe('responder');
    await campus.app.campus.settled();
    expect(await storyAfter(last)).toEqual([
      '*store.fault',
      '*passage.granted store-fault',
      '*passage.outcome assumed',
      '*passage.denied credential-lost',
      '*passage.denied unknown-credential',
      '*lane.opened',
      '*lane.release-outcome',
      'store.recovered',
      'alarm.raised',
      'alarm.cleared',
      'passage.granted',
      'passage.outcome assumed',
    ]);
    const [byHand] = await campus.events('lane.opened');
    expect(byHand).toMatchObject({ note: 'parents’ day', actorId: expect.any(String), spilled: true });
    const [fault] = await campus.events('store.fault');
    expect(fault).toMatchObject({ at: began, data: { code: 'full' } });
    expect(await campus.events('store.recovered')).toMatchObject([{ data: { replayed: 7 } }]);
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });

  it('a lane that is set so refuses all', async () => {
    await start({ onStoreFault: 'refuse-all' });
    const last = await fillDisk(campus.app.campus);
    await campus.swipe('ok');
    await campus.clock.advanceAsync(2000);
    await campus.swipe('ok');
    expect(relayOn()).toBe(false);
    await makeSpace(campus.app.campus);
    await untilRecovered(campus);
    expect((await storyAfter(last)).slice(0, 4)).toEqual([
      '*store.fault',
      '*passage.denied store-fault',
      '*passage.denied store-fault',
      'store.recovered',
    ]);
    await campus.swipe('ok');
    expect(relayOn()).toBe(true);
  });

  it('no change is half done: the answer is 503, and what was asked for is not there', async () => {
    await start();
    const admin = await campus.as('administrator');
    const guard = await campus.as('guard');
    await fillDisk(campus.app.campus);
    const before = await admin('campus.get');
    const changes = [
      admin('gates.add', { body: { name: 'North gate' } }),
      admin('lanes.change', { params: { id: ids.lane }, body: { pulseMs: 900, reason: 'too short' } }),
      admin('credentials.change', {
        params: { id: 'credential-ok' },
        body: { status: 'lost', reason: 'reported' },
      }),
    ];
    expect(await Promise.all(changes.map(codeOf))).toEqual(Array(3).fill('store-unavailable'));
    // What only reads goes on, for those who are signed in.
    expect(await admin('campus.get')).toEqual(before);
    expect((await guard('log.list', { query: { limit: 5 } })).rows).toHaveLength(5);
    expect(relayOn()).toBe(false);
    await makeSpace(campus.app.campus);
    expect(await codeOf(admin('gates.add', { body: { name: 'North gate' } }))).toBe('done');
    expect((await admin('campus.get')).gates.map(({ name }) => name)).toEqual(['Main gate', 'North gate']);
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });

  it('a critical alarm is shown at once, though the log cannot tell of it, and its history afterwards', async () => {
    await start();
    const guard = await campus.as('guard');
    expect(await guard('alarms.list', {})).toMatchObject({ alarms: [], open: 0 });
    await fillDisk(campus.app.campus);
    await campus.swipe('ok');
    const raisedAt = campus.clock.now();
    const during = await guard('alarms.list', {});
    expect(during).toMatchObject({
      open: 1,
      alarms: [{ kind: 'store-fault', priority: 'critical', state: 'active', raisedAt }],
    });
    const { id } = during.alarms[0] ?? { id: '' };
    expect(await codeOf(guard('alarms.acknowledge', { params: { id } }))).not.toBe('done');
    await makeSpace(campus.app.campus);
    await untilRecovered(campus);
    const after = await guard('alarms.list', {});
    expect(after.alarms).toMatchObject([{ kind: 'store-fault', state: 'cleared', raisedAt }]);
    expect(after.alarms[0]?.id).not.toBe(id);
    await guard('alarms.acknowledge', { params: { id: after.alarms[0]?.id ?? '' } });
    expect(await guard('alarms.list', {})).toMatchObject({ alarms: [], open: 0 });
  });
});

it('what waits survives a restart, and is replayed first', async () => {
  await start({ apb: { mode: 'hard' } });
  const last = await fillDisk(campus.app.campus);
  await campus.swipe('ok');
  await campus.clock.advanceAsync(2000);
  await campus.stop();
  // The new connection knows no limit: there is space again.
  await campus.restart();
  await campus.app.campus.settled();
  expect(await storyAfter(last)).toEqual([
    '*store.fault',
    '*passage.granted store-fault',
    '*passage.outcome assumed',
    '*system.stopped',
    'store.recovered',
    'system.started',
    'alarm.raised',
    'alarm.cleared',
  ]);
  expect(await campus.events('system.started')).toMatchObject([{}, {}, { data: { recovered: 4 } }]);
  // They are inside, as if the disk had never been full.
  await campus.swipe('ok');
  expect((await campus.events('passage.denied')).map(word)).toEqual(['passage.denied anti-passback']);
  await campus.restart();
  expect(await campus.events('store.recovered')).toHaveLength(1);
  expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
});
