/** What the whole server and a bus of eight readers in secure channel take of one core together, in real time. */
import { systemClock } from '../../hardware/index.ts';
import { cardOf, cardValue } from '../../hardware/osdp-bench-helper.ts';
import { simOsdpBus } from '../../hardware/sim/osdp/bus.ts';
import { newPd } from '../../hardware/sim/osdp/pd-state.ts';
import { startCampus } from '../harness.ts';
import { ids } from '../small-school.ts';
import type { BenchRow } from './row.ts';

const readers = 8;
const baudRate = 115_200;
const measuredMs = 10_000;
/** A card twice a second: rush hour at a lane is one. */
const cardEveryMs = 500;
const allowed = 20;

export async function osdpServerRow(): Promise<BenchRow> {
  const bus = simOsdpBus(
    { clock: systemClock, random: Math.random },
    Array.from({ length: readers }, (_, address) => newPd({ address, baudRate })),
  );
  const campus = await startCampus({
    clock: systemClock,
    openers: { serial: { list: async () => ({ found: [] }), open: () => bus.open(baudRate) } },
  });
  try {
    const admin = await campus.as('administrator');
    const { hardware } = campus.app.campus;
    const { id: deviceId } = await admin('devices.add', {
      body: {
        ...{ name: 'Bus', model: 'osdp-bus', address: { kind: 'serial', path: '/dev/bus' } },
        options: { baudRate },
      },
    });
    const allSecure = () => {
      const told = hardware.statuses().find((each) => each.deviceId === deviceId)?.readers ?? [];
      return told.length === readers && told.every(({ secure, ready }) => secure && ready);
    };
    const added: string[] = [];
    for (let number = 0; number < readers; number += 1) {
      const laneId = number === 0 ? ids.lane : null;
      const { id } = await admin('readers.add', {
        body: { name: `Reader ${number}`, deviceId, number, direction: 'in', laneId },
      });
      added.push(id);
    }
    // Afterwards: a bus that gets one more reader begins anew.
    for (const id of added)
      await admin('readers.enrol', { params: { id }, body: { minutes: 5, reason: 'bench' } });
    await admin('credentials.enrol', {
      params: { id: 'person-ok' },
      body: { key: `wiegand:32:${cardValue(1)}` },
    });
    while (!allSecure())
      await new Promise<void>((resolve) => void hardware.on('reader-status', () => resolve()));
    const passages = async () => (await campus.events('passage.granted', 'passage.denied')).length;
    const wait = (ms: number) => new Promise<void>((resolve) => void systemClock.after(ms, resolve));
    const before = await passages();
    const used = process.cpuUsage();
    const began = performance.now();
    for (let card = 0; card < measuredMs / cardEveryMs; card += 1) {
      bus.change(0, cardOf(card % 2 === 0 ? 1 : 1_000 + card));
      await wait(cardEveryMs);
    }
    const { user, system } = process.cpuUsage(used);
    const share = (user + system) / 10 / (performance.now() - began);
    if ((await passages()) - before < measuredMs / cardEveryMs / 2) throw new Error('cards were not read');
    return {
      name: 'OSDP share of one core, the whole server and eight readers at 115,200 baud together, two cards a second, simulated readers included; the reference is what is allowed',
      ...{ ours: share, reference: allowed, ratio: share / allowed, unit: '%', aim: '≤ 20' },
    };
  } finally {
    await campus.close();
  }
}
