/** Buses that a test opens, closed after it. */
import { afterEach } from 'vitest';
import { busId, type OsdpBenchParts, type WatchedBench, watchedBench } from './osdp-bench-helper.ts';

const opened: WatchedBench[] = [];

/** To be called once in a file of tests. */
export function closingBuses(): void {
  afterEach(async () => {
    for (const { hardware, clock } of opened.splice(0)) {
      const closed = hardware.close();
      // An output that may be on is switched off first.
      await clock.advanceAsync(1_000);
      await closed;
    }
  });
}

/** At its very beginning. */
export async function freshBus(parts: Omit<OsdpBenchParts, 'clock'>): Promise<WatchedBench> {
  const it = await watchedBench(parts);
  opened.push(it);
  return it;
}

/** Half a second later, with its readers at work and nothing written down yet. */
export async function workingBus(parts: Omit<OsdpBenchParts, 'clock'>) {
  const it = await freshBus(parts);
  await it.clock.advanceAsync(500);
  it.told.length = 0;
  it.sent.length = 0;
  const osdp = it.hardware.osdp(busId);
  if (!osdp) throw new Error('an OSDP bus is configured');
  const pd = (index = 0) => {
    const found = it.bus.pds()[index];
    if (!found) throw new Error('the reader is on the bus');
    return found;
  };
  return { ...it, osdp, pd };
}
