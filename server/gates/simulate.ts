/** Use case: a person does to a simulated device what people do to real ones, and answers for it by name. */
import type { z } from 'zod';
import { parseCredentialKey } from '../../hardware/credential.ts';
import type { IdentityDocument } from '../../hardware/document.ts';
import { HardwareError } from '../../hardware/errors.ts';
import type { Hardware, SimulatedDevice } from '../../hardware/ports.ts';
import type { simulate as simulateSchema } from '../contract/devices.ts';
import type { EventDataOf } from '../contract/events.ts';
import type { Reader } from '../db.ts';
import { RequestError } from '../errors.ts';
import type { Recorder } from '../events/recorder.ts';
import { invalid } from './model-facts.ts';

export interface SimulateDeps {
  reader: Reader;
  recorder: Pick<Recorder, 'record'>;
  hardware: Pick<Hardware, 'simulated'>;
}

type Action = z.output<typeof simulateSchema>;

/**
 * The record stands before the act. Throws, recording nothing, not-found for what is no simulated device,
 * invalid-request for what this one can't do, conflict for a card at a lane whose relay is a real one.
 */
export async function simulate(
  { reader, recorder, hardware }: SimulateDeps,
  deviceId: string,
  action: Action,
  actorId: string,
): Promise<void> {
  const device = hardware.simulated(deviceId);
  if (!device) throw new RequestError('not-found', 'There is no such simulated device.');
  const { kind, act } = prepare(device, action);
  if (kind === 'present' || kind === 'press') await refuseAtRealLane(reader, deviceId);
  await recorder.record({ type: 'device.simulated', data: { deviceId, action: kind }, actorId });
  try {
    act();
  } catch (error) {
    throw error instanceof HardwareError
      ? new RequestError('invalid-request', error.message, { why: 'simulated.no-such-card' })
      : error;
  }
}

/** All that the device would refuse is refused here, before anything is recorded. */
function prepare(
  device: SimulatedDevice,
  action: Action,
): { kind: EventDataOf<'device.simulated'>['action']; act: () => void } {
  if ('present' in action) {
    const credential = parseCredentialKey(action.present.key);
    if (!credential)
      throw invalid('present.key', 'This is not the key of a credential.', { why: 'card.no-key' });
    if (!device.present)
      throw invalid('present', 'This device reads no credentials.', { why: 'device.no-reader' });
    const refusal = device.cannotPresent?.(credential);
    if (refusal !== undefined)
      throw new RequestError('invalid-request', refusal, { why: 'simulated.no-such-card' });
    return { kind: 'present', act: () => device.present?.(credential, action.reader) };
  }
  if ('input' in action) {
    const { number, active } = action.input;
    if (!device.setInput) throw invalid('input', 'This device has no inputs.', { why: 'device.no-inputs' });
    const inputs = device.inputs ?? 0;
    if (number >= inputs) {
      throw invalid('input.number', 'This device has no such input.', {
        why: 'device.no-input',
        params: { input: number + 1, last: inputs },
      });
    }
    return { kind: 'input', act: () => device.setInput?.(number, active, action.reader) };
  }
  if ('press' in action) {
    if (!device.press) throw invalid('press', 'This device has no keys.', { why: 'device.no-reader' });
    return { kind: 'press', act: () => device.press?.(action.press, action.reader) };
  }
  if ('tamper' in action) {
    if (!device.setTamper)
      throw invalid('tamper', 'This device has no tamper contact.', { why: 'device.no-reader' });
    return { kind: 'tamper', act: () => device.setTamper?.(action.tamper, action.reader) };
  }
  if ('card' in action) {
    const { card } = action;
    if (!device.layCard) {
      const told = { why: 'device.no-document-reader' } as const;
      throw invalid('card', 'This device reads no identity documents.', told);
    }
    const act = () => (card === null ? device.takeCard?.() : device.layCard?.(residentCard(card)));
    return { kind: 'card', act };
  }
  return { kind: 'unplugged', act: () => device.misbehave({ unplugged: action.unplugged }) };
}

/** A card of nobody: sex and date of birth as its number has them, and one that never runs out. */
function residentCard({ name, number }: { name: string; number: string }): IdentityDocument {
  const [, year, month, day, sex] = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(number) ?? [];
  return {
    ...{ kind: 'resident-card', name, number, validUntil: 'long-term' },
    ...(sex === undefined
      ? {}
      : { birth: `${year}-${month}-${day}`, sex: Number(sex) % 2 === 1 ? 'male' : 'female' }),
  };
}

/** A card that nobody holds must not open a barrier that people stand at. */
async function refuseAtRealLane(reader: Reader, deviceId: string): Promise<void> {
  const readers = await reader.reader.findMany({ where: { deviceId }, include: { lane: true } });
  const outputs = readers.flatMap(({ lane }) => lane?.outputDeviceId ?? []);
  const real = await reader.device.findFirst({
    where: { id: { in: outputs }, addressKind: { not: 'sim' } },
  });
  if (!real) return;
  const name = readers.find(({ lane }) => lane?.outputDeviceId === real.id)?.lane?.name;
  throw new RequestError(
    'conflict',
    `This simulated reader stands at lane "${name}", whose relay "${real.name}" is a real one: hold a real card to a real reader, or open the lane by hand.`,
    { why: 'simulated.real-relay', params: { lane: name ?? '', relay: real.name } },
  );
}
