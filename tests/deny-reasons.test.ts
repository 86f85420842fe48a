/** Every reason for which a swipe is refused, through the whole server: bytes in, record, no relay. */
import { afterEach, describe, expect, it } from 'vitest';
import type { DenyReason } from '../server/contract/words.ts';
import { type CampusOptions, startCampus, type TestCampus } from './harness.ts';
import { type CardName, ids } from './small-school.ts';

let campus: TestCampus | undefined;
afterEach(async () => {
  await campus?.close();
  campus = undefined;
});

const started = async (options?: CampusOptions) => {
  campus = await startCampus(options);
  return campus;
};

/** What the relay board has seen since the start, as the board sees it. */
const relayOn = (running: TestCampus) => running.app.campus.hardware.simulated(ids.relay)?.channels?.()[0];

async function refusals(running: TestCampus): Promise<string[]> {
  const events = await running.events('passage.denied');
  return events.map((event) => (event.type === 'passage.denied' ? event.data.reason : ''));
}

describe('a refused swipe is recorded with its reason and opens nothing', () => {
  const byCard: [CardName, DenyReason][] = [
    ['unknown', 'unknown-credential'],
    ['lost', 'credential-lost'],
    ['suspended', 'credential-suspended'],
    ['not-yet-valid', 'credential-not-yet-valid'],
    ['expired', 'credential-expired'],
    ['cardholder-suspended', 'cardholder-suspended'],
    ['cardholder-left', 'cardholder-left'],
    ['no-rule', 'no-rule'],
    ['outside-schedule', 'outside-schedule'],
  ];

  it('by what is known of the card and its holder', async () => {
    const running = await started();
    for (const [card, reason] of byCard) {
      await running.swipe(card);
      expect(await refusals(running)).toContain(reason);
      expect(relayOn(running)).toBe(false);
      // A tag held to the same reader again must not count as the one before.
      await running.clock.advanceAsync(1000);
    }
    expect(await refusals(running)).toEqual(byCard.map(([, reason]) => reason));
  });

  it('records the number of an unknown card', async () => {
    const running = await started();
    await running.swipe('unknown');
    const [event] = await running.events('passage.denied');
    expect(event?.data).toMatchObject({ readKey: 'em4100:40:0A00FFFFFF', laneId: ids.lane, direction: 'in' });
  });

  it('in posture disabled, and in lockdown but for the exempt', async () => {
    const running = await started();
    const admin = await running.as('administrator');
    await admin('lanes.posture', {
      params: { id: ids.lane },
      body: { posture: 'disabled', reason: 'out of order' },
    });
    await running.swipe('ok');
    await running.clock.advanceAsync(1000);
    await admin('lanes.posture', {
      params: { id: ids.lane },
      body: { posture: 'lockdown', reason: 'drill' },
    });
    await running.swipe('ok');
    await running.clock.advanceAsync(1000);
    expect(await refusals(running)).toEqual(['lane-disabled', 'lane-lockdown']);
    await running.swipe('responder');
    const [granted] = await running.events('passage.granted');
    expect(granted?.data).toMatchObject({ cardholderId: 'person-responder', flags: ['lockdown-exempt'] });
    expect(relayOn(running)).toBe(true);
  });

  it('by hard anti-passback until the person has left again', async () => {
    const running = await started({ apb: { mode: 'hard' }, doors: false });
    const later = () => running.clock.advanceAsync(2000);
    await running.swipe('ok');
    await later();
    await running.swipe('ok');
    await later();
    expect(await refusals(running)).toEqual(['anti-passback']);
    await running.swipe('ok', ids.readerOut);
    await later();
    await running.swipe('ok');
    await later();
    expect((await running.events('passage.granted')).length).toBe(3);

    // Each is explained by what had happened before it, wherever the person is by now.
    const asked = await running.events('passage.granted', 'passage.denied');
    const explained = await Promise.all(
      asked.map(async ({ at, seq, data }) => {
        const { readerId, credentialId } = data as { readerId: string; credentialId: string };
        const query = { readerId, credentialId, at, before: seq };
        return (await running.as('administrator'))('access.explain', { query });
      }),
    );
    expect(explained.map(({ result, reason }) => reason ?? result)).toEqual([
      'granted',
      'anti-passback',
      'granted',
      'granted',
    ]);
  });

  it('by no anti-passback while and after a lane stood free, for whoever went uncounted', async () => {
    const running = await started({ apb: { mode: 'hard' }, doors: false });
    const admin = await running.as('administrator');
    const order = (posture: 'free' | 'controlled') =>
      admin('lanes.posture', { params: { id: ids.lane }, body: { posture, reason: 'fire drill' } });
    await running.swipe('ok');
    await running.clock.advanceAsync(2000);
    await order('free');
    await order('controlled');
    await running.swipe('ok');
    await running.clock.advanceAsync(2000);
    await running.restart();
    await running.swipe('ok');
    expect(await refusals(running)).toEqual(['anti-passback']);
    expect((await running.events('passage.granted')).length).toBe(2);
  });

  it('by hard anti-passback after a restart too', async () => {
    const running = await started({ apb: { mode: 'hard' }, doors: false });
    await running.swipe('ok');
    await running.clock.advanceAsync(2000);
    await running.restart();
    await running.swipe('ok');
    expect(await refusals(running)).toEqual(['anti-passback']);
  });

  it('by timed anti-passback within its minutes only', async () => {
    const running = await started({ apb: { mode: 'timed', minutes: 5 }, doors: false });
    await running.swipe('ok');
    await running.clock.advanceAsync(2000);
    await running.swipe('ok');
    expect(await refusals(running)).toEqual(['anti-passback-timed']);
    await running.clock.advanceAsync(5 * 60_000);
    await running.swipe('ok');
    expect((await running.events('passage.granted')).length).toBe(2);
  });

  it('soft anti-passback lets through and flags', async () => {
    const running = await started({ apb: { mode: 'soft' }, doors: false });
    await running.swipe('ok');
    await running.clock.advanceAsync(2000);
    await running.swipe('ok');
    const flags = (await running.events('passage.granted')).map((event) =>
      event.type === 'passage.granted' ? event.data.flags : [],
    );
    expect(flags).toEqual([[], ['anti-passback-soft']]);
  });
});
