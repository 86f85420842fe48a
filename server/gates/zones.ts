/** Use cases: the anti-passback zones. */
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Zone, zoneInput } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import { changedFields } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { zoneOf } from './lane-rows.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}
type Input = z.output<typeof zoneInput>;

/** Throws invalid-request for a timed zone without minutes. */
export function addZone({ events }: Deps, input: Input, actorId: string): Promise<Zone> {
  return events.change(async (tx) => {
    check(input);
    const row = await tx.zone.create({ data: { id: randomUUID(), ...input } });
    return { result: zoneOf(row), events: [{ type: 'zone.added', data: { zoneId: row.id }, actorId }] };
  });
}

/** Throws not-found, invalid-request. */
export function changeZone(
  { events }: Deps,
  id: string,
  patch: Partial<Input>,
  actorId: string,
): Promise<Zone> {
  return events.change(async (tx) => {
    const row = await tx.zone.findUnique({ where: { id } });
    if (!row) throw new RequestError('not-found', 'There is no such zone.');
    const before = zoneOf(row);
    const changed = changedFields(before, patch);
    const fields = Object.keys(changed);
    if (fields.length === 0) return { result: before, events: [] };
    check({ ...before, ...changed });
    const after = await tx.zone.update({ where: { id }, data: changed });
    return {
      result: zoneOf(after),
      events: [{ type: 'zone.changed', data: { zoneId: id, fields }, actorId }],
    };
  });
}

function check({ apbMode, apbMinutes }: Input): void {
  if (apbMode !== 'timed' || apbMinutes > 0) return;
  const message = 'Timed anti-passback needs a number of minutes.';
  throw new RequestError('invalid-request', message, [{ path: 'apbMinutes', message }]);
}
