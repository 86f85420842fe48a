import type { Device, DeviceModel } from '../../server/contract/devices.ts';
import { useApi } from '../api.ts';

/** The school's devices of one kind: its receipt printers, its readers of identity cards. */
export function useDevicesOf(wanted: DeviceModel['kind']): Device[] {
  const models = useApi('devices.models').data ?? [];
  const devices = useApi('devices.list').data ?? [];
  return devices.filter(({ model }) => models.some(({ id, kind }) => id === model && kind === wanted));
}
