/** The way of a swipe over the real `serialport`: RDM6300 bytes in on one pseudo-terminal, LCUS bytes out on another. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeLcus } from '../hardware/codec/lcus.ts';
import { encodeRdm6300 } from '../hardware/codec/rdm6300.ts';
import { parseCredentialKey } from '../hardware/credential.ts';
import { systemClock } from '../hardware/index.ts';
import type { Clock } from '../hardware/ports.ts';
import { openBrowser } from './browser.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { openPtyDevice, type PtyDevice, type PtyPair, ptyPair } from './pty.ts';
import { type CardName, cards, ids } from './small-school.ts';
import { nextEvent, untilState } from './until.ts';

let lines: { reader: PtyPair; relay: PtyPair };
let campus: TestCampus<Clock>;
let reader: PtyDevice;
let relay: PtyDevice;

beforeAll(async () => {
  lines = { reader: await ptyPair(), relay: await ptyPair() };
  // Before the server: opening a terminal throws away what it held.
  reader = await openPtyDevice(lines.reader.devicePath);
  relay = await openPtyDevice(lines.relay.devicePath);
  campus = await startCampus({
    clock: systemClock,
    reader: { kind: 'serial', path: lines.reader.hostPath },
    // The same card comes twice, as fast as the test is: each time it counts.
    readerModel: { model: 'rdm6300', options: { holdMs: 0 } },
    relay: { kind: 'serial', path: lines.relay.hostPath },
    doors: false,
    pulseMs: 200,
  });
  const { hardware } = campus.app.campus;
  await untilState(hardware, ids.readerIn, 'online');
  await untilState(hardware, ids.relay, 'online');
});

afterAll(async () => {
  await reader?.close();
  await relay?.close();
  await campus?.close();
  await lines?.reader.close();
  await lines?.relay.close();
});

async function hold(card: CardName): Promise<void> {
  const credential = parseCredentialKey(cards[card]);
  const frame = credential && encodeRdm6300(credential, 'rdm6300');
  if (!frame) throw new Error('no frame');
  const read = nextEvent(campus.app.campus.hardware, 'read');
  await reader.write(frame);
  await read;
  await campus.app.campus.swipesDone();
}

it('opens the lane, keeps the record, and shows it in a browser; and again with the card blocked', async () => {
  const browser = await openBrowser();
  try {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1366, height: 768 } });
    await context.addCookies(await campus.browserCookies('administrator'));
    context.setDefaultTimeout(10_000);
    const page = await context.newPage();
    await page.goto(campus.url);
    await page.getByRole('heading', { name: 'Live log' }).waitFor();

    // All relays fall at the start, before anything else.
    expect(await relay.read(4)).toEqual(encodeLcus(1, false));
    await hold('ok');
    expect(await relay.read(4)).toEqual(encodeLcus(1, true));
    expect(await relay.read(4)).toEqual(encodeLcus(1, false));
    await page.getByText('Person ok').first().waitFor();

    const boss = await campus.as('administrator');
    await boss('credentials.change', {
      params: { id: 'credential-ok' },
      body: { status: 'suspended', reason: 'reported stolen' },
    });
    const denied = page.getByText('Card suspended').first();
    await hold('ok');
    await denied.waitFor();

    const passages = await campus.events('passage.granted', 'passage.denied', 'passage.outcome');
    expect(passages.map(({ type }) => type)).toEqual([
      'passage.granted',
      'passage.outcome',
      'passage.denied',
    ]);
    expect(passages[2]?.data).toMatchObject({ reason: 'credential-suspended', cardholderId: 'person-ok' });
    // Durable: the same after a restart of everything, and nothing more was written to the relay meanwhile.
    await campus.restart();
    expect(await campus.events('passage.granted', 'passage.denied', 'passage.outcome')).toEqual(passages);
    expect(await relay.read(4)).toEqual(encodeLcus(1, false));
  } finally {
    await browser.close();
  }
});
