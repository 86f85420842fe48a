/** The devices that the conformance suite runs on: every model simulated, and real ones that are named. */
import { catalog, type DeviceModel } from './catalog.ts';
import { residentSample } from './codec/sam-v/samples-helper.ts';
import type { Credential } from './credential.ts';
import type { IdentityDocument } from './document.ts';
import type { PaperPart } from './paper.ts';
import type { DeviceAddress, DeviceConfig } from './ports.ts';

/** A tag, and the same tag as far as an 8-digit or 10-digit reader tells it, a pass as text, an identity card, and a page. */
export const samples = {
  tag: { technology: 'em4100', bits: 40, value: '0A004D7603' },
  low32: { technology: 'em4100', bits: 32, value: '004D7603' },
  other: { technology: 'em4100', bits: 40, value: '01026F6C3A' },
  pass: { technology: 'text', bits: 64, value: 'PASS-001' },
  card: residentSample,
  page: [{ kind: 'text', text: '测试 Test', size: 2 }],
} as const satisfies Record<string, Credential | IdentityDocument | readonly PaperPart[]>;

/** What is held to a simulated reader of a model, as it comes out of the driver. */
export function readable(model: DeviceModel): { shown: Credential; read: Credential; form?: string } {
  if (model.driver === 'rdm6300' || model.driver === 'id12') {
    return { shown: samples.tag, read: samples.tag, form: '10H' };
  }
  return model.driver === 'hid-keyboard'
    ? { shown: samples.tag, read: samples.low32, form: '8H10D' }
    : { shown: samples.pass, read: samples.pass };
}

export interface NamedDevice {
  variable: string;
  row: DeviceConfig;
}

/**
 * Real devices by environment variable: XIAOMEN_TEST_RDM6300, _ID12, _TEXT_LINE, _HID_KEYBOARD, _HID_POS, _SAM_V, _ESCPOS,
 * _LCUS (one channel; _LCUS_2 and so on), _USB_RELAY_1 and so on; the value is the path.
 */
export function namedDevices(environment: Record<string, string | undefined>): NamedDevice[] {
  // A bus has a suite of its own.
  return catalog.flatMap((model) => {
    if (model.driver === 'osdp') return [];
    const kind = model.addresses.find((candidate) => candidate === 'serial' || candidate === 'hid');
    const name = model.id === 'lcus-1' ? 'LCUS' : model.id.toUpperCase().replaceAll('-', '_');
    const variable = `XIAOMEN_TEST_${name}`;
    const path = environment[variable];
    if (!kind || !path) return [];
    const address: DeviceAddress = { kind, path };
    return [{ variable, row: { id: model.id, model: model.id, address } }];
  });
}
