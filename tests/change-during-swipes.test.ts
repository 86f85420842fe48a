/** Cards held to a reader while a person changes what decides about them: the record never contradicts itself. */
import { afterEach, expect, it } from 'vitest';
import { parseCredentialKey } from '../hardware/credential.ts';
import type { LoggedEvent } from '../server/contract/events.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { cards, ids } from './small-school.ts';

let campus: TestCampus | undefined;
afterEach(async () => {
  await campus?.close();
  campus = undefined;
});

/** Holds the card to the reader again and again until the change has been answered, and once after it. */
async function swipeDuring(running: TestCampus, change: () => Promise<unknown>): Promise<void> {
  const card = parseCredentialKey(cards.ok);
  const reader = running.app.campus.hardware.simulated(ids.readerIn);
  if (!card || !reader?.present) throw new Error('there is no card to hold to a reader');
  let answered = false;
  const answer = change().finally(() => {
    answered = true;
  });
  for (let last = false; !last; ) {
    last = answered;
    // Long enough that the same tag is news again.
    running.clock.advance(1000);
    reader.present(card);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await answer;
  await running.app.campus.swipesDone();
}

const seqs = (events: LoggedEvent[]) => events.map(({ seq }) => seq);

it('nobody passes with a card after the record that it is lost', async () => {
  campus = await startCampus();
  const admin = await campus.as('administrator');
  const params = { id: 'credential-ok' };
  for (let round = 0; round < 5; round++) {
    await swipeDuring(campus, () =>
      admin('credentials.change', { params, body: { status: 'lost', reason: 'lost on the bus' } }),
    );
    const [lost] = (await campus.events('credential.changed')).slice(-1);
    const granted = seqs(await campus.events('passage.granted'));
    expect(granted.filter((seq) => seq > (lost?.seq ?? 0))).toEqual([]);
    await admin('credentials.change', { params, body: { status: 'active', reason: 'found again' } });
  }
  expect((await campus.events('passage.granted')).length).toBeGreaterThan(0);
});

it('nobody passes after the record of a lockdown, and everybody after its end', async () => {
  campus = await startCampus();
  const admin = await campus.as('administrator');
  const order = (posture: 'lockdown' | 'controlled') =>
    admin('lanes.posture', { params: { id: ids.lane }, body: { posture, reason: 'drill' } });
  for (let round = 0; round < 5; round++) {
    await swipeDuring(campus, () => order('lockdown'));
    const [locked] = (await campus.events('lane.posture-changed')).slice(-1);
    const granted = seqs(await campus.events('passage.granted'));
    expect(granted.filter((seq) => seq > (locked?.seq ?? 0))).toEqual([]);
    await swipeDuring(campus, () => order('controlled'));
    const [freed] = (await campus.events('lane.posture-changed')).slice(-1);
    const denied = seqs(await campus.events('passage.denied'));
    expect(denied.filter((seq) => seq > (freed?.seq ?? 0))).toEqual([]);
  }
});
