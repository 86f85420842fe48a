import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../tests/open-store.ts';
import type { LoggedEvent } from '../contract/events.ts';
import type { Direction, PassageOutcome } from '../contract/words.ts';
import { follow } from '../events/followers.ts';
import { openPresence, presenceFollower } from './presence-store.ts';

type Store = Awaited<ReturnType<typeof openStore>>;
let store: Store;
beforeEach(async () => {
  store = await openStore();
  await store.db.transaction(async (tx) => {
    await tx.gate.create({ data: { id: 'g', name: 'Gate' } });
    await tx.zone.create({ data: { id: 'campus', name: 'Campus' } });
    await tx.zone.create({ data: { id: 'dormitory', name: 'Dormitory' } });
    await tx.lane.create({ data: { id: 'gate', gateId: 'g', name: 'Gate', zoneId: 'campus' } });
    await tx.lane.create({ data: { id: 'door', gateId: 'g', name: 'Door', zoneId: 'dormitory' } });
  });
});
afterEach(() => store.close());

const zones: Record<string, string> = { gate: 'campus', door: 'dormitory' };
const open = () => openPresence(store.db.reader, store.events, (laneId) => zones[laneId]);

function grant(laneId: string, direction: Direction, cardholderId = 'p'): Promise<LoggedEvent> {
  const data = { gateId: 'g', laneId, readerId: 'r', direction, cardholderId, credentialId: 'c', flags: [] };
  return store.events.append({ type: 'passage.granted', data });
}
async function pass(laneId: string, direction: Direction, outcome: PassageOutcome = 'entered', named = true) {
  const { seq } = await grant(laneId, direction);
  const data = { gateId: 'g', laneId, readerId: 'r', direction, of: seq, outcome, relay: 'sent' as const };
  await store.events.append({ type: 'passage.outcome', data: named ? { ...data, cardholderId: 'p' } : data });
}
async function followed() {
  const { db, events, clock, log } = store;
  const follower = follow({ ...presenceFollower, db, events, clock, log });
  await follower.settled();
  await follower.close();
  return store.db.reader.presence.findUnique({ where: { cardholderId: 'p' } });
}

it('writes where each person is, zone by zone', async () => {
  await pass('gate', 'in');
  await pass('door', 'in', 'assumed', false);
  await pass('door', 'out', 'not-entered');
  expect(await followed()).toMatchObject({ zoneId: 'dormitory', laneId: 'door', direction: 'in' });
  await pass('door', 'out');
  expect(await followed()).toMatchObject({ zoneId: 'campus', laneId: 'door', direction: 'out' });
  await pass('gate', 'out', 'relay-unknown');
  expect(await followed()).toMatchObject({ zoneId: null, laneId: 'gate' });
});

it('forgets a zone that is removed: nobody is inside it any more, and who is elsewhere stays there', async () => {
  await pass('gate', 'in');
  await pass('door', 'in');
  await followed();
  await store.events.append({ type: 'zone.removed', data: { zoneId: 'dormitory' } });
  expect(await followed()).toMatchObject({ zoneId: 'campus', laneId: 'door' });
  await store.events.append({ type: 'zone.removed', data: { zoneId: 'campus' } });
  expect(await followed()).toMatchObject({ zoneId: null, laneId: 'door', zones: '[]' });
});

it('opens as it was left, with what the log holds beyond the store', async () => {
  await pass('gate', 'in');
  await followed();
  await pass('door', 'in');
  const presence = await open();
  expect(presence.lastPassage('p', 'campus')?.direction).toBe('in');
  expect(presence.lastPassage('p', 'dormitory')?.direction).toBe('in');
});

it('knows nothing of whom nobody saw passing', async () => {
  await pass('gate', 'out');
  await followed();
  await pass('gate', 'in', 'unobserved');
  expect((await open()).lastPassage('p', 'campus')).toBeUndefined();
  await followed();
  expect((await open()).lastPassage('p', 'campus')).toBeUndefined();
});

it('agrees with memory that saw the same events', async () => {
  const presence = await open();
  store.events.onCommitted(presence.follow);
  await pass('gate', 'in');
  await pass('door', 'in');
  await pass('door', 'out', 'relay-fault');
  await pass('gate', 'out', 'relay-unknown');
  await followed();
  const again = await open();
  expect(again.standing('p')).toEqual(presence.standing('p'));
  expect(again.standing('p')?.zones).toHaveLength(2);
});

it('knows nobody at a zone whose lane was free, after a restart too', async () => {
  await pass('gate', 'in');
  await pass('door', 'in');
  const data = { gateId: 'g', laneId: 'gate', from: 'free', to: 'controlled' } as const;
  await store.events.append({ type: 'lane.posture-changed', data });
  await followed();
  const presence = await open();
  expect(presence.lastPassage('p', 'campus')).toBeUndefined();
  expect(presence.lastPassage('p', 'dormitory')?.direction).toBe('in');
  await pass('gate', 'in');
  expect((await open()).lastPassage('p', 'campus')?.direction).toBe('in');
});
