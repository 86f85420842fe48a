import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NewEvent } from '../contract/events.ts';
import { tempStore } from '../events/testing.ts';
import { pastTries } from './past-tries.ts';
import { isLocked, usualLimits } from './pin-tries.ts';

const minute = 60_000;
const where = { gateId: 'g', laneId: 'l', readerId: 'r', direction: 'in' } as const;
const now = Date.UTC(2026, 2, 2);
const clocks = { now, monotonic: 1_000_000 };

let store: Awaited<ReturnType<typeof tempStore>>;
beforeEach(async () => {
  store = await tempStore();
});
afterEach(() => store.close());

const wrong = (ago: number, credentialId?: string): NewEvent => ({
  type: 'passage.denied',
  at: now - ago,
  data: { ...where, reason: 'pin-wrong', ...(credentialId ? { credentialId } : {}) },
});
const granted = (ago: number, credentialId: string): NewEvent => ({
  type: 'passage.granted',
  at: now - ago,
  data: { ...where, credentialId, cardholderId: 'p', flags: [] },
});

async function past(events: NewEvent[], limits = usualLimits) {
  const log = await store.openLog();
  for (const event of events) await log.append(event);
  await log.close();
  return pastTries(store.db.reader, limits, clocks);
}

it('finds the wrong PINs that count still, of cards and of readers, and none that are old', async () => {
  const tries = await past([
    wrong(11 * minute, 'c1'),
    wrong(9 * minute, 'c1'),
    wrong(minute, 'c1'),
    wrong(0),
  ]);
  expect(Object.fromEntries(tries)).toEqual({
    'credential c1': { wrong: [1_000_000 - minute, 1_000_000 - 9 * minute] },
    'reader r': { wrong: [1_000_000] },
  });
});

it('finds a lock, for as long as it still lasts', async () => {
  const lock = { ...where, credentialId: 'c1', until: now + 2 * minute };
  const tries = await past([
    ...[wrong(3 * minute, 'c1'), wrong(3 * minute, 'c1')],
    { type: 'pin.locked', at: now - 3 * minute, data: lock },
    wrong(3 * minute, 'c1'),
  ]);
  expect(isLocked(tries.get('credential c1'), clocks.monotonic + 2 * minute - 1)).toBe(true);
  expect(isLocked(tries.get('credential c1'), clocks.monotonic + 2 * minute)).toBe(false);
});

it('forgets a card’s wrong ones before a right one, and a reader’s never', async () => {
  const visitor = { ...where, passId: 'v', visitId: 'v', flags: [] };
  const tries = await past([
    wrong(3 * minute, 'c1'),
    wrong(2 * minute),
    granted(minute, 'c1'),
    granted(minute, 'pin'),
    { type: 'passage.granted', at: now - minute, data: visitor },
    wrong(0, 'c2'),
  ]);
  expect([...tries.keys()]).toEqual(['reader r', 'credential c2']);
});

it('takes a clock that was set back for no time at all', async () => {
  const ahead = { ...where, until: now + 60 * minute };
  const tries = await past([
    wrong(-30 * minute, 'c1'),
    { type: 'pin.locked', at: now + 30 * minute, data: ahead },
  ]);
  expect(tries.get('credential c1')?.wrong).toEqual([clocks.monotonic]);
  expect(tries.get('reader r')?.lockedUntil).toBe(clocks.monotonic + usualLimits.lockMs);
});
