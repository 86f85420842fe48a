/** The sample school's gates, lanes, readers and simulated devices. */
import type { NewEvent } from '../server/contract/events.ts';
import type { Tx } from '../server/db.ts';
import type { SampleWords } from './sample-words.ts';

export const sampleLanes = ['main-in', 'main-out', 'main-both', 'back', 'side'] as const;
export type SampleLane = (typeof sampleLanes)[number];

/** Which way a lane of the sample school goes. */
export const sampleWays: Record<SampleLane, readonly ('in' | 'out')[]> = {
  'main-in': ['in'],
  'main-out': ['out'],
  'main-both': ['in', 'out'],
  back: ['in', 'out'],
  // Out of the side door by its button.
  side: ['in'],
};

export const sampleZone = 'campus';

export async function writeCampus(tx: Tx, words: SampleWords): Promise<NewEvent[]> {
  const gates = [
    { id: 'gate-main', name: words.gates.main },
    { id: 'gate-back', name: words.gates.back },
    { id: 'gate-side', name: words.gates.side },
  ].map((gate, position) => ({ ...gate, position }));
  const relays = (deviceId: string, channel: number) => ({
    outputDeviceId: deviceId,
    outputChannel: channel,
  });
  const lanes = [
    { id: 'main-in', gateId: 'gate-main', name: words.lanes.in, ...relays('relays-main', 1) },
    { id: 'main-out', gateId: 'gate-main', name: words.lanes.out, position: 1, ...relays('relays-main', 2) },
    {
      id: 'main-both',
      gateId: 'gate-main',
      name: words.lanes.both,
      position: 2,
      ...relays('relays-main', 3),
    },
    { id: 'back', gateId: 'gate-back', name: words.lanes.back, ...relays('relays-other', 1) },
    {
      id: 'side',
      gateId: 'gate-side',
      name: words.lanes.side,
      ...relays('relays-other', 2),
      pulseMs: 3_000,
      dpsDeviceId: 'inputs',
      dpsInput: 0,
      rexDeviceId: 'inputs',
      rexInput: 1,
    },
  ].map((lane) => ({ ...lane, zoneId: sampleZone }));
  const sides = lanes.flatMap(({ id, name }) =>
    sampleWays[id as SampleLane].map((direction) => ({
      id: `reader-${id}-${direction}`,
      name: words.reader(name, direction),
      deviceId: `card-${id}-${direction}`,
      laneId: id,
      direction,
    })),
  );
  const readers = [
    ...sides,
    {
      id: 'reader-qr',
      name: words.devices.qr,
      deviceId: 'qr-main-both',
      laneId: 'main-both',
      direction: 'in',
    },
  ];
  const devices = [
    ...sides.map(({ deviceId, name }) => ({ id: deviceId, name, model: 'rdm6300' })),
    { id: 'qr-main-both', name: words.devices.qr, model: 'text-line' },
    { id: 'documents-gatehouse', name: words.devices.documents, model: 'sam-v' },
    { id: 'relays-main', name: words.devices.mainRelays, model: 'lcus-4' },
    { id: 'relays-other', name: words.devices.otherRelays, model: 'usb-relay-2' },
    { id: 'inputs', name: words.devices.inputs, model: 'sim-inputs' },
  ].map((device) => ({ ...device, addressKind: 'sim' }));

  await tx.gate.createMany({ data: gates });
  await tx.zone.create({ data: { id: sampleZone, name: words.zone, apbMode: 'soft' } });
  await tx.device.createMany({ data: devices });
  await tx.lane.createMany({ data: lanes });
  await tx.reader.createMany({ data: readers });
  return [
    ...gates.map(({ id }): NewEvent => ({ type: 'gate.added', data: { gateId: id } })),
    { type: 'zone.added', data: { zoneId: sampleZone } },
    ...devices.map(({ id, model }): NewEvent => ({ type: 'device.added', data: { deviceId: id, model } })),
    ...lanes.map(({ id, gateId }): NewEvent => ({ type: 'lane.added', data: { gateId, laneId: id } })),
    ...readers.map(
      ({ id, deviceId, laneId }): NewEvent => ({
        type: 'reader.added',
        data: { readerId: id, deviceId, laneId },
      }),
    ),
  ];
}
