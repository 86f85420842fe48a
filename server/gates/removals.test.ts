import { afterEach, beforeEach, expect, it } from 'vitest';
import { models, type TestCampus, testCampus } from '../../tests/lane-store.ts';
import { laneInput } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import { addGate, removeGate } from './gates.ts';
import { addLane, changeLane, removeLane } from './lane-setup.ts';
import { addReader, changeReader } from './readers.ts';
import { addZone, removeZone } from './zones.ts';

let campus: TestCampus;
beforeEach(async () => {
  campus = await testCampus();
});
afterEach(() => campus.close());

const by = { actorId: 'account-1', note: 'walled up' };
const deps = () => ({ events: campus.events, models });
const last = async () => {
  const { type, data, actorId, note } = (await campus.logged()).at(-1) ?? {};
  return { type, data, actorId, note };
};
/** The sentence of a refusal; nothing was recorded. */
async function refusal(work: Promise<unknown>): Promise<string> {
  const { seq } = campus.events.head();
  const error = await work.catch((each: unknown) => each);
  if (!(error instanceof RequestError)) throw new Error(`no refusal: ${String(error)}`);
  expect(campus.events.head().seq).toBe(seq);
  return `${error.code}: ${error.message}`;
}

it('removes a gate that has no lanes', async () => {
  expect(await refusal(removeGate(deps(), 'gate', by))).toBe(
    'conflict: Gate "Test gate" still has lane "Door". Remove its lanes first.',
  );
  const [first, second] = [
    await addGate(deps(), { name: 'A' }, by),
    await addGate(deps(), { name: 'B' }, by),
  ];
  await removeGate(deps(), first.id, by);
  expect(await last()).toEqual({ type: 'gate.removed', data: { gateId: first.id }, ...by });
  expect(await refusal(removeGate(deps(), first.id, by))).toBe('not-found: There is no such gate.');
  // The next one stands behind those that are left, not in the place of one of them.
  expect((await addGate(deps(), { name: 'C' }, by)).position).toBeGreaterThan(second.position);
});

it('removes a zone that no lane leads into', async () => {
  const zone = await addZone(deps(), { name: 'Yard', apbMode: 'hard', apbMinutes: 0 }, by);
  await changeLane(deps(), 'door', { zoneId: zone.id }, by);
  expect(await refusal(removeZone(deps(), zone.id, by))).toBe(
    'conflict: Lane "Door" leads into zone "Yard". Take its lanes out of the zone first.',
  );
  await changeLane(deps(), 'door', { zoneId: null }, by);
  await removeZone(deps(), zone.id, by);
  expect(await last()).toEqual({ type: 'zone.removed', data: { zoneId: zone.id }, ...by });
  expect(await refusal(removeZone(deps(), zone.id, by))).toBe('not-found: There is no such zone.');
});

it('removes a lane without readers and rules; its relay falls, and it is watched no more', async () => {
  const input = { name: 'Door in', deviceId: 'reader', number: 0, laneId: 'door', direction: 'in' } as const;
  const reader = await addReader(deps(), input, by);
  expect(await refusal(removeLane(deps(), 'door', by))).toBe(
    'conflict: Reader "Door in" stands at lane "Door". Take its readers away first.',
  );
  await changeReader(deps(), reader.id, { laneId: null }, by);
  await campus.db.transaction(async (tx) => {
    await tx.accessGroup.create({ data: { id: 'g', name: 'Staff' } });
    await tx.schedule.create({ data: { id: 's', name: 'Always' } });
    const rule = { id: 'r', groupId: 'g', laneId: 'door', direction: 'in', scheduleId: 's' };
    await tx.accessRule.create({ data: rule });
  });
  expect(await refusal(removeLane(deps(), 'door', by))).toBe(
    'conflict: A rule lets group "Staff" through lane "Door". Remove its rules first.',
  );
  await campus.db.transaction((tx) => tx.accessRule.delete({ where: { id: 'r' } }));

  await campus.setPosture('door', { posture: 'free' }, by);
  await campus.pass(50);
  const relays = () => campus.hardware.simulated('relays')?.channels?.();
  expect(relays()).toEqual([true, false]);
  await removeLane(deps(), 'door', by);
  expect(await last()).toEqual({ type: 'lane.removed', data: { gateId: 'gate', laneId: 'door' }, ...by });
  await campus.pass(50);
  expect(relays()).toEqual([false, false]);
  expect(campus.lanes.lane('door')).toBeUndefined();
  expect(campus.lanes.states().map(({ laneId }) => laneId)).toEqual(['bare']);
  const { seq } = campus.events.head();
  campus.hardware.simulated('inputs')?.setInput?.(0, true);
  await campus.pass(60_000);
  expect(campus.events.head().seq).toBe(seq);
  expect(await refusal(removeLane(deps(), 'door', by))).toBe('not-found: There is no such lane.');
  // Its channel and its inputs are free again, and its place is not taken twice.
  const wired = { gateId: 'gate', name: 'New', outputDeviceId: 'relays', dpsDeviceId: 'inputs' };
  expect((await addLane(deps(), laneInput.parse(wired), by)).position).toBe(2);
});

it('an alarm of a removed lane does not come back with a restart', async () => {
  campus.hardware.simulated('inputs')?.setInput?.(0, true);
  await campus.pass(10);
  expect(campus.lanes.states()[0]?.alarm).toBe('forced');
  await removeLane(deps(), 'door', by);
  await campus.db.transaction((tx) =>
    tx.lane.create({ data: { id: 'door', name: 'Door', gateId: 'gate', dpsDeviceId: 'inputs' } }),
  );
  expect((await campus.reopen()).states().find(({ laneId }) => laneId === 'door')?.alarm).toBeUndefined();
});
