/** The names of the devices, in memory, for rows of the log. */
import type { Reader } from '../db.ts';
import type { EventLog } from '../events/port.ts';

/** Follows the log. @returns the name by id; a device that was removed keeps its last one. */
export async function deviceNames(
  reader: Reader,
  events: Pick<EventLog, 'project'>,
): Promise<(id: string) => string | undefined> {
  const names = new Map<string, string>();
  const readAll = async () => {
    for (const { id, name } of await reader.device.findMany({ select: { id: true, name: true } }))
      names.set(id, name);
  };
  await readAll();
  events.project(async (committed) => {
    const touched = committed.some(
      ({ type }) => type === 'device.added' || type === 'device.changed' || type === 'school.set-up',
    );
    if (touched) await readAll();
  });
  return (id) => names.get(id);
}
