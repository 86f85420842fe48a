/** Use cases: adding a lane and changing how it is set up. */

import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { By } from '../contract/events.ts';
import type { Lane, laneInput } from '../contract/gates.ts';
import type { Tx } from '../db.ts';
import { RequestError } from '../errors.ts';
import { changedFields, toldChanges } from '../events/changed-fields.ts';
import type { EventLog } from '../events/port.ts';
import { laneOf } from './lane-rows.ts';
import { devicePorts, invalid, type ModelFacts } from './model-facts.ts';

export interface LaneSetupDeps {
  events: Pick<EventLog, 'change'>;
  /** The catalogue of device models. */
  models: readonly ModelFacts[];
  /** What a reader on a bus says that it has; undefined until it has said so. */
  abilities?(deviceId: string, number: number): { inputs: number; outputs: number } | undefined;
}
type Input = z.output<typeof laneInput>;

/** Throws invalid-request for what does not fit the devices, conflict for an output or a switch in use. */
export function addLane(deps: LaneSetupDeps, input: Input, by: By): Promise<Lane> {
  return deps.events.change(async (tx) => {
    await check(tx, deps, input);
    const where = { gateId: input.gateId };
    const { _max } = await tx.lane.aggregate({ where, _max: { position: true } });
    const position = (_max.position ?? -1) + 1;
    const row = await tx.lane.create({ data: { id: randomUUID(), ...input, position } });
    const { id: laneId, gateId } = row;
    return { result: laneOf(row), events: [{ type: 'lane.added', data: { gateId, laneId }, ...by }] };
  });
}

/** Throws not-found, invalid-request, conflict. */
export function changeLane(deps: LaneSetupDeps, id: string, patch: Partial<Input>, by: By): Promise<Lane> {
  return deps.events.change(async (tx) => {
    const row = await tx.lane.findUnique({ where: { id } });
    if (!row) throw new RequestError('not-found', 'There is no such lane.');
    const before = laneOf(row);
    const changed = changedFields<Lane>(before, patch);
    if (Object.keys(changed).length === 0) return { result: before, events: [] };
    const wanted = { ...before, ...changed };
    await check(tx, deps, wanted);
    const after = laneOf(await tx.lane.update({ where: { id }, data: changed }));
    return {
      result: after,
      events: [
        {
          type: 'lane.changed',
          data: { gateId: after.gateId, laneId: id, ...toldChanges(before, changed) },
          ...by,
        },
      ],
    };
  });
}

/** Throws not-found, and conflict while readers stand at it or rules let people through it. */
export function removeLane({ events }: Pick<LaneSetupDeps, 'events'>, id: string, by: By): Promise<void> {
  return events.change(async (tx) => {
    const lane = await tx.lane.findUnique({
      where: { id },
      include: { readers: { take: 1 }, rules: { take: 1, include: { group: true } } },
    });
    if (!lane) throw new RequestError('not-found', 'There is no such lane.');
    const [[reader], [rule]] = [lane.readers, lane.rules];
    if (reader) {
      const message = `Reader "${reader.name}" stands at lane "${lane.name}". Take its readers away first.`;
      throw new RequestError('conflict', message, {
        why: 'lane.has-readers',
        params: { name: lane.name, reader: reader.name },
      });
    }
    if (rule) {
      const message = `A rule lets group "${rule.group.name}" through lane "${lane.name}". Remove its rules first.`;
      throw new RequestError('conflict', message, {
        why: 'lane.has-rules',
        params: { name: lane.name, group: rule.group.name },
      });
    }
    await tx.lane.delete({ where: { id } });
    const data = { gateId: lane.gateId, laneId: id };
    return { result: undefined, events: [{ type: 'lane.removed', data, ...by }] };
  });
}

async function check(tx: Tx, deps: LaneSetupDeps, lane: Input & { id?: string }): Promise<void> {
  const { gateId, zoneId, outputDeviceId, outputReader, outputChannel, dpsDeviceId, dpsReader, dpsInput } =
    lane;
  if (!(await tx.gate.findUnique({ where: { id: gateId } }))) {
    throw invalid('gateId', 'There is no such gate.', { why: 'choice.gone' });
  }
  if (zoneId !== null && !(await tx.zone.findUnique({ where: { id: zoneId } }))) {
    throw invalid('zoneId', 'There is no such zone.', { why: 'choice.gone' });
  }
  const { cardAloneScheduleId } = lane;
  if (
    cardAloneScheduleId !== null &&
    !(await tx.schedule.findUnique({ where: { id: cardAloneScheduleId } }))
  ) {
    throw invalid('cardAloneScheduleId', 'There is no such schedule.', { why: 'choice.gone' });
  }
  if (lane.heldWarningMs > 0 && lane.heldAlarmMs > 0 && lane.heldWarningMs > lane.heldAlarmMs) {
    throw invalid('heldWarningMs', 'The warning of a held door must come before its alarm.', {
      why: 'lane.warning-after-alarm',
    });
  }
  const others = lane.id === undefined ? {} : { id: { not: lane.id } };
  if (outputDeviceId !== null) {
    const { channels } = await portsOf(tx, deps, 'output', outputDeviceId, outputReader);
    if (channels === 0)
      throw invalid('outputDeviceId', 'This device is no relay board.', { why: 'device.no-relay' });
    if (outputChannel > channels) {
      throw invalid('outputChannel', `This board has ${channels} channels, no channel ${outputChannel}.`, {
        why: 'device.no-channel',
        params: { channel: outputChannel, channels },
      });
    }
    const user = await tx.lane.findFirst({
      where: { outputDeviceId, outputReader, outputChannel, ...others },
    });
    if (user)
      throw new RequestError('conflict', `Lane "${user.name}" already uses this relay channel.`, {
        why: 'lane.channel-taken',
        params: { lane: user.name },
      });
  }
  await checkInput(tx, deps, 'dps', dpsDeviceId, dpsReader, dpsInput);
  await checkInput(tx, deps, 'rex', lane.rexDeviceId, lane.rexReader, lane.rexInput);
  if (dpsDeviceId === null) return;
  if (dpsDeviceId === lane.rexDeviceId && dpsReader === lane.rexReader && dpsInput === lane.rexInput) {
    throw invalid('rexInput', 'The door switch and the exit button need an input each.', {
      why: 'lane.one-input',
    });
  }
  const user = await tx.lane.findFirst({ where: { dpsDeviceId, dpsReader, dpsInput, ...others } });
  if (user)
    throw new RequestError('conflict', `Lane "${user.name}" already uses this input for its door.`, {
      why: 'lane.input-taken',
      params: { lane: user.name },
    });
}

async function checkInput(
  tx: Tx,
  deps: LaneSetupDeps,
  which: 'dps' | 'rex',
  deviceId: string | null,
  reader: number | null,
  input: number,
): Promise<void> {
  if (deviceId === null) return;
  const { inputs } = await portsOf(tx, deps, which, deviceId, reader);
  if (inputs === 0)
    throw invalid(`${which}DeviceId`, 'This device has no inputs.', { why: 'device.no-inputs' });
  if (input >= inputs) {
    throw invalid(`${which}Input`, `This device has the inputs 0 to ${inputs - 1}, no input ${input}.`, {
      why: 'device.no-input',
      params: { input: input + 1, last: inputs },
    });
  }
}

/** Of a device, or of one reader on a bus. */
async function portsOf(
  tx: Tx,
  { models, abilities }: LaneSetupDeps,
  which: 'output' | 'dps' | 'rex',
  id: string,
  number: number | null,
): Promise<{ channels: number; inputs: number }> {
  const device = await tx.device.findUnique({ where: { id } });
  if (!device) throw invalid(`${which}DeviceId`, 'There is no such device.', { why: 'choice.gone' });
  const bus = models.find((model) => model.id === device.model)?.bus;
  if (number === null && !bus) return devicePorts(models, device.model, device.options);
  const there =
    bus && number !== null
      ? await tx.reader.findUnique({ where: { deviceId_number: { deviceId: id, number } } })
      : null;
  if (number === null || !there) {
    throw invalid(`${which}Reader`, 'Name a reader that is set up on this bus.', {
      why: 'device.no-bus-reader',
    });
  }
  const own = abilities?.(id, number);
  return own ? { channels: own.outputs, inputs: own.inputs } : mostOnReader;
}

/** What one may have that has not said yet what it has. */
const mostOnReader = { channels: 16, inputs: 64 };
