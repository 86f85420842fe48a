/** Simulated devices by device id, and the opener that plugs drivers into them. */
import type { CheckedDevice } from '../device-config.ts';
import { integer, keyboardEnd, lineMeaning, textLineOptions } from '../device-config.ts';
import type { OsdpKeyStore } from '../osdp-ports.ts';
import type { LinkFault, LinkOpener, SimulatedDevice } from '../ports.ts';
import type { SimParts } from './body.ts';
import { simDocumentReader } from './document-reader.ts';
import { simInputs } from './inputs.ts';
import { simOsdpUnit } from './osdp/unit.ts';
import { simPrinter } from './printer.ts';
import { hidPosVoice, keyboardVoice, rdm6300Voice, simReader, textLineVoice } from './reader.ts';
import { simLcus, simUsbRelay } from './relay.ts';
import type { SimulatedUnit } from './unit.ts';

export interface Simulator extends LinkOpener {
  /** Puts a device there before it is opened. */
  add(device: CheckedDevice): void;
  remove(deviceId: string): void;
  get(deviceId: string): SimulatedDevice | undefined;
}

export function simulator(parts: SimParts, keys: OsdpKeyStore): Simulator {
  const units = new Map<string, SimulatedUnit>();
  return {
    add: (device) => void units.set(device.id, build(parts, device, keys)),
    remove: (deviceId) => void units.delete(deviceId),
    get: (deviceId) => units.get(deviceId)?.device,
    async open(_address, _serial, deviceId) {
      const unit = units.get(deviceId);
      if (unit) return unit.open();
      const fault: LinkFault = { code: 'not-found', detail: `there is no simulated device ${deviceId}` };
      throw fault;
    },
    list: async () => ({ found: [] }),
  };
}

function build(parts: SimParts, device: CheckedDevice, keys: OsdpKeyStore): SimulatedUnit {
  const { model, values } = device;
  switch (model.driver) {
    case 'rdm6300':
    case 'id12':
      return simReader(parts, model.id, rdm6300Voice(model.driver));
    case 'text-line':
      return simReader(parts, model.id, textLineVoice(textLineOptions(values)));
    case 'hid-keyboard':
      return simReader(parts, model.id, keyboardVoice(lineMeaning(values), keyboardEnd(values)));
    case 'hid-pos':
      return simReader(parts, model.id, hidPosVoice(lineMeaning(values)));
    case 'sam-v':
      return simDocumentReader(parts, model.id, integer(values, 'baudRate'));
    case 'escpos':
      return simPrinter(parts, model.id, integer(values, 'baudRate'));
    case 'lcus':
      return simLcus(parts, model.id, model.channels, 'serial');
    case 'lcus-hid':
      return simLcus(parts, model.id, model.channels, 'hid');
    case 'usb-relay':
      return simUsbRelay(parts, model.id, model.channels);
    case 'osdp':
      return simOsdpUnit(parts, device, keys);
    case 'inputs':
      return simInputs(parts, model.id, integer(values, 'inputs'));
  }
}
