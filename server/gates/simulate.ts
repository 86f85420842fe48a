/** Use case: a person does to a simulated device what people do to real ones. */
import type { z } from 'zod';
import { parseCredentialKey } from '../../hardware/credential.ts';
import { HardwareError } from '../../hardware/errors.ts';
import type { Hardware, SimulatedDevice } from '../../hardware/ports.ts';
import type { simulate as simulateSchema } from '../contract/devices.ts';
import { RequestError } from '../errors.ts';
import { invalid } from './model-facts.ts';

/** Throws not-found for what is no simulated device, invalid-request for what this one can't do. */
export function simulate(
  hardware: Pick<Hardware, 'simulated'>,
  deviceId: string,
  action: z.output<typeof simulateSchema>,
): void {
  const device = hardware.simulated(deviceId);
  if (!device) throw new RequestError('not-found', 'There is no such simulated device.');
  try {
    act(device, action);
  } catch (error) {
    throw error instanceof HardwareError ? new RequestError('invalid-request', error.message) : error;
  }
}

function act(device: SimulatedDevice, action: z.output<typeof simulateSchema>): void {
  if ('present' in action) {
    const credential = parseCredentialKey(action.present.key);
    if (!credential) throw invalid('present.key', 'This is not the key of a credential.');
    if (!device.present) throw invalid('present', 'This device reads no credentials.');
    device.present(credential);
  } else if ('input' in action) {
    if (!device.setInput) throw invalid('input', 'This device has no inputs.');
    device.setInput(action.input.number, action.input.active);
  } else {
    device.misbehave({ unplugged: action.unplugged });
  }
}
