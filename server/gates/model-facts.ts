/** What the set-up of lanes and readers has to know of a device model; the hardware's catalogue fits. */
import type { Told } from '../contract/why.ts';
import { RequestError } from '../errors.ts';

export interface ModelFacts {
  id: string;
  kind: 'reader' | 'document-reader' | 'printer' | 'relay' | 'inputs';
  /** Relay channels, inputs; 0 when it has none. */
  channels: number;
  inputs: number;
  /** A bus of many readers: the numbers that one on it may have. */
  bus?: { first: number; last: number };
  options: readonly { name: string; default: unknown }[];
}

export interface DevicePorts {
  kind: ModelFacts['kind'] | undefined;
  channels: number;
  inputs: number;
}

/** @param options the device's own, as JSON: a board may be set to fewer inputs than its model can have. */
export function devicePorts(models: readonly ModelFacts[], model: string, options: string): DevicePorts {
  const facts = models.find(({ id }) => id === model);
  if (!facts) return { kind: undefined, channels: 0, inputs: 0 };
  const given = (JSON.parse(options) as Record<string, unknown>).inputs;
  const usual = facts.options.find(({ name }) => name === 'inputs')?.default;
  const inputs = [given, usual].find((each) => typeof each === 'number') ?? facts.inputs;
  return { kind: facts.kind, channels: facts.channels, inputs: Math.min(Number(inputs), facts.inputs) };
}

/** The numbers that a reader on this model may have: the addresses of a bus, else 0 alone. */
export function readerNumbers(models: readonly ModelFacts[], model: string): { first: number; last: number } {
  return models.find(({ id }) => id === model)?.bus ?? { first: 0, last: 0 };
}

export function invalid(path: string, message: string, told: Told): RequestError {
  return new RequestError('invalid-request', message, told, [{ path, message }]);
}
