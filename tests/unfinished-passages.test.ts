/** The server goes, in order or not, while people stand between the grant and the door: the record says so, once. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { verifyLog } from '../scripts/verify-log.ts';
import type { LoggedEvent } from '../server/contract/events.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { type CardName, ids } from './small-school.ts';
import { untilState } from './until.ts';

let campus: TestCampus;
afterEach(() => campus?.close());

async function ready(): Promise<void> {
  const { hardware } = campus.app.campus;
  for (const id of [ids.readerIn, ids.readerOut, ids.relay, ids.inputs]) {
    await untilState(hardware, id, 'online');
  }
  await pass(0);
}
async function start(): Promise<void> {
  campus = await startCampus({ apb: { mode: 'hard' } });
  await ready();
}
async function pass(ms: number): Promise<void> {
  await campus.clock.advanceAsync(ms);
  await campus.app.campus.settled();
}
async function hold(card: CardName, reader = ids.readerIn as string): Promise<void> {
  await campus.swipe(card, reader);
  await pass(0);
}
async function door(open: boolean): Promise<void> {
  campus.app.campus.hardware.simulated(ids.inputs)?.setInput?.(0, open);
  await pass(0);
}
async function restart(): Promise<void> {
  await campus.restart();
  await ready();
}
/** What the disk held at this moment is all that the next start finds. */
async function cutPower(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'xiaomen-cut-'));
  cpSync(campus.dataDir, folder, { recursive: true });
  await campus.stop();
  rmSync(campus.dataDir, { recursive: true });
  cpSync(folder, campus.dataDir, { recursive: true });
  rmSync(folder, { recursive: true });
  await restart();
}

async function outcomes(): Promise<unknown[]> {
  const grants = await campus.events('passage.granted');
  const who = (seq?: number) =>
    grants.flatMap(({ seq: own, data }) =>
      own === seq && 'cardholderId' in data ? [data.cardholderId] : [],
    );
  return (await campus.events('passage.outcome')).flatMap(({ type, data }) =>
    type === 'passage.outcome' ? [[...who(data.of), data.outcome, data.relay]] : [],
  );
}
const refusals = async () => (await campus.events('passage.denied')).map(({ data }) => data);

describe('after a power cut', () => {
  it('who was let go and never seen is refused neither way, however often the server starts', async () => {
    await start();
    await hold('other');
    await hold('ok');
    await pass(300);
    // One opening: the first of the two. The follower's cursor now stands behind both grants.
    await door(true);
    expect(await outcomes()).toEqual([['person-other', 'entered', 'sent']]);
    await cutPower();
    const known = [
      ['person-other', 'entered', 'sent'],
      ['person-ok', 'unobserved', 'unknown'],
    ];
    expect(await outcomes()).toEqual(known);
    await restart();
    expect(await outcomes()).toEqual(known);
    await hold('ok', ids.readerOut);
    expect(await refusals()).toEqual([]);
    // Of the other it is known: they are inside.
    await hold('other');
    expect(await refusals()).toMatchObject([{ reason: 'anti-passback', cardholderId: 'person-other' }]);
    expect(verifyLog(campus.dataDir)).toMatchObject({ code: 0 });
  });

  it('a lane that was opened by hand gets its outcome too, and nobody is alarmed', async () => {
    await start();
    const guard = await campus.as('guard');
    await guard('lanes.open', { params: { id: ids.lane }, body: { reason: 'a visitor' } });
    await pass(300);
    await cutPower();
    await restart();
    const [opened] = await campus.events('lane.opened');
    expect(await campus.events('lane.release-outcome')).toMatchObject([
      { data: { by: 'hand', of: opened?.seq, outcome: 'unobserved', relay: 'unknown' } },
    ]);
    expect((await (await campus.as('guard'))('alarms.list', {})).alarms).toEqual([]);
  });
});

describe('an orderly stop', () => {
  /** What stands in the store of the stopped server, from the last grant on. */
  function ending(): string[] {
    const store = new Database(join(campus.dataDir, 'xiaomen.db'), { readonly: true });
    const bodies = store.prepare('SELECT body FROM "Event" ORDER BY seq').pluck().all();
    store.close();
    const events = bodies.map((body) => JSON.parse(String(body)) as LoggedEvent);
    return events
      .slice(events.findLastIndex(({ type }) => type === 'passage.granted'))
      .filter(({ type }) => !/^(account|session|alarm)\./.test(type))
      .map(({ type, data }) => {
        const { outcome, relay, channel } = data as Record<string, unknown>;
        return [type, outcome, relay, channel].filter((each) => each !== undefined).join(' ');
      });
  }

  it('records what is known of those who are still on their way, before it says that it has stopped', async () => {
    await start();
    await hold('ok');
    await pass(300);
    await campus.stop();
    expect(ending()).toEqual(['passage.granted', 'passage.outcome unobserved sent', 'system.stopped']);
    await restart();
    expect(await campus.events('passage.outcome')).toHaveLength(1);
    await hold('ok', ids.readerOut);
    expect(await refusals()).toEqual([]);
    expect((await (await campus.as('guard'))('alarms.list', {})).alarms).toEqual([]);
  });

  it('records a relay that it could not switch off', async () => {
    await start();
    await hold('ok');
    // The board has a supply of its own: with the cable pulled, the relay stays on.
    const relay = campus.app.campus.hardware.simulated(ids.relay);
    const offline = untilState(campus.app.campus.hardware, ids.relay, 'offline');
    relay?.misbehave({ unplugged: true });
    await pass(0);
    await offline;
    expect(relay?.channels?.()).toEqual([true]);
    await campus.stop();
    expect(ending()).toEqual([
      'passage.granted',
      'device.offline',
      'relay.stuck 1',
      'passage.outcome unobserved sent',
      'system.stopped',
    ]);
    await restart();
    const { alarms } = await (await campus.as('guard'))('alarms.list', {});
    expect(alarms.map(({ kind }) => kind)).toContain('relay-stuck');
  });
});
