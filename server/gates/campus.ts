/** Use case: all gates, lanes, zones and readers with their state, for the screens. */
import { type Campus, campus as campusSchema } from '../contract/gates.ts';
import type { Reader } from '../db.ts';
import { readerOf } from './lane-rows.ts';
import type { Lanes } from './lanes.ts';

export async function readCampus({
  reader,
  lanes,
}: {
  reader: Reader;
  lanes: Pick<Lanes, 'states'>;
}): Promise<Campus> {
  const inOrder = [{ position: 'asc' }, { id: 'asc' }] as const;
  const byName = [{ name: 'asc' }, { id: 'asc' }] as const;
  const [gates, laneRows, zones, readers] = await Promise.all([
    reader.gate.findMany({ orderBy: [...inOrder] }),
    reader.lane.findMany({ orderBy: [{ gate: { position: 'asc' } }, ...inOrder] }),
    reader.zone.findMany({ orderBy: [...byName] }),
    reader.reader.findMany({ orderBy: [...byName] }),
  ]);
  const states = lanes.states();
  const inForce = new Map(states.map(({ laneId, posture }) => [laneId, posture]));
  return campusSchema.parse({
    gates,
    lanes: laneRows.map((lane) => ({ ...lane, posture: inForce.get(lane.id) ?? lane.posture })),
    zones,
    readers: readers.map(readerOf),
    states,
  });
}
