/** What happens at a lane after a release and without one, through the whole server: bytes in, records and alarms out. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import type { AlarmKind } from '../server/contract/words.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { type CardName, ids } from './small-school.ts';
import { untilState } from './until.ts';

let campus: TestCampus;
afterEach(() => campus?.close());

const start = async () => {
  campus = await startCampus();
  const { hardware } = campus.app.campus;
  for (const id of [ids.readerIn, ids.relay, ids.inputs]) await untilState(hardware, id, 'online');
  await pass(0);
  return campus.app.campus.events.head().seq;
};

/** The clock goes on, and all that follows from it is recorded. */
async function pass(ms: number): Promise<void> {
  await campus.clock.advanceAsync(ms);
  await campus.app.campus.settled();
}

function device(id: string) {
  const found = campus.app.campus.hardware.simulated(id);
  if (!found) throw new Error(`no simulated device ${id}`);
  return found;
}
async function door(open: boolean): Promise<void> {
  device(ids.inputs).setInput?.(0, open);
  await pass(0);
}
async function button(pressed: boolean): Promise<void> {
  device(ids.inputs).setInput?.(1, pressed);
  await pass(0);
}
async function hold(card: CardName): Promise<void> {
  await campus.swipe(card);
  await pass(0);
}
async function plug(id: string, unplugged: boolean): Promise<void> {
  const seen = untilState(campus.app.campus.hardware, id, unplugged ? 'offline' : 'online');
  device(id).misbehave({ unplugged });
  await pass(unplugged ? 2000 : 10_000);
  await seen;
  await pass(0);
}
const relayOn = () => device(ids.relay).channels?.()[0];
const state = async () => (await (await campus.as('guard'))('campus.get')).states[0];
const openAlarms = async (): Promise<AlarmKind[]> =>
  (await (await campus.as('guard'))('alarms.list', {})).alarms
    .filter((alarm) => alarm.state === 'active')
    .map(({ kind }) => kind);

/** What was recorded after that: type, and what tells one from another. Sessions of the test are left out. */
async function storyAfter(seq: number): Promise<string[]> {
  const events = await campus.events();
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  return events
    .filter(({ seq: at, type }) => at > seq && !/^(account|session)\./.test(type))
    .map(({ type, data }) => {
      const { outcome, kind, after, fault } = data as Record<string, unknown>;
      return [type, outcome, kind, after, fault].filter((each) => each !== undefined).join(' ');
    });
}

describe('after a grant', () => {
  it('who goes through has entered', async () => {
    const seq = await start();
    await hold('ok');
    expect(relayOn()).toBe(true);
    await pass(300);
    await door(true);
    await pass(1000);
    expect(relayOn()).toBe(false);
    await door(false);
    await pass(60_000);
    expect(await storyAfter(seq)).toEqual(['passage.granted', 'passage.outcome entered']);
    const [outcome] = await campus.events('passage.outcome');
    expect(outcome?.data).toMatchObject({ of: seq + 1, cardholderId: 'person-ok', relay: 'sent' });
  });

  it('who does not go through has not entered', async () => {
    const seq = await start();
    await hold('ok');
    await pass(7_900);
    expect(await storyAfter(seq)).toEqual(['passage.granted']);
    await pass(200);
    expect(await storyAfter(seq)).toEqual([
      'passage.granted',
      'passage.outcome not-entered',
      'alarm.raised not-entered',
    ]);
  });

  it('a door that stays open warns, then alarms, then is secured', async () => {
    const seq = await start();
    await hold('ok');
    await door(true);
    await pass(15_000);
    expect((await storyAfter(seq)).at(-1)).toBe('lane.held-warning');
    expect(await openAlarms()).toEqual([]);
    await pass(15_000);
    expect(await openAlarms()).toEqual(['held']);
    expect(await state()).toMatchObject({ open: true, alarm: 'held' });
    await door(false);
    expect(await openAlarms()).toEqual([]);
    expect(await storyAfter(seq)).toEqual([
      'passage.granted',
      'passage.outcome entered',
      'lane.held-warning',
      'lane.held',
      'alarm.raised held',
      'lane.secured held',
      'alarm.cleared held',
    ]);
  });

  it('a relay that is not there is a fault, and an alarm until one moves again', async () => {
    const seq = await start();
    await plug(ids.relay, true);
    await hold('ok');
    expect(await openAlarms()).toEqual(expect.arrayContaining(['relay-fault', 'device-offline']));
    await plug(ids.relay, false);
    expect(relayOn()).toBe(false);
    expect(await openAlarms()).toEqual(['relay-fault']);
    await hold('other');
    expect(relayOn()).toBe(true);
    await door(true);
    expect(await openAlarms()).toEqual([]);
    expect((await storyAfter(seq)).filter((word) => word.startsWith('passage'))).toEqual([
      'passage.granted',
      'passage.outcome relay-fault',
      'passage.granted',
      'passage.outcome entered',
    ]);
  });
});

describe('without a grant', () => {
  it('a door that opens was forced, until it is closed', async () => {
    const seq = await start();
    await door(true);
    expect(await openAlarms()).toEqual(['forced']);
    expect(await state()).toMatchObject({ open: true, alarm: 'forced', released: false });
    await door(false);
    expect(await openAlarms()).toEqual([]);
    expect(await storyAfter(seq)).toEqual([
      'lane.forced',
      'alarm.raised forced',
      'lane.secured forced',
      'alarm.cleared forced',
    ]);
  });

  it('who asks to leave by the button is let out, and forces nothing', async () => {
    const seq = await start();
    await button(true);
    expect(relayOn()).toBe(true);
    await button(false);
    await door(true);
    await door(false);
    await pass(60_000);
    expect(await storyAfter(seq)).toEqual(['lane.rex']);
    await door(true);
    expect((await storyAfter(seq)).slice(1)).toEqual(['lane.forced', 'alarm.raised forced']);
  });

  it('a forced door is told across a restart, once', async () => {
    const seq = await start();
    await door(true);
    await campus.restart();
    await untilState(campus.app.campus.hardware, ids.inputs, 'online');
    await pass(0);
    // The simulated board is a new one, and its door is closed.
    expect((await storyAfter(seq)).filter((word) => /^(lane|alarm)/.test(word))).toEqual([
      'lane.forced',
      'alarm.raised forced',
      'lane.secured forced',
      'alarm.cleared forced',
    ]);
  });

  it('a reader that is pulled out is off line within two seconds, and an alarm until it is back', async () => {
    const seq = await start();
    const pulled = campus.clock.now();
    await plug(ids.readerIn, true);
    const [offline] = await campus.events('device.offline');
    expect((offline?.at ?? Number.POSITIVE_INFINITY) - pulled).toBeLessThanOrEqual(2000);
    expect(await openAlarms()).toEqual(['device-offline']);
    await plug(ids.readerIn, false);
    expect(await openAlarms()).toEqual([]);
    expect(await storyAfter(seq)).toEqual([
      'device.offline unplugged',
      'alarm.raised device-offline',
      'device.online',
      'alarm.cleared device-offline',
    ]);
    await hold('ok');
    expect((await storyAfter(seq)).at(-1)).toBe('passage.granted');
  });
});

describe('people with rights', () => {
  it('hold a lane open by its posture, and let it fall', async () => {
    await start();
    const admin = await campus.as('administrator');
    const set = async (posture: 'free' | 'controlled') => {
      await admin('lanes.posture', { params: { id: ids.lane }, body: { posture, reason: 'sports day' } });
      await pass(0);
    };
    const { seq } = campus.app.campus.events.head();
    await set('free');
    expect(relayOn()).toBe(true);
    await pass(600_000);
    expect(relayOn()).toBe(true);
    await hold('no-rule');
    await door(true);
    await pass(120_000);
    await door(false);
    expect(relayOn()).toBe(true);
    await set('controlled');
    expect(relayOn()).toBe(false);
    const [granted] = await campus.events('passage.granted');
    expect(granted?.data).toMatchObject({ cardholderId: 'person-no-rule', flags: ['lane-free'] });
    expect((await storyAfter(seq)).filter((word) => !word.startsWith('passage'))).toEqual([
      'lane.posture-changed',
      'lane.posture-changed',
    ]);
  });

  it('open by hand with a reason, which stands beside the record and not in what is hashed', async () => {
    await start();
    const guard = await campus.as('guard');
    const { account } = await guard('session.get');
    const reason = 'a wheelchair for the nurse';
    const { seq, relay } = await guard('lanes.open', { params: { id: ids.lane }, body: { reason } });
    expect(relay).toBe('sent');
    expect(relayOn()).toBe(true);
    await door(true);
    await door(false);
    const events = await campus.events('lane.opened', 'lane.release-outcome', 'lane.forced');
    expect(events).toMatchObject([
      { type: 'lane.opened', seq, actorId: account.id, note: reason },
      { type: 'lane.release-outcome', data: { by: 'hand', of: seq, outcome: 'entered', relay: 'sent' } },
    ]);
    const store = new Database(join(campus.dataDir, 'xiaomen.db'));
    const body = String(store.prepare('SELECT body FROM "Event" WHERE seq = ?').pluck().get(seq));
    expect(body).toContain('"noteDigest":"');
    expect(body).not.toContain('wheelchair');
    // So it can be erased, and the chain stands.
    store.prepare('UPDATE "Event" SET note = NULL, noteSalt = NULL WHERE seq = ?').run(seq);
    store.close();
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });
});

describe('a clock that is set back', () => {
  const hour = 3_600_000;

  it('is itself recorded, and changes nothing of the order', async () => {
    const seq = await start();
    await hold('ok');
    await pass(10_000);
    const before = campus.clock.now();
    campus.clock.setNow(before - hour);
    await hold('other');
    await pass(10_000);
    const story = await storyAfter(seq);
    expect(story.slice(3, 5)).toEqual(['clock.jumped', 'passage.granted']);
    expect(story.filter((word) => word.endsWith('clock-jump'))).toEqual(['alarm.raised clock-jump']);
    const [jump] = await campus.events('clock.jumped');
    expect(jump?.data).toEqual({ from: before, to: before - hour });
    const granted = await campus.events('passage.granted');
    expect(granted.map(({ at }) => at)).toEqual([before - 10_000, before - hour]);
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });

  it('while the server was off, too', async () => {
    await start();
    const before = campus.clock.now();
    await campus.stop();
    campus.clock.setNow(before - hour);
    await campus.restart();
    expect((await campus.events('clock.jumped')).map(({ data }) => data)).toEqual([
      { from: before, to: before - hour },
    ]);
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });
});
