/** Use cases: the gates of the campus. */

import { randomUUID } from 'node:crypto';
import type { By } from '../contract/events.ts';
import { type Gate, gate as gateSchema } from '../contract/gates.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { EventLog } from '../events/port.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}

export function addGate({ events }: Deps, { name }: { name: string }, by: By): Promise<Gate> {
  return events.change(async (tx) => {
    const row = await tx.gate.create({ data: { id: randomUUID(), name, position: await nextPosition(tx) } });
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

/** Throws not-found, and conflict while it has lanes. */
export function removeGate({ events }: Deps, id: string, by: By): Promise<void> {
  return events.change(async (tx) => {
    const gate = await tx.gate.findUnique({
      where: { id },
      include: { lanes: { take: 1, orderBy: { position: 'asc' } } },
    });
    if (!gate) throw new RequestError('not-found', 'There is no such gate.');
    const [lane] = gate.lanes;
    if (lane) {
      throw new RequestError(
        'conflict',
        `Gate "${gate.name}" still has lane "${lane.name}". Remove its lanes first.`,
        { why: 'gate.has-lanes', params: { name: gate.name, lane: lane.name } },
      );
    }
    await tx.gate.delete({ where: { id } });
    return { result: undefined, events: [{ type: 'gate.removed', data: { gateId: id }, ...by }] };
  });
}

/** Behind all that are there, also after some were removed. */
async function nextPosition(tx: Tx): Promise<number> {
  const { _max } = await tx.gate.aggregate({ _max: { position: true } });
  return (_max.position ?? -1) + 1;
}
