/** Use cases: the gates of the campus. */

import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import { type Gate, gate as gateSchema } from '../contract/gates.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}

export function addGate({ events }: Deps, { name }: { name: string }, by: By): Promise<Gate> {
  return events.change(async (tx) => {
    const row = await tx.gate.create({ data: { id: randomUUID(), name, position: await tx.gate.count() } });
    return {
      result: gateSchema.parse(row),
      events: [{ type: 'gate.added', data: { gateId: row.id }, ...by }],
    };
  });
}

/** Throws not-found. */
export function changeGate({ events }: Deps, id: string, { name }: { name: string }, by: By): Promise<Gate> {
  return events.change(async (tx) => {
    const before = await tx.gate.findUnique({ where: { id } });
    if (!before) throw new RequestError('not-found', 'There is no such gate.');
    if (before.name === name) return { result: gateSchema.parse(before), events: [] };
    const row = await tx.gate.update({ where: { id }, data: { name } });
    return {
      result: gateSchema.parse(row),
      events: [{ type: 'gate.changed', data: { gateId: id, fields: ['name'] }, ...by }],
    };
  });
}
