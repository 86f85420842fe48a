/** For tests: lanes on simulated hardware over a fresh store with a real event log. */
import { catalog, openHardware } from '../hardware/index.ts';
import { settle } from '../hardware/sim/manual-clock.ts';
import type { EventType, NewEvent } from '../server/contract/events.ts';
import type { EventLog } from '../server/events/port.ts';
import type { Recorder } from '../server/events/recorder.ts';
import { createDevices, type Devices } from '../server/gates/devices.ts';
import { type Lanes, openLanes } from '../server/gates/lanes.ts';
import { applyPosture, createSetPosture, type SetPosture } from '../server/gates/set-posture.ts';
import { openStore } from './open-store.ts';

export type TestStore = Awaited<ReturnType<typeof testStore>>;

export async function testStore() {
  const store = await openStore();
  return {
    ...store,
    /** All events so far, of these types if any are named. */
    logged: (...types: EventType[]) =>
      store.events.readAfter(0, 10_000, types.length > 0 ? types : undefined),
  };
}

export const models = catalog;
export const actor = 'account-1';
export const by = { actorId: actor };

/** A recorder whose store is always well. */
export function recorderOf(events: EventLog): Pick<Recorder, 'record' | 'change'> {
  return {
    record: async (event: NewEvent) => ({ durable: 'log', event: await events.append(event) }),
    change: (event) =>
      events.change(async (tx) => {
        await applyPosture(tx, event);
        return { result: undefined, events: [event] };
      }),
  };
}

export interface TestCampus extends TestStore {
  hardware: ReturnType<typeof openHardware>;
  devices: Devices;
  lanes: Lanes;
  setPosture: SetPosture;
  /** Lets time pass, and everything that follows from it be recorded. */
  pass(ms: number): Promise<void>;
  /** Ends the lanes as a crash would, and opens them anew on the same store and hardware. */
  reopen(): Promise<Lanes>;
}

/**
 * One gate with the lanes `door` (relay 1 of a board that can be read back, DPS and REX on inputs 0 and 1) and
 * `bare` (relay 2, nothing that tells of the door).
 */
export async function testCampus(): Promise<TestCampus> {
  const store = await testStore();
  const { db, events, clock, log } = store;
  await db.transaction(async (tx) => {
    await tx.gate.create({ data: { id: 'gate', name: 'Test gate' } });
    await tx.device.createMany({
      data: [
        { id: 'relays', name: 'Relays', model: 'usb-relay-2', addressKind: 'sim' },
        { id: 'inputs', name: 'Inputs', model: 'sim-inputs', addressKind: 'sim' },
        { id: 'reader', name: 'Reader', model: 'rdm6300', addressKind: 'sim' },
      ],
    });
    const both = { gateId: 'gate', outputDeviceId: 'relays' };
    await tx.lane.createMany({
      data: [
        { id: 'door', name: 'Door', ...both, dpsDeviceId: 'inputs', rexDeviceId: 'inputs' },
        { id: 'bare', name: 'Bare', ...both, outputChannel: 2, position: 1 },
      ],
    });
  });
  const hardware = openHardware({ clock, random: () => 0.5 });
  const devices = createDevices({ events, reader: db.reader, hardware });
  const recorder = recorderOf(events);
  const ordered = () => new Map();
  const open = () =>
    openLanes({ events, reader: db.reader, hardware, ordered, record: recorder.record, clock, log });
  const campus: TestCampus = {
    ...store,
    hardware,
    devices,
    lanes: await open(),
    setPosture: (...order) =>
      createSetPosture({ recorder, lanes: campus.lanes, directory: { obey() {} } })(...order),
    async pass(ms) {
      await clock.advanceAsync(ms);
      await campus.lanes.settled();
    },
    async reopen() {
      await campus.lanes.close();
      campus.lanes = await open();
      return campus.lanes;
    },
    async close() {
      await campus.lanes.close();
      const closed = hardware.close();
      await clock.advanceAsync(5_000);
      await closed;
      await store.close();
    },
  };
  await devices.configure();
  await settle();
  await campus.pass(100);
  return campus;
}
