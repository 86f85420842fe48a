import { expect, it } from 'vitest';
import { changedFields, toldChanges } from './changed-fields.ts';

it('keeps of a patch what is given and different', () => {
  const before = { name: 'a', minutes: 5, list: ['x'] };
  expect(changedFields<typeof before>(before, { name: 'a', minutes: 6, list: ['x'] })).toEqual({
    minutes: 6,
  });
});

it('tells the old and the new value of each field', () => {
  const before = { mode: 'soft', zoneId: null as string | null, groupIds: ['a'], other: 1 };
  expect(toldChanges(before, { mode: 'hard', zoneId: 'z', groupIds: ['a', 'b'] })).toEqual({
    fields: ['mode', 'zoneId', 'groupIds'],
    changes: {
      mode: { from: 'soft', to: 'hard' },
      zoneId: { from: null, to: 'z' },
      groupIds: { from: ['a'], to: ['a', 'b'] },
    },
  });
});

it('goes into objects, and tells there only what differs', () => {
  const before = {
    options: { radix: 'dec', bits: 26, gone: true } as Record<string, unknown>,
    address: { kind: 'sim' },
  };
  const after = {
    options: { radix: 'hex', bits: 26, added: 1 },
    address: { kind: 'hid', usb: { vendorId: 1 } },
  };
  expect(toldChanges<{ options: object; address: object }>(before, after)).toEqual({
    fields: ['options', 'address'],
    changes: {
      'options.radix': { from: 'dec', to: 'hex' },
      'options.gone': { from: true, to: null },
      'options.added': { from: null, to: 1 },
      'address.kind': { from: 'sim', to: 'hid' },
      'address.usb.vendorId': { from: null, to: 1 },
    },
  });
});
