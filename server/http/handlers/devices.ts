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
    'devices.add': ({ body, actor }) => devices.add(body, actor.accountId),
    'devices.change': ({ params, body, actor }) => devices.change(params.id, body, actor.accountId),
    'devices.remove': ({ params, actor }) => devices.remove(params.id, actor.accountId),
    'devices.simulate': ({ params, body, actor }) => simulate(deps, params.id, body, actor.accountId),
  };
}
