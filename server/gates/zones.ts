/** Use cases: the anti-passback zones. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import type { Zone, zoneInput } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { zoneOf } from './lane-rows.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}
type Input = z.output<typeof zoneInput>;

/** Throws invalid-request for a timed zone without minutes. */
export function addZone({ events }: Deps, input: Input, by: By): Promise<Zone> {
  return events.change(async (tx) => {
    check(input);
    const row = await tx.zone.create({ data: { id: randomUUID(), ...input } });
    return { result: zoneOf(row), events: [{ type: 'zone.added', data: { zoneId: row.id }, ...by }] };
  });
}

/** Throws not-found, invalid-request. */
export function changeZone({ events }: Deps, id: string, patch: Partial<Input>, by: By): Promise<Zone> {
  return events.change(async (tx) => {
    const row = await tx.zone.findUnique({ where: { id } });
    if (!row) throw new RequestError('not-found', 'There is no such zone.');
    const before = zoneOf(row);
    const changed = changedFields(before, patch);
    if (Object.keys(changed).length === 0) return { result: before, events: [] };
    check({ ...before, ...changed });
    const after = await tx.zone.update({ where: { id }, data: changed });
    return {
      result: zoneOf(after),
      events: [{ type: 'zone.changed', data: { zoneId: id, ...toldChanges(before, changed) }, ...by }],
    };
  });
}

/** Throws not-found, and conflict while lanes lead into it. */
export function removeZone({ events }: Deps, id: string, by: By): Promise<void> {
  return events.change(async (tx) => {
    const zone = await tx.zone.findUnique({ where: { id }, include: { lanes: { take: 1 } } });
    if (!zone) throw new RequestError('not-found', 'There is no such zone.');
    const [lane] = zone.lanes;
    if (lane) {
      const message = `Lane "${lane.name}" leads into zone "${zone.name}". Take its lanes out of the zone first.`;
      throw new RequestError('conflict', message, {
        why: 'zone.has-lanes',
        params: { name: zone.name, lane: lane.name },
      });
    }
    await tx.zone.delete({ where: { id } });
    return { result: undefined, events: [{ type: 'zone.removed', data: { zoneId: id }, ...by }] };
  });
}

function check({ apbMode, apbMinutes }: Input): void {
  if (apbMode !== 'timed' || apbMinutes > 0) return;
  const message = 'Timed anti-passback needs a number of minutes.';
  throw new RequestError('invalid-request', message, { why: 'zone.needs-minutes' }, [
    { path: 'apbMinutes', message },
  ]);
}
