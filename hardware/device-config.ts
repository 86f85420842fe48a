/** Rows of the configuration, judged against the catalogue before anything is opened. */
import { type DeviceModel, findModel } from './catalog.ts';
import { bad, type OptionValues, readOptions } from './catalog-options.ts';
import { type KeyboardEnd, keyboardEnds } from './codec/hid-keyboard.ts';
import { type LineMeaning, lineCharsets, lineMeaningProblems, lineRadixes } from './codec/line-meaning.ts';
import { type TextLineOptions, textLineProblems } from './codec/text-line.ts';
import { HardwareError } from './errors.ts';
import type { BusReader } from './osdp-ports.ts';
import type { DeviceConfig, SerialOptions } from './ports.ts';

export interface CheckedDevice {
  id: string;
  address: DeviceConfig['address'];
  model: DeviceModel;
  /** Every option of the model, defaults filled in. */
  values: OptionValues;
  /** Of a bus; empty for everything else. */
  readers: readonly BusReader[];
}

/** Throws HardwareError on the first bad row. */
export function checkDevices(devices: readonly DeviceConfig[]): CheckedDevice[] {
  const seen = new Set<string>();
  return devices.map((device) => {
    if (seen.has(device.id))
      throw new HardwareError('duplicate-device', `Device ${device.id} is listed twice.`);
    seen.add(device.id);
    return checkDevice(device);
  });
}

export function checkDevice({
  id,
  model: modelId,
  address,
  options,
  readers = [],
}: DeviceConfig): CheckedDevice {
  const model = findModel(modelId);
  if (!model) throw new HardwareError('unknown-model', `There is no device model "${modelId}".`);
  if (!model.addresses.includes(address.kind)) {
    const kinds = model.addresses.join(' or ');
    throw new HardwareError('wrong-address', `Device model ${modelId} needs an address of kind ${kinds}.`);
  }
  const problemAt = addressProblem(address);
  if (problemAt) throw new HardwareError('wrong-address', `Device ${id} needs ${problemAt}.`);
  const values = readOptions(modelId, model.options, options);
  const problem = problemsOf(model, values)[0] ?? readerProblem(model, readers);
  if (problem) throw bad(modelId, problem);
  return { id, address, model, values, readers };
}

/** Whether a device may stay open as it is. */
export function sameDevice(a: CheckedDevice, b: CheckedDevice): boolean {
  return JSON.stringify(shape(a)) === JSON.stringify(shape(b));
}

/** What an address lacks. */
function addressProblem(address: DeviceConfig['address']): string | undefined {
  if (address.kind === 'sim') return undefined;
  if (address.kind !== 'tcp') return address.path || address.usb ? undefined : 'a path or a USB identity';
  const { host, port } = address;
  const right = host !== '' && Number.isInteger(port) && port > 0 && port <= 0xffff;
  return right ? undefined : 'a host name and a port from 1 to 65535';
}

const highestBusAddress = 126;

function readerProblem(model: DeviceModel, readers: readonly BusReader[]): string | undefined {
  if (readers.length > 0 && model.driver !== 'osdp') return 'is no bus, and has no readers of its own';
  const seen = new Set<number>();
  for (const { address } of readers) {
    if (!Number.isInteger(address) || address < 0 || address > highestBusAddress) {
      return `the address of a reader must be a whole number from 0 to ${highestBusAddress}, not ${address}`;
    }
    if (seen.has(address)) return `two readers have the address ${address}`;
    seen.add(address);
  }
  return undefined;
}

function shape({ address, model, values, readers }: CheckedDevice): unknown {
  if (address.kind === 'tcp') return [model.id, address.host, address.port, values, readers];
  const usb = address.kind === 'sim' ? undefined : address.usb;
  const where =
    address.kind === 'sim' ? [] : [address.path, usb?.vendorId, usb?.productId, usb?.serialNumber, usb?.port];
  return [model.id, address.kind, where, values, readers];
}

function problemsOf(model: DeviceModel, values: OptionValues): string[] {
  if (model.driver === 'text-line') return textLineProblems(textLineOptions(values));
  return 'radix' in values ? lineMeaningProblems(lineMeaning(values), keyboardEnd(values) !== 'none') : [];
}

export function lineMeaning(values: OptionValues): LineMeaning {
  const bits = integer(values, 'bits');
  const exactLength = integer(values, 'exactLength');
  const charsets = Object.keys(lineCharsets) as (keyof typeof lineCharsets)[];
  return {
    radix: lineRadixes.find((radix) => radix === values.radix) ?? 'text',
    ...(bits > 0 ? { bits } : {}),
    ...(exactLength > 0 ? { exactLength } : {}),
    parity: values.parity === 'ignore' ? 'ignore' : 'check',
    charset: charsets.find((charset) => charset === values.charset) ?? 'printable',
  };
}

/** The key that ends a line, for readers that type. */
export function keyboardEnd(values: OptionValues): KeyboardEnd {
  return keyboardEnds.find((end) => end === values.end) ?? 'enter';
}

export function textLineOptions(values: OptionValues): TextLineOptions {
  return {
    ...lineMeaning(values),
    prefix: String(values.prefix ?? ''),
    suffix: String(values.suffix ?? ''),
    idleMs: integer(values, 'idleMs'),
    maxLength: integer(values, 'maxLength'),
  };
}

/** The line's settings; undefined for what is on no serial line. */
export function serialOptions(model: DeviceModel, values: OptionValues): SerialOptions | undefined {
  if (!('baudRate' in values)) return model.serial;
  const { serialParity } = values;
  return {
    baudRate: integer(values, 'baudRate'),
    dataBits: values.dataBits === 7 ? 7 : 8,
    parity: serialParity === 'even' || serialParity === 'odd' ? serialParity : 'none',
    stopBits: values.stopBits === 2 ? 2 : 1,
  };
}

export function integer(values: OptionValues, name: string): number {
  const value = values[name];
  return typeof value === 'number' ? value : 0;
}
