/** What a read says about the notation that its reader is set to. */
import type { Device, DeviceModel, SeenRead } from '../../server/contract/devices.ts';

/**
 * The notation that is set now, and those that the read looks like; undefined when it looks like none, or when the
 * model's notation can't be set.
 */
export function notationHint(
  read: Pick<SeenRead, 'looksLike'>,
  device: Pick<Device, 'options'>,
  model: Pick<DeviceModel, 'options'> | undefined,
): { set: string; forms: string[] } | undefined {
  const row = model?.options.find(({ name }) => name === 'radix');
  const forms = (read.looksLike ?? []).filter((form) => row?.choices?.includes(form));
  return row && forms.length > 0 ? { set: String(device.options.radix ?? row.default), forms } : undefined;
}
