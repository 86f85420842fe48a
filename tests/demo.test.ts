import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type ManualClock, manualClock } from '../hardware/sim/manual-clock.ts';
import type { EventType, LoggedEvent } from '../server/contract/events.ts';
import { type RunningDemo, startDemo } from '../server/demo/demo.ts';
import { createLog } from '../server/log.ts';
import { cookieClient } from './harness.ts';

/** The demo as `npm run demo` starts it, in time that the test moves. */
let folder: string | undefined;
let clock: ManualClock;
let demo: RunningDemo | undefined;

async function start(minute?: number): Promise<RunningDemo> {
  folder ??= mkdtempSync(join(tmpdir(), 'xiaomen-demo-'));
  // A Sunday in the summer holidays: the demo has its school day all the same.
  clock = manualClock(Date.UTC(2027, 6, 18, 12));
  demo = await startDemo({
    config: {
      dataDir: join(folder, 'data-demo'),
      port: 0,
      host: '127.0.0.1',
      logLevel: 'silent',
      demo: true,
    },
    clock,
    log: createLog('silent'),
    projectRoot: process.cwd(),
    rateFactor: 1000,
    // Half way between all extremes: the simulated devices behave.
    random: () => 0.5,
    ...(minute === undefined ? {} : { minute }),
  });
  return demo;
}
afterEach(async () => {
  const closed = demo?.close();
  // Relays that fall are waited for.
  for (let each = 0; each < 20 && demo; each++) await clock.advanceAsync(500);
  await closed;
  demo = undefined;
  if (folder) rmSync(folder, { recursive: true, force: true });
  folder = undefined;
});

/** Lets time pass in steps, each swipe recorded before the next step. */
async function pass({ campus }: RunningDemo, seconds: number): Promise<void> {
  for (let each = 0; each < seconds * 2; each++) {
    await clock.advanceAsync(500);
    await campus.swipesDone();
  }
  await campus.settled();
}
const since = ({ campus }: RunningDemo, seq: number, ...types: EventType[]) =>
  campus.events.readAfter(seq, 10_000, types.length > 0 ? types : undefined);
const local = (at: number) =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).format(at);

describe('the demo', () => {
  it('begins with a school, its accounts and the record of a day', async () => {
    const { url, signIns, campus } = await start();
    const { client } = cookieClient(url);
    const front = await client('front.get', {});
    expect(front).toMatchObject({ demo: true, school: { sample: true, timeZone: 'Asia/Shanghai' } });
    expect(local(front.now)).toBe('Thu 07:05');

    expect(signIns.map(({ role }) => role)).toEqual(['administrator', 'guard', 'host', 'auditor']);
    for (const { role, username, password } of signIns) {
      const session = await cookieClient(url).client('session.start', { body: { username, password } });
      expect(session).toMatchObject({ account: { role }, mustChangePassword: false });
    }
    const events = await campus.events.readAfter(0, 10_000);
    expect(events.filter(({ type }) => type === 'passage.granted').length).toBeGreaterThan(800);
    const times = events.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(events.some(({ type }) => type === 'clock.jumped')).toBe(false);
    expect(local(times[0] ?? 0)).toBe('Wed 05:00');
    const open = await campus.db.reader.alarm.count({ where: { acknowledgedAt: null } });
    expect([open, await campus.db.reader.alarm.count({ where: { state: 'active' } })]).toEqual([2, 0]);
  });

  it('lets people come and go: grants, refusals, a forced door and its end, a reader that falls out', async () => {
    const running = await start();
    const { seq } = running.campus.events.head();
    await pass(running, 8 * 60);
    const events = await since(running, seq);
    const of = (type: EventType) => events.filter((event) => event.type === type);
    expect(of('passage.granted').length).toBeGreaterThan(60);
    expect(of('passage.outcome').length).toBe(of('passage.granted').length);
    const reasons = events.flatMap((event) => (event.type === 'passage.denied' ? [event.data.reason] : []));
    for (const reason of ['unknown-credential', 'no-rule']) expect(reasons).toContain(reason);
    expect(of('lane.forced').length).toBe(1);
    expect(of('lane.secured').map(({ data }) => data)).toContainEqual(
      expect.objectContaining({ laneId: 'side', after: 'forced' }),
    );
    expect([of('device.offline').length, of('device.online').length]).toEqual([1, 1]);
    for (const kind of ['forced', 'device-offline']) {
      const raised = events.find((event) => event.type === 'alarm.raised' && event.data.kind === kind);
      expect(raised).toBeDefined();
      const { alarmId } = (raised as LoggedEvent & { type: 'alarm.raised' }).data;
      expect(of('alarm.cleared').map(({ data }) => data)).toContainEqual(
        expect.objectContaining({ alarmId }),
      );
    }
    expect(of('relay.stuck')).toEqual([]);
    const outcomes = events.flatMap((event) => (event.type === 'passage.outcome' ? [event.data] : []));
    const atDoors = outcomes.filter(({ laneId }) => laneId === 'side').map(({ outcome }) => outcome);
    expect(atDoors).toContain('entered');
    expect(outcomes.some(({ outcome }) => outcome === 'relay-fault' || outcome === 'relay-unknown')).toBe(
      false,
    );
  });

  it('refuses students who come late, and is never silent for long', async () => {
    const running = await start(8 * 60 + 20);
    const { seq } = running.campus.events.head();
    await pass(running, 6 * 60);
    const swipes = await since(running, seq, 'passage.granted', 'passage.denied', 'lane.rex');
    const late = swipes.filter(
      (event) => event.type === 'passage.denied' && event.data.reason === 'outside-schedule',
    );
    expect(late.length).toBeGreaterThanOrEqual(1);
    const gaps = swipes.slice(1).map(({ at }, index) => at - (swipes[index]?.at ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(32_000);
    expect(swipes.length).toBeGreaterThan(20);
  });

  it('goes on into the night and the next day', async () => {
    const running = await start(23 * 60 + 58);
    const { seq } = running.campus.events.head();
    await pass(running, 5 * 60);
    const swipes = await since(running, seq, 'passage.granted', 'passage.denied', 'lane.rex');
    expect(swipes.length).toBeGreaterThan(15);
    expect(local(swipes.at(-1)?.at ?? 0)).toMatch(/^Fri 00:0/);
  });

  it('begins anew at each start', async () => {
    const first = await start();
    const [password] = first.signIns.map((account) => account.password);
    await first.campus.db.transaction((tx) =>
      tx.gate.update({ where: { id: 'gate-main' }, data: { name: 'Mine' } }),
    );
    const closed = first.close();
    for (let each = 0; each < 20; each++) await clock.advanceAsync(500);
    await closed;
    const second = await start();
    expect(second.campus.directory.gate('gate-main')?.name).not.toBe('Mine');
    expect(second.signIns.map((account) => account.password)).not.toContain(password);
  });
});
