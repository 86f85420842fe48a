import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from '../../tests/open-store.ts';
import type { NewEvent } from '../contract/events.ts';
import { recordUnfinished } from './unfinished.ts';

type Store = Awaited<ReturnType<typeof openStore>>;
let store: Store;
beforeEach(async () => {
  store = await openStore();
});
afterEach(() => store.close());

const where = { gateId: 'g', laneId: 'lane', readerId: 'r', direction: 'in' } as const;
const granted = (cardholderId: string, more: Partial<NewEvent> = {}) =>
  append({
    type: 'passage.granted',
    data: { ...where, cardholderId, credentialId: 'c', flags: [] },
    ...more,
  } as NewEvent);
const outcome = (cardholderId: string, of?: number) =>
  append({
    type: 'passage.outcome',
    data: { ...where, cardholderId, outcome: 'entered', relay: 'sent', ...(of ? { of } : {}) },
  });
const append = async (event: NewEvent) => (await store.events.append(event)).seq;

/** What a start records, as the sequence numbers of the releases. */
async function found(formerHead = store.events.head().seq): Promise<(number | undefined)[]> {
  const { events, db } = store;
  const { seq: before } = events.head();
  await recordUnfinished({ events, reader: db.reader, record: events.append, formerHead });
  return (await events.readAfter(before, 10_000)).map(({ type, data }) => {
    if (type !== 'passage.outcome' && type !== 'lane.release-outcome') throw new Error(type);
    expect(data).toMatchObject({ outcome: 'unobserved', relay: 'unknown', laneId: 'lane' });
    return data.of;
  });
}

it('finds nothing in an empty log', async () => {
  expect(await found()).toEqual([]);
});

it('finds each release without an outcome, once, wherever the others of that time stand', async () => {
  const first = await granted('p');
  const second = await granted('q');
  const byHand = await append({ type: 'lane.opened', data: { gateId: 'g', laneId: 'lane' } });
  await outcome('q', second);
  expect(await found()).toEqual([first, byHand]);
  expect(await found()).toEqual([]);
});

it('knows the outcome without `of` of a release that waited in the spill file', async () => {
  const own = await granted('p');
  await granted('p', { spilled: true });
  await outcome('p');
  await append({ type: 'lane.opened', data: { gateId: 'g', laneId: 'lane' }, spilled: true });
  const data = { gateId: 'g', laneId: 'lane', by: 'hand', outcome: 'entered', relay: 'sent' } as const;
  await append({ type: 'lane.release-outcome', data });
  expect(await found()).toEqual([own]);
});

it('looks back ten minutes or 5,000 events, whichever is more, from where the former run ended', async () => {
  const filler = async (count: number) => {
    const event: NewEvent = { type: 'system.stopped', data: {} };
    await Promise.all(Array.from({ length: count }, () => append(event)));
  };
  const old = await granted('old');
  store.clock.advance(60_000);
  const early = await granted('early');
  await filler(5_000);
  store.clock.advance(9.5 * 60_000);
  const late = await granted('late');
  const formerHead = store.events.head().seq;
  // Replayed from the spill file, a night later.
  store.clock.advance(8 * 3_600_000);
  const spilled = await granted('spilled', { spilled: true, at: store.clock.now() - 8 * 3_600_000 });
  expect(old).toBeLessThan(early);
  expect(await found(formerHead)).toEqual([early, late, spilled]);
});
