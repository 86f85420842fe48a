import type { Device } from '../../server/contract/devices.ts';
import { useApi } from '../api.ts';

/** The receipt printers among the school's devices. */
export function usePrinters(): Device[] {
  const models = useApi('devices.models').data ?? [];
  const devices = useApi('devices.list').data ?? [];
  return devices.filter(({ model }) => models.some(({ id, kind }) => id === model && kind === 'printer'));
}
