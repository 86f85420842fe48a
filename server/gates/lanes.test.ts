import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { by, type TestCampus, testCampus } from '../../tests/lane-store.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await testCampus();
});
afterEach(() => campus.close());

const notAfter = Number.POSITIVE_INFINITY;
const grant = (seq: number) =>
  ({
    kind: 'grant',
    seq,
    readerId: 'r1',
    direction: 'in',
    holder: { cardholderId: 'c1' },
    notAfter,
  }) as const;
const door = (open: boolean) => campus.hardware.simulated('inputs')?.setInput?.(0, open);
const button = (active: boolean) => campus.hardware.simulated('inputs')?.setInput?.(1, active);
const relays = () => campus.hardware.simulated('relays')?.channels?.();
const types = async () => (await campus.logged()).map(({ type }) => type);

/** A release whose relay gets time to move. */
async function release(laneId: string, cause: Parameters<TestCampus['lanes']['release']>[1]) {
  const done = campus.lanes.release(laneId, cause);
  await campus.clock.advanceAsync(50);
  return done;
}

describe('a granted passage', () => {
  it('moves the relay and is entered when the door opens', async () => {
    expect(await release('door', grant(7))).toEqual({ outcome: 'confirmed' });
    expect(relays()).toEqual([true, false]);
    expect(campus.lanes.states()[0]).toEqual({
      laneId: 'door',
      posture: 'controlled',
      open: false,
      released: true,
    });
    door(true);
    await campus.pass(10);
    door(false);
    await campus.pass(20_000);
    expect(relays()).toEqual([false, false]);
    const events = await campus.logged();
    expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
      {
        type: 'passage.outcome',
        data: {
          gateId: 'gate',
          laneId: 'door',
          readerId: 'r1',
          direction: 'in',
          of: 7,
          outcome: 'entered',
          cardholderId: 'c1',
          relay: 'confirmed',
        },
      },
    ]);
    expect(campus.lanes.states()[0]?.released).toBe(false);
  });

  it('is not entered when nobody goes through, at its moment', async () => {
    const start = campus.clock.now();
    await release('door', grant(7));
    await campus.pass(20_000);
    const [event, ...rest] = await campus.logged();
    expect(rest).toEqual([]);
    expect(event?.data).toMatchObject({ of: 7, outcome: 'not-entered', relay: 'confirmed' });
    expect(event?.at).toBe(start + 8_000);
  });

  it('is assumed where nothing tells of the door', async () => {
    await release('bare', grant(8));
    await campus.pass(1);
    expect((await campus.logged())[0]?.data).toMatchObject({ laneId: 'bare', of: 8, outcome: 'assumed' });
  });

  it('is a relay fault while the board is away, and for a lane that is not there', async () => {
    campus.hardware.simulated('relays')?.misbehave({ unplugged: true });
    await campus.pass(10);
    expect((await release('door', grant(9))).outcome).toBe('fault');
    await campus.pass(1);
    const outcomes = await campus.logged('passage.outcome');
    expect(outcomes.map(({ data }) => data)).toMatchObject([
      { of: 9, outcome: 'relay-fault', relay: 'fault' },
    ]);
    expect((await release('nowhere', grant(10))).outcome).toBe('fault');
  });

  it('keeps its outcome without a number while the store takes no records', async () => {
    await release('bare', { ...grant(1), seq: undefined });
    await campus.pass(1);
    expect((await campus.logged())[0]?.data).not.toHaveProperty('of');
  });
});

it('records a release by hand with what became of it', async () => {
  await release('door', { kind: 'hand', seq: 3, notAfter });
  door(true);
  await campus.pass(1);
  expect((await campus.logged()).map(({ type, data }) => ({ type, ...data }))).toEqual([
    {
      type: 'lane.release-outcome',
      gateId: 'gate',
      laneId: 'door',
      by: 'hand',
      of: 3,
      outcome: 'entered',
      relay: 'confirmed',
    },
  ]);
});

describe('the door', () => {
  it('forced, then secured', async () => {
    door(true);
    await campus.pass(2_000);
    expect(campus.lanes.states()[0]).toMatchObject({ open: true, alarm: 'forced' });
    door(false);
    await campus.pass(1);
    expect(await types()).toEqual(['lane.forced', 'lane.secured']);
  });

  it('tells each change of state to those who listen', async () => {
    const seen: unknown[] = [];
    const cancel = campus.lanes.onState((state) => seen.push(state.alarm ?? state.open));
    door(true);
    await campus.pass(1);
    door(false);
    await campus.pass(1);
    cancel();
    door(true);
    await campus.pass(1);
    expect(seen).toEqual(['forced', false]);
  });

  it('held: warning, alarm, secured, each with its time', async () => {
    await release('door', grant(1));
    door(true);
    await campus.pass(40_000);
    door(false);
    await campus.pass(1);
    const events = (await campus.logged()).filter(({ type }) => type.startsWith('lane.'));
    expect(events.map(({ type, data }) => [type, 'openForMs' in data ? data.openForMs : undefined])).toEqual([
      ['lane.held-warning', 15_000],
      ['lane.held', 30_000],
      ['lane.secured', undefined],
    ]);
  });

  it('ends an alarm after a restart of the server', async () => {
    door(true);
    await campus.pass(1);
    await campus.reopen();
    expect(campus.lanes.states()[0]).toEqual({
      laneId: 'door',
      posture: 'controlled',
      alarm: 'forced',
      released: false,
    });
    door(false);
    await campus.pass(1);
    expect(await types()).toEqual(['lane.forced', 'lane.secured']);
  });

  it('is unknown while its board is away, and known again after', async () => {
    const inputs = campus.hardware.simulated('inputs');
    inputs?.misbehave({ unplugged: true });
    await campus.pass(10);
    expect(campus.lanes.states()[0]).not.toHaveProperty('open');
    inputs?.misbehave({ unplugged: false });
    await campus.pass(10_000);
    expect(campus.lanes.states()[0]?.open).toBe(false);
    expect(await types()).toEqual(['device.offline', 'device.online']);
  });
});

describe('the exit button', () => {
  it('is recorded before the relay moves, and covers the door', async () => {
    button(true);
    await campus.pass(50);
    expect(relays()).toEqual([true, false]);
    door(true);
    await campus.pass(10);
    button(false);
    door(false);
    await campus.pass(10_000);
    expect((await campus.logged()).map(({ type, data }) => ({ type, ...data }))).toEqual([
      { type: 'lane.rex', gateId: 'gate', laneId: 'door', releases: true },
    ]);
  });

  it('only covers the door where it does not release', async () => {
    await campus.db.transaction((tx) =>
      tx.lane.update({ where: { id: 'door' }, data: { rexReleases: false } }),
    );
    await campus.lanes.refresh();
    button(true);
    await campus.pass(50);
    expect(relays()).toEqual([false, false]);
    door(true);
    await campus.pass(10);
    expect((await campus.logged()).map(({ data }) => data)).toMatchObject([{ releases: false }]);
  });

  it('is told when its relay failed', async () => {
    campus.hardware.simulated('relays')?.misbehave({ unplugged: true });
    await campus.pass(10);
    button(true);
    await campus.pass(50);
    expect(await types()).toEqual(['device.offline', 'lane.rex', 'lane.release-outcome']);
  });
});

describe('devices', () => {
  it('off line and on again are told once each, however often they are tried', async () => {
    const reader = campus.hardware.simulated('reader');
    reader?.misbehave({ unplugged: true });
    await campus.pass(60_000);
    reader?.misbehave({ unplugged: false });
    await campus.pass(10_000);
    expect((await campus.logged()).map(({ type, data }) => ({ type, ...data }))).toMatchObject([
      { type: 'device.offline', deviceId: 'reader' },
      { type: 'device.online', deviceId: 'reader' },
    ]);
  });

  it('that were off line before a restart come on line in the record', async () => {
    campus.hardware.simulated('reader')?.misbehave({ unplugged: true });
    await campus.pass(3_000);
    await campus.reopen();
    campus.hardware.simulated('reader')?.misbehave({ unplugged: false });
    await campus.pass(10_000);
    expect(await types()).toEqual(['device.offline', 'device.online']);
  });
});

describe('postures', () => {
  const set = async (posture: 'controlled' | 'free' | 'lockdown' | 'disabled') => {
    await campus.setPosture('door', { posture }, { ...by, note: 'a test' });
    await campus.pass(50);
  };

  it('free holds the relay and nothing is forced; every other posture lets it go', async () => {
    for (const next of ['controlled', 'lockdown', 'disabled'] as const) {
      await set('free');
      expect(relays()).toEqual([true, false]);
      expect(campus.lanes.states()[0]).toMatchObject({ posture: 'free', released: true });
      door(true);
      await campus.pass(60_000);
      door(false);
      await campus.pass(1);
      await set(next);
      expect(relays()).toEqual([false, false]);
    }
    expect(new Set(await types())).toEqual(new Set(['lane.posture-changed']));
  });

  it('free is applied again when its board comes back, and after a restart', async () => {
    await set('free');
    const board = campus.hardware.simulated('relays');
    board?.misbehave({ unplugged: true });
    await campus.pass(10);
    board?.misbehave({ unplugged: false });
    await campus.pass(10_000);
    expect(relays()).toEqual([true, false]);
    expect(await types()).toEqual(['lane.posture-changed', 'device.offline', 'device.online']);
    await campus.hardware.hold({ deviceId: 'relays', channel: 1 }, false);
    await campus.reopen();
    await campus.pass(50);
    expect(relays()).toEqual([true, false]);
  });

  it('a passage in posture free leaves the lane held', async () => {
    await set('free');
    await release('door', grant(5));
    await campus.pass(5_000);
    expect(relays()).toEqual([true, false]);
  });

  it('records when the relay does not hold', async () => {
    const hold = campus.hardware.hold;
    campus.hardware.hold = async (output, on) =>
      on ? { outcome: 'fault', detail: 'stuck' } : hold(output, on);
    await set('free');
    expect((await campus.logged('lane.hold-failed')).map(({ data }) => data)).toEqual([
      { gateId: 'gate', laneId: 'door', relay: 'fault' },
    ]);
  });
});
