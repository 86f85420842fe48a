import { describe, expect, it } from 'vitest';
import { catalog } from './catalog.ts';
import { recogniseModels } from './catalog-match.ts';
import { checkDevice } from './device-config.ts';
import type { DeviceAddress } from './ports.ts';

function addressOf(kind: DeviceAddress['kind']): DeviceAddress {
  if (kind === 'sim') return { kind };
  return kind === 'tcp' ? { kind, host: 'bus.example', port: 4001 } : { kind, path: '/dev/null' };
}

describe('the catalogue', () => {
  it('names each model once, and each option of a model once', () => {
    expect(new Set(catalog.map(({ id }) => id)).size).toBe(catalog.length);
    for (const { options } of catalog)
      expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
  });

  it.each(catalog)('$id is complete with its defaults, at every kind of address', (model) => {
    for (const kind of model.addresses) {
      const address = addressOf(kind);
      const { values } = checkDevice({ id: 'it', model: model.id, address });
      expect(Object.keys(values)).toEqual(model.options.map(({ name }) => name));
      if (kind === 'serial') expect(model.serial !== undefined || 'baudRate' in values).toBe(true);
    }
    expect(model.channels > 0).toBe(model.kind === 'relay');
    expect(model.inputs > 0).toBe(model.kind === 'inputs');
  });

  it('accepts its own defaults when they are written out', () => {
    for (const model of catalog) {
      const options = Object.fromEntries(model.options.map((field) => [field.name, field.default]));
      const row = { id: 'it', model: model.id, address: { kind: 'sim' as const } };
      expect(checkDevice({ ...row, options }).values).toEqual(checkDevice(row).values);
    }
  });

  it('promises a confirmation of no board but those that are read back after each command', () => {
    const confirming = new Set(catalog.filter(({ confirms }) => confirms).map(({ driver }) => driver));
    expect([...confirming]).toEqual(['usb-relay']);
  });

  it('recognises a serial bridge as any model that may stand behind it', () => {
    const usb = { vendorId: 0x1a86, productId: 0x7523 };
    const models = recogniseModels({ address: { kind: 'serial', usb }, path: '/dev/ttyUSB0', models: [] });
    expect(models).toEqual([
      'rdm6300',
      'id12',
      'text-line',
      'sam-v',
      'escpos',
      'lcus-1',
      'lcus-2',
      'lcus-4',
      'lcus-8',
      'osdp-bus',
    ]);
    expect(
      recogniseModels({ address: { kind: 'serial', path: '/dev/ttyS0' }, path: '/dev/ttyS0', models: [] }),
    ).toEqual([]);
  });
});
