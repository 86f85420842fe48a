/** Names of the things that the log tells of by id, in memory, for its rows. */
import type { LoggedEvent } from './contract/events.ts';
import type { Reader } from './db.ts';
import type { EventLog } from './events/port.ts';
import type { Thing } from './http/rows.ts';

type Named = { id: string; name: string };

const select = { id: true, name: true } as const;
const tables: Record<Thing, (reader: Reader) => Promise<Named[]>> = {
  gate: (reader) => reader.gate.findMany({ select }),
  lane: (reader) => reader.lane.findMany({ select }),
  zone: (reader) => reader.zone.findMany({ select }),
  device: (reader) => reader.device.findMany({ select }),
  reader: (reader) => reader.reader.findMany({ select }),
  'access-group': (reader) => reader.accessGroup.findMany({ select }),
  schedule: (reader) => reader.schedule.findMany({ select }),
  kiosk: (reader) => reader.kiosk.findMany({ select }),
  'visitor-type': async (reader) => {
    const types = await reader.visitorType.findMany({ select: { id: true, nameZh: true, nameEn: true } });
    const chinese = (await reader.school.findFirst())?.language !== 'en';
    return types.map(({ id, nameZh, nameEn }) => ({ id, name: chinese ? nameZh : nameEn }));
  },
};
const things = Object.keys(tables) as Thing[];

/** Follows the log. @returns the name by id; what was removed keeps its last one for as long as the server runs. */
export async function knownNames(
  reader: Reader,
  events: Pick<EventLog, 'project'>,
): Promise<(thing: Thing, id: string) => string | undefined> {
  const names = new Map<string, string>();
  const read = async (thing: Thing) => {
    for (const { id, name } of await tables[thing](reader)) names.set(`${thing} ${id}`, name);
  };
  await Promise.all(things.map(read));
  events.project(async (committed) => {
    await Promise.all(things.filter((thing) => committed.some((event) => mayName(event, thing))).map(read));
  });
  return (thing, id) => names.get(`${thing} ${id}`);
}

function mayName({ type }: LoggedEvent, thing: Thing): boolean {
  return type === `${thing}.added` || type === `${thing}.changed` || type === 'school.set-up';
}
