/** Use cases: readers, and the side of a lane at which each stands. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import type { Reader, readerInput } from '../contract/gates.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { readerOf } from './lane-rows.ts';
import { devicePorts, invalid, type ModelFacts, readerNumbers } from './model-facts.ts';

interface Deps {
  events: Pick<EventLog, 'change'>;
}
type Input = Omit<z.output<typeof readerInput>, 'feedback'> & Pick<z.input<typeof readerInput>, 'feedback'>;

/** Throws invalid-request for what does not exist, conflict for a reader that is set up already. */
export function addReader(
  { events, models }: Deps & { models: readonly ModelFacts[] },
  input: Input,
  by: By,
): Promise<Reader> {
  return events.change(async (tx) => {
    const { deviceId, number, laneId } = input;
    const device = await tx.device.findUnique({ where: { id: deviceId } });
    if (!device) throw invalid('deviceId', 'There is no such device.', { why: 'choice.gone' });
    if (devicePorts(models, device.model, device.options).kind !== 'reader') {
      throw invalid('deviceId', 'This device reads no credentials.', { why: 'device.no-reader' });
    }
    const { first, last } = readerNumbers(models, device.model);
    if (number < first || number > last) {
      throw first === last
        ? invalid('number', `This device is one reader alone: its number is ${first}.`, {
            why: 'reader.one-number',
            params: { number: first },
          })
        : invalid('number', `The readers of this bus have the addresses ${first} to ${last}.`, {
            why: 'reader.no-number',
            params: { first, last },
          });
    }
    await checkLane(tx, laneId);
    const taken = await tx.reader.findUnique({ where: { deviceId_number: { deviceId, number } } });
    if (taken)
      throw new RequestError('conflict', `This device is already set up as reader "${taken.name}".`, {
        why: 'reader.taken',
        params: { name: taken.name },
      });
    const row = await tx.reader.create({
      data: { id: randomUUID(), ...input, feedback: JSON.stringify(input.feedback ?? {}) },
    });
    const at = laneId === null ? {} : { laneId };
    return {
      result: readerOf(row),
      events: [{ type: 'reader.added', data: { readerId: row.id, deviceId, ...at }, ...by }],
    };
  });
}

/** Throws not-found, invalid-request. */
export function changeReader(
  { events }: Deps,
  id: string,
  patch: Partial<Pick<Input, 'name' | 'laneId' | 'direction' | 'feedback'>>,
  by: By,
): Promise<Reader> {
  return events.change(async (tx) => {
    const before = readerOf(await found(tx, id));
    const changed = changedFields<Reader>(before, patch);
    if (Object.keys(changed).length === 0) return { result: before, events: [] };
    await checkLane(tx, changed.laneId ?? null);
    const { feedback, ...columns } = changed;
    const shown = feedback ? { feedback: JSON.stringify(feedback) } : {};
    const row = await tx.reader.update({ where: { id }, data: { ...columns, ...shown } });
    return {
      result: readerOf(row),
      events: [{ type: 'reader.changed', data: { readerId: id, ...toldChanges(before, changed) }, ...by }],
    };
  });
}

/** Throws not-found, and conflict while a lane uses its outputs or inputs. */
export function removeReader({ events }: Deps, id: string, by: By): Promise<void> {
  return events.change(async (tx) => {
    const { deviceId, number } = await found(tx, id);
    const lane = await tx.lane.findFirst({
      where: {
        OR: [
          { outputDeviceId: deviceId, outputReader: number },
          { dpsDeviceId: deviceId, dpsReader: number },
          { rexDeviceId: deviceId, rexReader: number },
        ],
      },
    });
    if (lane)
      throw new RequestError('conflict', `Lane "${lane.name}" uses an output or input of this reader.`, {
        why: 'reader.in-use',
        params: { lane: lane.name },
      });
    await tx.reader.delete({ where: { id } });
    // Whoever comes to its address is another.
    await tx.readerKey.deleteMany({ where: { deviceId, number } });
    return { result: undefined, events: [{ type: 'reader.removed', data: { readerId: id }, ...by }] };
  });
}

async function found(tx: Tx, id: string) {
  const row = await tx.reader.findUnique({ where: { id } });
  if (!row) throw new RequestError('not-found', 'There is no such reader.');
  return row;
}

async function checkLane(tx: Tx, laneId: string | null): Promise<void> {
  if (laneId !== null && !(await tx.lane.findUnique({ where: { id: laneId } }))) {
    throw invalid('laneId', 'There is no such lane.', { why: 'choice.gone' });
  }
}
