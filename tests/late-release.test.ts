/** A release whose record was held up: whoever asked for it may have gone, so the relay does not move any more. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseCredentialKey } from '../hardware/credential.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { cards, ids } from './small-school.ts';

let campus: TestCampus;
let moves: boolean[];
beforeEach(async () => {
  campus = await startCampus();
  await campus.clock.advanceAsync(100);
  moves = [];
  simulated(ids.relay)?.onChannel?.((_channel, on) => moves.push(on));
});
afterEach(() => campus.close());

const simulated = (id: string) => campus.app.campus.hardware.simulated(id);

/** Keeps every other write waiting until the returned function is called. */
async function holdWriter(): Promise<() => void> {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await new Promise<void>((began) => {
    void campus.app.campus.db.exclusive(async () => {
      began();
      await held;
    });
  });
  return letGo;
}

/** Asks while the writer is held, and lets it go after so long. */
async function askDelayed(ask: () => Promise<unknown>, ms: number): Promise<void> {
  const { swipesDone, settled } = campus.app.campus;
  const letGo = await holdWriter();
  const asked = ask();
  await campus.clock.advanceAsync(ms);
  letGo();
  await asked;
  await swipesDone();
  await campus.clock.advanceAsync(9_000);
  await settled();
}

async function present(): Promise<void> {
  const card = parseCredentialKey(cards.ok);
  if (!card) throw new Error('no such card');
  const read = new Promise<unknown>((resolve) => campus.app.campus.hardware.on('read', resolve));
  simulated(ids.readerIn)?.present?.(card);
  await read;
}

describe('a swipe whose record is held up', () => {
  it('for six seconds is granted in the log, but the relay never goes on', async () => {
    await askDelayed(present, 6_000);
    const [granted] = await campus.events('passage.granted');
    expect(granted?.data).toMatchObject({ laneId: ids.lane });
    expect(moves).not.toContain(true);
    expect((await campus.events('passage.outcome')).map(({ data }) => data)).toMatchObject([
      { of: granted?.seq, outcome: 'relay-fault', relay: 'fault' },
    ]);
  });

  it('for four seconds opens', async () => {
    await askDelayed(present, 4_000);
    expect(moves).toEqual([true, false]);
  });
});

it('a request to exit whose record is held up does not move the relay', async () => {
  await askDelayed(async () => simulated(ids.inputs)?.setInput?.(1, true), 6_000);
  expect(await campus.events('lane.rex')).toHaveLength(1);
  expect(moves).not.toContain(true);
  expect((await campus.events('lane.release-outcome')).map(({ data }) => data)).toMatchObject([
    { by: 'rex', outcome: 'relay-fault', relay: 'fault' },
  ]);
});
