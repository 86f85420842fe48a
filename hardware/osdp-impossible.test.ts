/** What no frame can say is refused to whoever asked for it, and the bus goes on. */
import { expect, it } from 'vitest';
import { busId, cardOf, cardValue } from './osdp-bench-helper.ts';
import { closingBuses, workingBus } from './osdp-opened-helper.ts';

closingBuses();

type Working = Awaited<ReturnType<typeof workingBus>>;

const impossible: Record<string, [outcome: string, run: (bus: Working) => Promise<{ outcome: string }>]> = {
  'a maker of more than 24 bits': [
    'refused',
    ({ osdp }) => osdp.makerCommand(0, { vendor: 0x1ffffff, data: new Uint8Array(1) }),
  ],
  'a command longer than a frame': [
    'refused',
    ({ osdp }) => osdp.makerCommand(0, { vendor: 1, data: new Uint8Array(2_000) }),
  ],
  'more than 65 s of keeping active': ['refused', ({ osdp }) => osdp.keepActive(0, 70_000)],
  'a text that is not ASCII': ['refused', ({ osdp }) => osdp.show(0, { text: { text: '请', ms: 1_000 } })],
  'a light of two hours': [
    'refused',
    ({ osdp }) => osdp.show(0, { light: { colour: 'red', ms: 7_000_000 } }),
  ],
  'a blink of half a minute': [
    'refused',
    ({ osdp }) => osdp.show(0, { light: { colour: 'red', ms: 1_000, blinkMs: 30_000 } }),
  ],
  '300 beeps': ['refused', ({ osdp }) => osdp.show(0, { sound: { beeps: 300, onMs: 100, offMs: 100 } })],
  'the address 300': ['refused', ({ osdp }) => osdp.moveReader(0, { address: 300, baudRate: 9_600 })],
  'a file of type 300': [
    'refused',
    ({ osdp }) => osdp.sendFile(0, { type: 300, bytes: new Uint8Array(10) }).result,
  ],
  'half a channel': [
    'fault',
    ({ hardware }) => hardware.pulse({ deviceId: busId, reader: 0, channel: 1.5 }, 500),
  ],
};

it.each(Object.entries(impossible))('%s', async (_name, [outcome, run]) => {
  const bus = await workingBus({ pds: [{}, {}], keyed: true });
  const result = run(bus);
  await bus.clock.advanceAsync(1_000);
  expect(await result).toMatchObject({ outcome });
  for (const index of [0, 1]) bus.bus.change(index, cardOf(7 + index));
  await bus.clock.advanceAsync(500);
  expect(bus.values().sort()).toEqual([`0 ${cardValue(7)}`, `1 ${cardValue(8)}`]);
  expect([bus.status(0), bus.status(1)]).toMatchObject([{ state: 'online' }, { state: 'online' }]);
});
