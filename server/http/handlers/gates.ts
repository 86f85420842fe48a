import type { Reader } from '../../db.ts';
import type { EventLog } from '../../events/port.ts';
import { readCampus } from '../../gates/campus.ts';
import { addGate, changeGate } from '../../gates/gates.ts';
import { addLane, changeLane, type LaneSetupDeps } from '../../gates/lane-setup.ts';
import type { Lanes } from '../../gates/lanes.ts';
import { type OpenLaneDeps, openLane } from '../../gates/open-lane.ts';
import { addReader, changeReader, removeReader } from '../../gates/readers.ts';
import type { SetPosture } from '../../gates/set-posture.ts';
import { addZone, changeZone } from '../../gates/zones.ts';
import type { HandlersOf } from '../handler.ts';

export interface GateDeps {
  reader: Reader;
  events: Pick<EventLog, 'change'>;
  lanes: Pick<Lanes, 'states'> & OpenLaneDeps['lanes'];
  setPosture: SetPosture;
  recorder: OpenLaneDeps['recorder'];
  clock: OpenLaneDeps['clock'];
  models: LaneSetupDeps['models'];
}

export function gateHandlers(
  deps: GateDeps,
): HandlersOf<
  | 'campus.get'
  | `gates.${'add' | 'change'}`
  | `zones.${'add' | 'change'}`
  | `lanes.${'add' | 'change' | 'open' | 'posture'}`
  | `readers.${'add' | 'change' | 'remove'}`
> {
  return {
    'campus.get': () => readCampus(deps),
    'gates.add': ({ body, actor }) => addGate(deps, body, actor.accountId),
    'gates.change': ({ params, body, actor }) => changeGate(deps, params.id, body, actor.accountId),
    'zones.add': ({ body, actor }) => addZone(deps, body, actor.accountId),
    'zones.change': ({ params, body, actor }) => changeZone(deps, params.id, body, actor.accountId),
    'lanes.add': ({ body, actor }) => addLane(deps, body, actor.accountId),
    'lanes.change': ({ params, body, actor }) => changeLane(deps, params.id, body, actor.accountId),
    'lanes.open': ({ params, body, actor }) => openLane(deps, params.id, body, actor.accountId),
    'lanes.posture': ({ params, body, actor }) => deps.setPosture(params.id, body, actor.accountId),
    'readers.add': ({ body, actor }) => addReader(deps, body, actor.accountId),
    'readers.change': ({ params, body, actor }) => changeReader(deps, params.id, body, actor.accountId),
    'readers.remove': ({ params, actor }) => removeReader(deps, params.id, actor.accountId),
  };
}
