import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actor, by, models, recorderOf, type TestCampus, testCampus } from '../../tests/lane-store.ts';
import { laneInput } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import { readCampus } from './campus.ts';
import { addGate, changeGate } from './gates.ts';
import { addLane, changeLane } from './lane-setup.ts';
import { openLane } from './open-lane.ts';
import { addReader, changeReader, removeReader } from './readers.ts';
import { addZone, changeZone } from './zones.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await testCampus();
});
afterEach(() => campus.close());

const deps = () => ({ events: campus.events, models });
const last = async () => {
  const { type, data, actorId, note } = (await campus.logged()).at(-1) ?? {};
  return { type, data, actorId, ...(note === undefined ? {} : { note }) };
};
const lane = (more: object) => laneInput.parse({ gateId: 'gate', name: 'New lane', ...more });

async function refusal(work: Promise<unknown> | (() => unknown)): Promise<string> {
  const before = campus.events.head().seq;
  const error = await (typeof work === 'function' ? Promise.resolve().then(work) : work).catch(
    (each) => each,
  );
  if (!(error instanceof RequestError)) throw new Error(`no refusal: ${String(error)}`);
  expect(campus.events.head().seq).toBe(before);
  return `${error.code} ${error.fields?.[0]?.path ?? ''}`.trim();
}

it('adds and renames gates; the same name again is no event', async () => {
  const gate = await addGate(deps(), { name: 'Back gate' }, by);
  expect(gate).toMatchObject({ name: 'Back gate', position: 1 });
  expect(await last()).toEqual({ type: 'gate.added', data: { gateId: gate.id }, actorId: actor });
  await changeGate(deps(), gate.id, { name: 'North gate' }, by);
  expect((await last()).data).toEqual({ gateId: gate.id, fields: ['name'] });
  const { seq } = campus.events.head();
  await changeGate(deps(), gate.id, { name: 'North gate' }, by);
  expect(campus.events.head().seq).toBe(seq);
  expect(await refusal(changeGate(deps(), 'none', { name: 'x' }, by))).toBe('not-found');
});

it('adds and changes zones, naming what changed', async () => {
  const zone = await addZone(deps(), { name: 'Campus', apbMode: 'soft', apbMinutes: 0 }, by);
  await changeZone(deps(), zone.id, { name: 'Campus', apbMode: 'timed', apbMinutes: 5 }, by);
  expect((await last()).data).toEqual({
    zoneId: zone.id,
    fields: ['apbMode', 'apbMinutes'],
    changes: { apbMode: { from: 'soft', to: 'timed' }, apbMinutes: { from: 0, to: 5 } },
  });
  expect(await refusal(changeZone(deps(), zone.id, { apbMinutes: 0 }, by))).toBe(
    'invalid-request apbMinutes',
  );
});

describe('lanes', () => {
  it('are added and changed with the devices that fit', async () => {
    await campus.devices.add({ name: 'More', model: 'lcus-4', address: { kind: 'sim' }, options: {} }, by);
    const [more] = (await campus.devices.list()).filter(({ name }) => name === 'More');
    const added = await addLane(deps(), lane({ outputDeviceId: more?.id, outputChannel: 4 }), by);
    expect(added).toMatchObject({ position: 2, posture: 'controlled', pulseMs: 1_000 });
    expect(campus.lanes.states().map(({ laneId }) => laneId)).toContain(added.id);
    const changed = await changeLane(
      deps(),
      added.id,
      { dpsDeviceId: 'inputs', dpsInput: 3, name: 'Wicket' },
      { ...by, note: 'wired anew' },
    );
    expect(changed).toMatchObject({ dpsInput: 3, outputChannel: 4 });
    // The name is not told, only that it changed.
    expect(await last()).toEqual({
      type: 'lane.changed',
      data: {
        gateId: 'gate',
        laneId: added.id,
        fields: ['dpsDeviceId', 'dpsInput', 'name'],
        changes: { dpsDeviceId: { from: null, to: 'inputs' }, dpsInput: { from: 0, to: 3 } },
      },
      ...by,
      note: 'wired anew',
    });
    expect(campus.lanes.states().find(({ laneId }) => laneId === added.id)?.open).toBe(false);
  });

  it.each([
    [{ gateId: 'none' }, 'invalid-request gateId'],
    [{ zoneId: 'none' }, 'invalid-request zoneId'],
    [{ outputDeviceId: 'none' }, 'invalid-request outputDeviceId'],
    [{ outputDeviceId: 'reader' }, 'invalid-request outputDeviceId'],
    [{ outputDeviceId: 'relays', outputChannel: 3 }, 'invalid-request outputChannel'],
    [{ outputDeviceId: 'relays', outputChannel: 1 }, 'conflict'],
    [{ dpsDeviceId: 'relays' }, 'invalid-request dpsDeviceId'],
    [{ dpsDeviceId: 'inputs', dpsInput: 4 }, 'invalid-request dpsInput'],
    [{ dpsDeviceId: 'inputs', dpsInput: 0 }, 'conflict'],
    [{ rexDeviceId: 'none' }, 'invalid-request rexDeviceId'],
    [{ dpsDeviceId: 'inputs', dpsInput: 2, rexDeviceId: 'inputs', rexInput: 2 }, 'invalid-request rexInput'],
    [{ heldWarningMs: 9_000, heldAlarmMs: 8_000 }, 'invalid-request heldWarningMs'],
  ])('refuse %o as %s', async (wrong, code) => {
    expect(await refusal(addLane(deps(), lane(wrong), by))).toBe(code);
  });

  it('may keep their own output and switch when they change', async () => {
    const changed = await changeLane(deps(), 'door', { pulseMs: 700 }, by);
    expect(changed.pulseMs).toBe(700);
    expect(await refusal(changeLane(deps(), 'bare', { outputChannel: 1 }, by))).toBe('conflict');
  });

  it('open by hand: the record first, with the words; then the relay; then what became of it', async () => {
    const { clock, lanes } = campus;
    const parts = { recorder: recorderOf(campus.events), lanes, clock };
    const opening = openLane(parts, 'bare', { ...by, note: 'delivery' });
    await campus.pass(50);
    expect(await opening).toEqual({ seq: 1, relay: 'confirmed' });
    const events = await campus.logged();
    expect(events.map(({ type }) => type)).toEqual(['lane.opened', 'lane.release-outcome']);
    expect(events[0]).toMatchObject({ actorId: actor, note: 'delivery' });
    expect(events[1]?.data).toMatchObject({ of: 1, by: 'hand', outcome: 'assumed', relay: 'confirmed' });
  });

  it('do not open by hand when the record took so long that nobody may stand there any more', async () => {
    const { clock, lanes, hardware } = campus;
    const recorder = recorderOf(campus.events);
    const slow = async (...args: Parameters<typeof recorder.record>) => {
      await new Promise<void>((resolve) => clock.after(5_000, resolve));
      return recorder.record(...args);
    };
    const parts = { recorder: { record: slow }, lanes, clock };
    const moves: boolean[] = [];
    hardware.simulated('relays')?.onChannel?.((_channel, on) => moves.push(on));
    const opening = openLane(parts, 'bare', { ...by, note: 'delivery' });
    await campus.pass(6_000);
    expect(await opening).toEqual({ seq: 1, relay: 'fault' });
    await campus.lanes.settled();
    expect(moves).not.toContain(true);
    expect((await campus.logged('lane.release-outcome'))[0]?.data).toMatchObject({
      of: 1,
      outcome: 'relay-fault',
      relay: 'fault',
    });
  });

  it('do not open by hand without a record, without a relay, or out of service', async () => {
    const lost = { record: () => Promise.reject(new RequestError('store-unavailable', 'full')) };
    const { clock, lanes } = campus;
    const parts = { recorder: lost, lanes, clock };
    expect(await refusal(openLane(parts, 'bare', { ...by, note: 'delivery' }))).toBe('store-unavailable');
    expect(campus.hardware.simulated('relays')?.channels?.()).toEqual([false, false]);
    expect(await refusal(openLane(parts, 'none', { ...by, note: 'delivery' }))).toBe('not-found');
    const { id } = await addLane(deps(), lane({}), by);
    expect(await refusal(openLane(parts, id, { ...by, note: 'delivery' }))).toBe('conflict');
    await campus.setPosture('bare', { posture: 'disabled' }, { ...by, note: 'repair' });
    expect(await refusal(openLane(parts, 'bare', { ...by, note: 'delivery' }))).toBe('conflict');
  });

  it('change posture with who and why, and only if it is another', async () => {
    await campus.setPosture('door', { posture: 'lockdown' }, { ...by, note: 'a drill' });
    expect(await last()).toEqual({
      type: 'lane.posture-changed',
      data: { gateId: 'gate', laneId: 'door', from: 'controlled', to: 'lockdown' },
      actorId: actor,
      note: 'a drill',
    });
    const { seq } = campus.events.head();
    await campus.setPosture('door', { posture: 'lockdown' }, { ...by, note: 'a drill' });
    expect(campus.events.head().seq).toBe(seq);
    expect(await refusal(campus.setPosture('none', { posture: 'free' }, { ...by, note: 'x' }))).toBe(
      'not-found',
    );
  });
});

it('adds, changes and removes readers', async () => {
  const input = { name: 'Door in', deviceId: 'reader', number: 0, laneId: 'door', direction: 'in' } as const;
  const reader = await addReader(deps(), input, by);
  expect((await last()).data).toEqual({ readerId: reader.id, deviceId: 'reader', laneId: 'door' });
  expect(await refusal(addReader(deps(), { ...input, name: 'Twin' }, by))).toBe('conflict');
  expect(await refusal(addReader(deps(), { ...input, deviceId: 'relays' }, by))).toBe(
    'invalid-request deviceId',
  );
  expect(await refusal(addReader(deps(), { ...input, laneId: 'none' }, by))).toBe('invalid-request laneId');
  await changeReader(deps(), reader.id, { laneId: null, name: 'Door in' }, by);
  expect((await last()).data).toEqual({
    readerId: reader.id,
    fields: ['laneId'],
    changes: { laneId: { from: 'door', to: null } },
  });
  await campus.db.transaction(async (tx) => {
    const sealed = 'x';
    await tx.readerKey.create({ data: { deviceId: 'reader', number: 0, sealed } });
    await tx.readerKey.create({ data: { deviceId: 'reader', number: 1, sealed } });
  });
  await removeReader(deps(), reader.id, by);
  expect((await last()).data).toEqual({ readerId: reader.id });
  // Whoever comes to its address is another, and has no key of its.
  expect(await campus.db.reader.readerKey.findMany({ select: { number: true } })).toEqual([{ number: 1 }]);
  expect(await refusal(removeReader(deps(), reader.id, by))).toBe('not-found');
});

it('takes the reader numbers that the device has: one, or the addresses of a bus', async () => {
  const input = { name: 'Door in', deviceId: 'reader', laneId: 'door', direction: 'in' } as const;
  const add = (number: number, of = models) =>
    addReader({ events: campus.events, models: of }, { ...input, number }, by);
  expect(await refusal(add(7))).toBe('invalid-request number');
  const bus = models.map((model) =>
    model.id === 'rdm6300' ? { ...model, bus: { first: 1, last: 126 } } : model,
  );
  expect(await refusal(add(0, bus))).toBe('invalid-request number');
  expect(await refusal(add(127, bus))).toBe('invalid-request number');
  expect((await add(7, bus)).number).toBe(7);
  expect((await add(126, bus)).number).toBe(126);
  expect((await add(0)).number).toBe(0);
});

it('shows the campus with its states', async () => {
  const { gates, lanes, states, readers, zones } = await readCampus({
    reader: campus.db.reader,
    lanes: campus.lanes,
  });
  expect(gates).toEqual([{ id: 'gate', name: 'Test gate', position: 0 }]);
  expect(lanes.map(({ id }) => id)).toEqual(['door', 'bare']);
  expect(states.map(({ laneId }) => laneId).sort()).toEqual(['bare', 'door']);
  expect([readers, zones]).toEqual([[], []]);
});
