/** An OSDP reader as a whole lane over real lines, in real time: behind a TCP port, and on a pseudo-terminal. */
import { afterEach, describe, expect, it } from 'vitest';
import { osdpKey } from '../hardware/codec/osdp/key.ts';
import { pack, wiegandBits } from '../hardware/codec/wiegand.ts';
import { parseCredentialKey } from '../hardware/credential.ts';
import { systemClock } from '../hardware/index.ts';
import { clearCommands } from '../hardware/osdp-bench-helper.ts';
import type { ReaderStatus } from '../hardware/osdp-ports.ts';
import type { Clock } from '../hardware/ports.ts';
import { type SimulatedOsdpBus, simOsdpBus } from '../hardware/sim/osdp/bus.ts';
import { outputsAt } from '../hardware/sim/osdp/panel.ts';
import { newPd, readCard, setInput, setLocal } from '../hardware/sim/osdp/pd-state.ts';
import type { EventType, LoggedEvent } from '../server/contract/events.ts';
import { startCampus, type TestCampus } from './harness.ts';
import { type OsdpLine, ptyLine, tcpLine } from './osdp-line.ts';
import { ids } from './small-school.ts';
import { nextEvent } from './until.ts';

const address = 5;
const card = 'wiegand:26:2468ACE';

let line: OsdpLine | undefined;
let campus: TestCampus<Clock> | undefined;
afterEach(async () => {
  await campus?.close();
  await line?.close();
});

function present(bus: SimulatedOsdpBus): void {
  const credential = parseCredentialKey(card);
  const bits = credential && wiegandBits(credential);
  if (!bits) throw new Error('a Wiegand card');
  bus.change(0, (now) => readCard(now, bits.length, pack(bits)));
}

/** A campus with that bus and its reader, the reader being all that its lane has; not yet enrolled. */
async function campusOn({ kind, path }: OsdpLine) {
  const it = await startCampus({ clock: systemClock, doors: false });
  campus = it;
  const { hardware, events } = it.app.campus;
  const admin = await it.as('administrator');
  const { id: deviceId } = await admin('devices.add', {
    // The same card comes twice, as fast as the test is: each time it counts.
    body: { name: 'Bus', model: 'osdp-bus', address: { kind, path }, options: { holdMs: 0 } },
  });
  const reader = await admin('readers.add', {
    body: { name: 'OSDP in', deviceId, number: address, laneId: ids.lane, direction: 'in' },
  });
  await admin('credentials.enrol', { params: { id: 'person-ok' }, body: { key: card } });
  await admin('lanes.change', {
    params: { id: ids.lane },
    body: {
      ...{ outputDeviceId: deviceId, outputReader: address, outputChannel: 1, pulseMs: 300 },
      ...{ dpsDeviceId: deviceId, dpsReader: address, dpsInput: 0 },
      ...{ demandsSecure: true, reason: 'a lane of one reader' },
    },
  });
  const seen: LoggedEvent[] = [];
  let look = () => {};
  events.onCommitted((more) => {
    seen.push(...more);
    look();
  });
  return {
    admin,
    readerId: reader.id,
    seen,
    /** The n-th event of that type from now on. */
    logged: (type: EventType, n = 1) =>
      new Promise<LoggedEvent>((resolve) => {
        look = () => {
          const found = seen.filter((event) => event.type === type)[n - 1];
          if (found) resolve(found);
        };
        look();
      }),
    async reader(fits: (status: ReaderStatus) => boolean): Promise<void> {
      const now = hardware.statuses().find((each) => each.deviceId === deviceId)?.readers?.[0];
      if (!now || !fits(now)) await nextEvent(hardware, 'reader-status', fits);
    },
  };
}

describe.each([
  ['a TCP port', tcpLine],
  ['a pseudo-terminal', ptyLine],
])('a reader behind %s', (_, open) => {
  it('opens the lane by its own output, tells that it was opened, and is secure again after its cable was out', async () => {
    const bus = simOsdpBus({ clock: systemClock, random: Math.random }, [newPd({ address })]);
    const output = () => outputsAt(bus.pds()[0]?.panel ?? newPd().panel, systemClock.monotonic())[0];
    line = await open(bus);
    const { admin, readerId, reader, logged, seen } = await campusOn(line);
    await reader(({ ready }) => ready);
    await admin('readers.enrol', { params: { id: readerId }, body: { minutes: 5, reason: 'new reader' } });
    await reader(({ secure, ready }) => secure && ready);
    await logged('reader.key-set');
    const from = line.heard.length;

    present(bus);
    const { seq, data } = await logged('passage.granted');
    expect(data).toMatchObject({ cardholderId: 'person-ok', readerId });
    await campus?.app.campus.swipesDone();
    expect(output()).toBe(true);
    bus.change(0, (pd) => setInput(pd, 0, true));
    expect((await logged('passage.outcome')).data).toMatchObject({
      ...{ of: seq, outcome: 'entered', relay: 'confirmed' },
    });
    bus.change(0, (pd) => setInput(pd, 0, false));

    bus.change(0, (pd) => setLocal(pd, { tamper: true }));
    expect((await logged('alarm.raised')).data).toMatchObject({ kind: 'reader-tamper', readerId });
    bus.change(0, (pd) => setLocal(pd, { tamper: false }));
    await logged('alarm.cleared');

    await line.pull();
    await logged('device.offline');
    await line.plug();
    await reader(({ secure, ready }) => secure && ready);
    present(bus);
    await logged('passage.granted', 2);
    // That the line was gone was told of the line alone.
    const untrue = ['passage.denied', 'reader.key-lost', 'reader.offline'];
    expect(seen.filter(({ type }) => untrue.includes(type))).toEqual([]);
    // Since it had its key nothing was said in the clear, but for the handshakes.
    expect(clearCommands(line.heard.slice(from))).toEqual([]);
  });

  it('that is another one is not believed: no passage, an alarm, and nothing in the clear', async () => {
    const bus = simOsdpBus({ clock: systemClock, random: Math.random }, [newPd({ address })]);
    line = await open(bus);
    const { admin, readerId, reader, logged } = await campusOn(line);
    await reader(({ ready }) => ready);
    await admin('readers.enrol', { params: { id: readerId }, body: { minutes: 5, reason: 'new reader' } });
    await reader(({ secure, ready }) => secure && ready);
    await line.pull();
    await logged('device.offline');
    const stranger = newPd({ address, key: osdpKey(new Uint8Array(16).fill(0xee)) });
    bus.change(0, () => stranger);
    const from = line.heard.length;
    await line.plug();
    await logged('reader.key-lost');
    expect((await logged('alarm.raised', 2)).data).toMatchObject({ kind: 'reader-key-lost', readerId });
    present(bus);
    expect(clearCommands(line.heard.slice(from))).toEqual([]);
    expect(bus.pds()[0]?.events).toHaveLength(1);
  });
});
