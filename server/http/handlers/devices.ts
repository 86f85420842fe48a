import type { DeviceModel } from '../../contract/devices.ts';
import type { Reader } from '../../db.ts';
import type { Devices } from '../../gates/devices.ts';
import { scan } from '../../gates/scan.ts';
import { type SimulateDeps, simulate } from '../../gates/simulate.ts';
import type { HandlersOf } from '../handler.ts';

export interface DeviceDeps {
  reader: Reader;
  devices: Devices;
  hardware: Parameters<typeof scan>[0]['hardware'] & SimulateDeps['hardware'];
  recorder: SimulateDeps['recorder'];
  /** The catalogue as screens need it. */
  deviceModels: readonly DeviceModel[];
}

export function deviceHandlers(
  deps: DeviceDeps,
): HandlersOf<`devices.${'list' | 'models' | 'scan' | 'add' | 'change' | 'remove' | 'simulate'}`> {
  const { devices } = deps;
  return {
    'devices.list': () => devices.list(),
    'devices.models': async () => [...deps.deviceModels],
    'devices.scan': () => scan(deps),
    'devices.add': ({ body, by }) => devices.add(body, by),
    'devices.change': ({ params, body, by }) => devices.change(params.id, body, by),
    'devices.remove': ({ params, by }) => devices.remove(params.id, by),
    'devices.simulate': ({ params, body, actor }) => simulate(deps, params.id, body, actor.accountId),
  };
}
