import { afterEach, describe, expect, it } from 'vitest';
import { busId, cardOf, cardValue, type OsdpBenchParts, osdpBench } from './osdp-bench-helper.ts';
import type { Hardware, Read } from './ports.ts';
import { manualClock } from './sim/manual-clock.ts';

const opened: Hardware[] = [];
afterEach(async () => {
  for (const hardware of opened.splice(0)) await hardware.close();
});

async function bench(parts: Omit<OsdpBenchParts, 'clock'>) {
  const clock = manualClock();
  const it = await osdpBench({ ...parts, clock });
  opened.push(it.hardware);
  const reads: Read[] = [];
  const told: string[] = [];
  it.hardware.on('read', (read) => reads.push(read));
  it.hardware.on('reader-status', ({ reader, state, secure, key }) =>
    told.push(`${reader} ${state} ${secure ? 'secure' : 'clear'} ${key}`),
  );
  it.hardware.on('reader-key', ({ reader, key }) => told.push(`${reader} key ${key}`));
  await it.configure();
  const status = (reader = 0) => it.hardware.statuses()[0]?.readers?.find((each) => each.reader === reader);
  const values = () =>
    reads.map(
      ({ reader, credential }) =>
        `${reader} ${'value' in credential ? credential.value : credential.malformed}`,
    );
  return { ...it, clock, reads, told, status, values };
}

describe('an OSDP bus', () => {
  it('reads a card in the secure channel', async () => {
    const { clock, bus, values, status, hardware } = await bench({
      pds: [{}, {}],
      keyed: true,
      secure: 'demanded',
    });
    await clock.advanceAsync(500);
    expect(hardware.statuses()[0]).toMatchObject({ state: 'online' });
    expect(status(1)).toMatchObject({ deviceId: busId, state: 'online', secure: true, key: 'held' });
    bus.change(1, cardOf(0x12345678));
    await clock.advanceAsync(50);
    expect(values()).toEqual([`1 ${cardValue(0x12345678)}`]);
    expect(bus.pds()[1]?.session).toBeDefined();
  });
});
